"""The words that the agent and the console share: what is looked at, and what it means.

`reading` is what an agent saw, raw; `check` says what a reading is about and judges it; `standard` is where
acceptable ends; `finding` is what a judged reading means; `wire` is a check-in as bytes; `token` is an
invitation to join; `text` makes hostile text safe to show; `catalogue` lists every check there is.

Standard library and msgspec only, and pure: no machine, no socket, no clock.
"""
