"""Health: does the machine work as it should?"""
