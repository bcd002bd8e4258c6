"""Makes what is handed out: wheels, the agent with a Python of its own, and packages of it. `make dist`."""
