"""Stand in for the compiled parts of libraries, on a machine that is looked at and has none: carried there as text."""
