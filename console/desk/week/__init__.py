"""The week at the desk: gathered from the record, previewed, closed, frozen, explained and sent."""
