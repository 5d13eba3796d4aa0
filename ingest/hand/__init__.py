"""Handwriting in the letterhead: where it is, what it may say, what speaks for it."""
