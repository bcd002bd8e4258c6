"""The client's IT operating model: pure types, and how they are read from YAML and checked.

`entities` are the types; `load` makes them of documents or tells every problem at once; `mapping` answers whose a
finding is. No SQL, no socket, no clock.
"""
