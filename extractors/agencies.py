"""Names of bodies and office-holders in running text: who is told to act, who issued a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span

from extractors.language import data, read, spans

_BREAKS = frozenset([";", ":", ".", "./.", "./", "!", "?", ")", "]", "(", "[", "…", "”", "“", '"'])
_ANDS = frozenset(("và", "&", "hoặc", "cùng"))
_DASHES = frozenset("-–—")
_HEADS = frozenset(("person", "body", "plural", "committee"))
_LONGEST = 30  # words of a name: a longer one is a sentence


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
        return cls(doc, words, named, verbs, frozenset(span.start for span in documents))

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
        if self.word(at).lower() in data("agencies")["many"]["words"]:
            inner = self.head(at + 1) or self.labeled(at + 1, "kin")
            return self.doc[at : inner.end] if inner is not None else None
        return self.doc[at : at + 1] if span is None and self._is_acronym(at) else None

    def _goes_on(self, span: Span) -> bool:
        """Whether a name goes on after a short head: `Hội đồng`, `Tổ 3`; `Hội viên` does not."""
        after = span.end
        if len(span.text) > 5 or not self.word(after).isalpha():
            return True
        known = after in self.agencies or after in self.verbs
        return known or self.capital(after)

    def _is_acronym(self, at: int) -> bool:
        words = [self.word(at), self.word(at + 1)]
        return (
            len(words[0]) > 2
            and words[0].isupper()
            and words[0].isalpha()
            and (not words[1].isupper() or words[1] == "&")
        )

    def labeled(self, at: int, label: str) -> Span | None:
        """Return the words of one label of the agencies that begin here."""
        span = self.agencies.get(at)
        return span if span is not None and span.label_ == label else None

    def loose(self, at: int) -> Span | None:
        """Return a bare collective that can be told to act: `đơn vị`."""
        span = self.labeled(at, "kin")
        words = data("agencies")["loose"]["words"]
        return span if span is not None and span.text in words else None

    def capital(self, at: int) -> bool:
        """Whether the word begins with a capital."""
        return self.word(at)[:1].isupper()

    def name(self, start: int, end: int, before: str = "") -> Name:
        """Return some words as a name, with what a list's head puts before it."""
        span = self.doc[start:end]
        return Name(f"{before}{span.text}", span.start_char, span.end_char)

    def at_char(self, position: int) -> int:
        """Return the number of the first word that begins at a position or after it."""
        return next((token.i for token in self.doc if token.idx >= position), len(self.doc))


def names_at(clause: Clause, at: int, *, loose: bool = False) -> tuple[list[Name], int]:
    """Return the list of names that begins with a word, and the number of the word after it.

    `loose` takes a bare collective too (`đơn vị`), where a name must follow.
    """
    found: list[Name] = []
    end = at
    head = clause.head(at) or (clause.loose(at) if loose else None)
    while head is not None:
        dealt, end = _dealt(clause, head)
        if not dealt:
            end = _name_end(clause, head)
            dealt = [clause.name(head.start, end)]
        found += dealt
        end = _past_brackets(clause, end)
        at = _past_joint(clause, end)
        head = clause.head(at) if at > end else None
    return found, end


def first_name(clause: Clause, at: int) -> Name | None:
    """Return the name that begins with a word."""
    head = clause.head(at)
    return clause.name(head.start, _name_end(clause, head)) if head is not None else None


def _past_joint(clause: Clause, at: int) -> int:
    """Return the number of the word after a comma or an `và`; the same where there is none."""
    while clause.word(at) in _ANDS or clause.word(at) in (",", ";"):
        at += 1
    return at


def _past_brackets(clause: Clause, at: int) -> int:
    if clause.word(at) != "(":
        return at
    close = (i + 1 for i in range(at, min(at + 30, len(clause.words))) if clause.word(i) == ")")
    return next(close, at)


def _name_end(clause: Clause, head: Span) -> int:
    at = head.end
    soft = head.end if head.label_ == "committee" else -1  # here a verb belongs to the name
    while at < min(len(clause.words), head.start + _LONGEST):
        word, verb = clause.word(at), clause.verb(at)
        if word in _BREAKS or (word in _DASHES and not _goes_on(clause, at + 1)):
            break
        joint = (word == "," or word in _ANDS) and (verb is None or verb.label_ != "name")
        if joint and not _continues(clause, at):
            break
        if verb is not None and verb.label_ != "name" and word.islower() and at != soft:
            break
        inner = clause.agencies.get(at)
        at = verb.end if verb and verb.label_ == "name" else inner.end if inner else at + 1
    return at


def _goes_on(clause: Clause, at: int) -> bool:
    return clause.capital(at) or clause.labeled(at, "kin") is not None


def _continues(clause: Clause, at: int) -> bool:
    """Whether a name goes on after a comma or an `và`."""
    after = at + 1
    if clause.head(after) is not None or after in clause.documents:
        return False
    if clause.labeled(after, "kin") is not None:
        return True
    if clause.word(at) != ",":
        return clause.capital(after)
    if _is_short(clause, after):
        return True
    words = [clause.word(i) for i in range(after, after + 7)]
    if not clause.capital(after) or "và" not in words:
        return False
    joint = after + words.index("và")
    return clause.capital(joint + 1) and clause.head(joint + 1) is None


def _is_short(clause: Clause, at: int) -> bool:
    """Whether a few plain words end the list here: `các huyện, thành phố:` however misread."""
    end = at
    while clause.word(end).islower() and clause.verb(end) is None and end - at < 4:
        end += 1
    return at < end <= at + 3 and (clause.word(end) in _BREAKS or not clause.word(end))


def _dealt(clause: Clause, head: Span) -> tuple[list[Name], int]:
    """Deal a list out: `Giám đốc các Sở: Nội vụ, Tài chính` is two directors."""
    kinds = data("agencies")["dealt"]["kinds"]
    for at in range(head.start, min(head.end + 2, len(clause.words) - 2)):
        kind = clause.word(at + 1)
        if clause.word(at).lower() != "các" or kind.lower() not in kinds:
            continue
        first = at + 3 if clause.word(at + 2) == ":" else at + 2
        if clause.capital(first) and (clause.head(first) is None or first == at + 3):
            before = clause.doc[head.start : at].text_with_ws if at > head.start else ""
            return _deal(clause, first, before, kind if before else kind.capitalize())
    return [], head.end


def _deal(clause: Clause, at: int, before: str, kind: str) -> tuple[list[Name], int]:
    found: list[Name] = []
    end = at
    while clause.capital(at) or clause.labeled(at, "kin"):
        if clause.head(at) is not None:
            break
        if (kin := clause.labeled(at, "kin")) is not None:
            kind, at = kin.text, kin.end
            if not clause.capital(at):
                break
        end = _item_end(clause, at)
        found.append(clause.name(at, end, f"{before}{kind} "))
        at = _past_joint(clause, end)
        if at == end:
            break
    return found, end


def _item_end(clause: Clause, at: int) -> int:
    field = clause.labeled(at, "field")
    at = field.end if field else at + 1
    while at < len(clause.words):
        word, verb = clause.word(at), clause.verb(at)
        if word in _BREAKS or word == "," or word in _ANDS:
            break
        if verb is not None and verb.label_ != "name" and word.islower():
            break
        at += 1
    return at


def all_names(clause: Clause) -> Iterator[tuple[int, list[Name], int]]:
    """Yield every list of names: where it begins, the names, where it ends."""
    at = 0
    while at < len(clause.words):
        found, end = names_at(clause, at)
        if found:
            yield at, found, end
        at = max(end, at + 1)
