"""Backup: could it be restored?"""
