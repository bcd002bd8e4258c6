"""Makes the agent a service of its machine and takes that back: systemd, launchd or a Scheduled Task."""
