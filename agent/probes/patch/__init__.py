"""How updates are looked at; one file a check, named as in the catalogue."""
