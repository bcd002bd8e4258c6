"""The part of Watchbill that runs on a client's machine: it looks, it never judges for the console, it obeys nobody.

`probes` look, `round` gathers one pass, `spool` keeps it, `courier` carries it home over SSH.
"""
