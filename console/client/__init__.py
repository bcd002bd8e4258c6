"""Pages and verbs over the daemon's Unix socket. Standard library and msgspec only, so that a screen starts fast."""
