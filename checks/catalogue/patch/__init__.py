"""Patch: is it up to date, and will it be?"""
