"""Names of files as they may be shown: in any encoding, with any signs in them."""

from __future__ import annotations

import regex

_UNSHOWN = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]")


def shown(name: str) -> str:
    """Return a file's name with what cannot be shown replaced (line feeds, broken encodings)."""
    return _UNSHOWN.sub("\ufffd", name)
