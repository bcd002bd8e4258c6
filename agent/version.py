"""The agent's version, as it tells the console."""

VERSION = "0.1.0"
