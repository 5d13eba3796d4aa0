"""Draws the sample dispatches of `corpus/`: from their sources to scans, text gold and labels."""
