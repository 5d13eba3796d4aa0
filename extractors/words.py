"""The word lists beside the code: each is a TOML file in `extractors/data`, with its source."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from extractors.keys import key


@cache
def table(name: str) -> dict[str, Any]:
    """Return the data file of that name, read once."""
    path = files("extractors") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def keyed(name: str, entry: str) -> dict[str, str]:
    """Return a list of the file as key -> word, the longest words first."""
    words = sorted(table(name)[entry], key=len, reverse=True)
    return {key(word): word for word in words}


@cache
def any_of(name: str, entry: str) -> str:
    """Return a pattern for any word of a list, as keys, the longest first."""
    return "(?:" + "|".join(regex.escape(word) for word in keyed(name, entry)) + ")"
