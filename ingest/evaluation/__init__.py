"""How good the program is: what it found against the gold."""
