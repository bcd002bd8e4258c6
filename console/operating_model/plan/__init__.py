"""The plan of a client, read from its model and records on one day: states, dates, risks, spend, skills, goals."""
