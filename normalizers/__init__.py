"""The language floor: text in, text out; it repairs what the scan did to the words."""

from normalizers.chain import normalize
from normalizers.text import Edit, Repair, Span, Text

__all__ = ["Edit", "Repair", "Span", "Text", "normalize"]
