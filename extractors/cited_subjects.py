"""What a cited document is about: `về việc …`, `ban hành …`, to where the citation ends."""

from __future__ import annotations

import regex

from extractors.agencies import names_at
from extractors.language import data
from extractors.wording import Clause
from normalizers import Span

ABOUT = regex.compile(r"[\s,]*(?:v[ềêẻ]\s+vi[ệêe]c|v\s?/\s?v|v[ềê])\s*:?\s+", regex.IGNORECASE)
_END = regex.compile(r"[.](?=\s+(?!\p{Ll})|\s*$)|\./|[;:)]|,\s|\s?\(|$")
_JOINTS = regex.compile(r"(?:[\s,;(]|\b(?:và|theo|tại|các|cùng|của|thay\s+thế|căn\s+cứ)\b)+$")
_ACTS = ("order", "duty", "act", "ask", "past", "lead", "manner")
_LONGEST = 30  # letters of the words that end a subject after a comma
_KINDLY = frozenset(("kính", "nhận", "xin", "có", ":"))


def subject_at(clause: Clause, text: str, at: int, stop: int) -> Span | None:
    """Return the place of the subject of the citation whose head and issuer end at a position."""
    about = ABOUT.match(text, at, stop)
    start = about.end() if about else at + len(text[at:stop]) - len(text[at:stop].lstrip())
    if about is None and (start == at or not _opens(text, start)):
        return None
    end = _subject_end(clause, text, start, stop)
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    return (start, end) if end - start > 3 else None


def _opens(text: str, start: int) -> bool:
    """Whether the words begin a subject without `về`: `phê duyệt Đề án …`."""
    openers = data("references")["opener"]["phrases"]
    return text.startswith(tuple(opener + mark for opener in openers for mark in " ,"), start)


def _subject_end(clause: Clause, text: str, start: int, stop: int) -> int:
    depth = 0
    for end in _END.finditer(text, start):
        if end.start() >= stop:
            break
        if end[0].strip() == "(":
            if _enclosed(text, end.end()):
                return end.start()
            depth += 1
        elif end[0] == ")" and depth:
            depth -= 1
        elif not depth and (end[0] != ", " or _ends_at_comma(clause, text, end.end())):
            return end.start()
    return _trimmed(text, start, stop)


def _trimmed(text: str, start: int, stop: int) -> int:
    """Leave out what joins the next citation: a comma, `và`, `theo`, `các`."""
    start = max(start, stop - 40)
    cut = _JOINTS.search(text[start:stop])
    return start + cut.start() if cut else stop


def _enclosed(text: str, at: int) -> bool:
    words = data("references")["enclosed"]["phrases"]
    return any(text[at : at + 20].lower().startswith(word) for word in words)


def _is_citation(clause: Clause, at: int) -> bool:
    """Whether a document is named here; `kế hoạch sử dụng đất` is only a thing."""
    if at not in clause.documents:
        return False
    return clause.capital(at) or any(
        clause.word(i).lower() == "số" or clause.word(i)[:1].isdigit()
        for i in range(at + 1, at + 4)
    )


def _ends_at_comma(clause: Clause, text: str, at: int) -> bool:
    """Whether what follows a comma is no part of the subject: somebody acts, or a new citation."""
    words = data("references")["after"]["phrases"]
    word = clause.at_char(at)
    if _is_citation(clause, word) or any(
        text[at : at + _LONGEST].lower().startswith(f"{after} ") for after in words
    ):
        return True
    names, past = names_at(clause, word)
    return bool(names) and (clause.verb(past, *_ACTS) is not None or clause.word(past) in _KINDLY)
