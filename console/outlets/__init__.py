"""What leaves the house: mail, chat and programs, with accounts that stand in one file and are never shown."""
