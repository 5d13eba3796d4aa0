"""A passage as words, with what is known of each: who can be told to act, what orders or acts."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Doc, Span

from extractors.language import data, read, spans

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_HEADS = frozenset(("person", "body", "plural", "committee"))


@cache
def _people() -> frozenset[str]:
    return frozenset(data("agencies")["people"]["words"])


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text; where a list was dealt out, `name` says more than its own place."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a text, with what is known of them by the number of their first word."""

    doc: Doc
    words: tuple[str, ...]
    starts: tuple[int, ...]  # where each word begins
    agencies: dict[int, Span]
    verbs: dict[int, Span]
    documents: frozenset[int]  # where the type of a document is named

    @classmethod
    @lru_cache(maxsize=256)  # a paragraph is asked for citations and for assignments
    def of(cls, text: str) -> Clause:
        """Return the words of a text, ready to be asked."""
        doc = read(text)
        named = {span.start: span for span in spans(doc, "agencies")}
        verbs = {span.start: span for span in spans(doc, "instructions")}
        documents = [span for span in spans(doc, "references") if span.label_ in ("type", "law")]
        words = tuple(token.text for token in doc)
        starts = tuple(token.idx for token in doc)
        return cls(doc, words, starts, named, verbs, frozenset(span.start for span in documents))

    def word(self, at: int) -> str:
        """Return a word; beyond the last it is empty."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def verb(self, at: int, *labels: str) -> Span | None:
        """Return the words of instruction that begin here and bear one of the labels."""
        span = self.verbs.get(at)
        return span if span is not None and (not labels or span.label_ in labels) else None

    def head(self, at: int) -> Span | None:
        """Return the words that open a name here: `Sở`, `Chủ tịch`, `các TTYT`, `VNPT`."""
        span = self.agencies.get(at)
        if span is not None and span.label_ in _HEADS:
            return span if len(span) > 1 or self._goes_on(span) else None
        if self._is_small(span):
            return span
        if self.word(at).lower() in data("agencies")["many"]["words"]:
            inner = self.head(at + 1) or self.labeled(at + 1, "kin")
            named = self.capital(at + 1) and at + 1 not in self.documents
            named = named and not self.word(at).isupper()  # CÁC BIỆN PHÁP
            end = inner.end if inner is not None else at + 2 if named else at
            return self.doc[at:end] if end > at else None
        return self.doc[at : at + 1] if span is None and self._is_acronym(at) else None

    def _goes_on(self, span: Span) -> bool:
        """Whether a name goes on after a short head: `Hội đồng`, `Tổ 3`; `Hội viên` does not."""
        after = span.end
        if len(span.text) > 5 or not self.word(after).isalpha():
            return True
        words = f"{span.text} {self.word(after)}".lower()
        return self.capital(after) or words not in data("agencies")["compounds"]["words"]

    def _is_small(self, span: Span | None) -> bool:
        """Whether a name begins with a small letter: `phòng Kinh tế`, `sở Y tế`."""
        if span is None or span.text not in data("agencies")["small"]["words"]:
            return False
        return self.capital(span.end) or self.labeled(span.end, "field") is not None

    def _is_acronym(self, at: int) -> bool:
        words = [self.word(at), self.word(at + 1)]
        return (
            len(words[0]) > 2
            and words[0].isupper()
            and words[0].isalpha()
            and not _TONES & set(unicodedata.normalize("NFD", words[0]))  # ĐỐI TƯỢNG
            and (not words[1].isupper() or words[1] == "&")
        )

    def labeled(self, at: int, label: str) -> Span | None:
        """Return the words of one label of the agencies that begin here."""
        span = self.agencies.get(at)
        return span if span is not None and span.label_ == label else None

    def loose(self, at: int) -> Span | None:
        """Return a collective that can be told to act, where a name must follow: `đơn vị`."""
        words = data("agencies")
        if self.word(at).lower() in words["many"]["words"] and self.word(at + 1).islower():
            return self.doc[at : at + 2] if self.verb(at + 1) is None else None
        span = self.labeled(at, "kin")
        if span is not None and (span.text in words["loose"]["words"] or self.capital(span.end)):
            return span
        return self.people(at)

    def several(self, at: int) -> Span | None:
        """Return a collective of any kind, where a list of names goes on: `và các bệnh viện`."""
        many = self.word(at).lower() in data("agencies")["many"]["words"]
        return self.loose(at) if many else None

    def people(self, at: int) -> Span | None:
        """Return a group of people that begins here: `Người nộp thuế`, `hộ chăn nuôi`."""
        for length in (5, 4, 3, 2):
            words = " ".join(map(str.lower, self.words[at : at + length]))
            if words in _people() and at + length <= len(self.words):
                return self.doc[at : at + length]
        return None

    def capital(self, at: int) -> bool:
        """Whether the word begins with a capital."""
        return self.word(at)[:1].isupper()

    def name(self, start: int, end: int, before: str = "") -> Name:
        """Return some words as a name, with what a list's head puts before it."""
        span = self.doc[start:end]
        return Name(f"{before}{span.text}", span.start_char, span.end_char)

    def at_char(self, position: int) -> int:
        """Return the number of the first word that begins at a position or after it."""
        return bisect_left(self.starts, position)
