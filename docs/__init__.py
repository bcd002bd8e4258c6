"""The documentation; `write` makes the pages that are derived from the code."""
