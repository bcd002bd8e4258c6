"""What happens because time passes: verdicts run out, hosts fall silent, incidents clear by themselves.

What is due is read from what stands, so nothing is missed while the machine slept; the `schedule` library only ticks.
"""
