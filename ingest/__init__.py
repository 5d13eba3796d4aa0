"""Vietnamese official dispatches, from scans to structured JSON."""
