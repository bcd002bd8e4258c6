"""The week of one client as a value, made from facts: a section a file, and `compose` puts them together."""
