"""The command line: thin. Each command asks the daemon for a page or does a verb, and prints the answer."""
