"""The charts of operating-model.md, 5.4: once as SVG, once in text cells, each beside a table with the same numbers."""
