"""What is decided and planned: waivers, windows, decisions, actions, dates, spend, risks."""
