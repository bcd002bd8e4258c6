"""Where check-ins come in: `door` is the SSH server, `conversation` what is said through it, `admit` what is kept,
`joining` how a new agent is let in. What passes is bytes and one vouched identity, whoever the doorkeeper is.
"""
