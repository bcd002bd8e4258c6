"""What the front ends and the desk say to each other: the types of every page, and the registry of verbs.

Nothing here knows SQL, a socket or a screen. A front end asks for a page by its name (`PAGES`) and does a verb by its
name (`VERBS`); footer, palette, help, command line and API all derive from these two lists.
"""
