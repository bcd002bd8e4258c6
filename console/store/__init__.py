"""What the desk remembers, and the only room with SQL.

`schema` are the tables, `database` opens and migrates them, `writer` is the one thread that writes, `ledger` is how
things stand now (a fold of the record, kept in memory and written through), `history` reads back, `enrolment` knows
agents and tokens, `documents` keeps the published models.
"""
