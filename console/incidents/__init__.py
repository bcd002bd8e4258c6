"""What an incident is: opened by a change, moved by events, a fold of both. Pure; only events are the truth."""
