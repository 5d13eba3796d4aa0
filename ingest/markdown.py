"""Markdown as other systems leave it: its marks are structure and no text."""

from __future__ import annotations

import regex

_HEADING = regex.compile(r"^#{1,6}[ \t]+", regex.MULTILINE)
_BULLET = regex.compile(r"^([ \t]*)[*•][ \t]+", regex.MULTILINE)
_STRONG = regex.compile(r"(\*\*|__)(?=\S)([^*_\n]+?)(?<=\S)\1")
_EMPHASIS = regex.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_ESCAPE = regex.compile(r"\\([\\`*_{}\[\]()#+\-.!|])")
_TABLE_RULE = regex.compile(r"^[ \t]*\|?[ \t:|-]*-{3,}[ \t:|-]*\|?[ \t]*\n?", regex.MULTILINE)
_TABLE_ROW = regex.compile(r"^[ \t]*\|(.+)\|[ \t]*$", regex.MULTILINE)
_RULE = regex.compile(r"^[ \t]*(?:\*[ \t]*){3,}$", regex.MULTILINE)


def plain(text: str) -> str:
    """Return the text without its marks: emphasis and headings gone, table cells parted by tabs."""
    text = _RULE.sub("", text)
    text = _TABLE_ROW.sub(_cells, _TABLE_RULE.sub("", text))
    text = _BULLET.sub(r"\1- ", _HEADING.sub("", text))
    for mark, group in ((_STRONG, r"\2"), (_EMPHASIS, r"\1"), (_ESCAPE, r"\1")):
        text = mark.sub(group, text)
    return text


def _cells(row: regex.Match[str]) -> str:
    return "\t".join(cell.strip() for cell in row[1].split("|"))
