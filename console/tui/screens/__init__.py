"""One screen for every page of the desk, and the help screen."""
