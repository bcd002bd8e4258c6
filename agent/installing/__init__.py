"""Makes the agent a service of its machine, by systemd, and takes that back."""
