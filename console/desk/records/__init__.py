"""Records: kept, imported, exported."""
