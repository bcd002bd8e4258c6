"""A week in print: one order of sections and one choice of words, whatever the form (operating-model.md, 5.2)."""
