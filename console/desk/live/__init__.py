"""How things stand, whom it concerns, and what a person does about it."""
