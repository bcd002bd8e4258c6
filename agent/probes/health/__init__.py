"""How health is looked at; one file a check, named as in the catalogue."""
