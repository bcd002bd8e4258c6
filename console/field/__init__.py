"""What a technician does to a machine with their own SSH key: a look, an installation. No daemon has a part in it."""
