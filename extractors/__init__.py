"""The dispatch floor: it knows what a dispatch looks like, and finds its fields in a reading."""
