"""The few widgets that Textual has not: a grid that costs what it shows, and the line where a person types."""
