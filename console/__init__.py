"""The desk of Watchbill: the daemon that admits, judges and keeps, and the front ends that people read.

Two stacks that meet in `pages`: `tui | commands → client → pages`, and
`api → desk → intake | watch | reports → access → store → incidents → service_levels → operating_model → checks`.
"""
