"""Frozen values that pass between the packages.

Offsets are half-open ranges of Unicode code points into NFC text. Dates are local calendar dates, never instants.
Scores compare only within one `Results`.
"""
