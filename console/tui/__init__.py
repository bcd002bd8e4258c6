"""The screens. `present` turns pages into cells and tones without Textual; `workers` has the only threads."""
