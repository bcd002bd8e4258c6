"""What a model lacks: gaps, promises above their contracts, 30 checks, signs, and what treats a gap."""
