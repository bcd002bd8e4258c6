"""What several probes read, read once: file systems, apt, restic, watched files."""
