"""Who holds what: people, pages for the wall, and a client in one file."""
