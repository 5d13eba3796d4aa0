"""Builds the normalizer's tables: the language counted from text, the channel from OCR."""
