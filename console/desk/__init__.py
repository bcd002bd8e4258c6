"""Every verb of a technician and every page they read. Front ends keep no rule; this is where the rules are asked.

`desk` finds the page or verb by its name and checks who may; each other file makes one family of pages or verbs.
"""
