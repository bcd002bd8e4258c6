"""The units by which systemd runs the agent and its root helper: package data."""
