"""The language floor: text in, text out; it repairs what the scan did to the words."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded

from normalizers.chain import normalize
from normalizers.text import Edit, Repair, Span, Text

__all__ = ["Edit", "Repair", "Span", "Text", "normalize"]
