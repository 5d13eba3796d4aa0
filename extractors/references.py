"""Every document that the dispatch cites (văn bản viện dẫn), once each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from extractors.citations import Citation, Scalar, citations
from extractors.contract import Reference
from extractors.distance import distance
from extractors.finding import Finding, Part
from extractors.head import Head
from extractors.issuers import with_context
from extractors.reading import Reading
from extractors.structure import Passage, passages
from normalizers import Span

FIELDS = ("document_type", "number", "date", "issuer", "subject")
_DAY = len("2024-12-31")
_ENCLOSING = regex.compile(r"\(?\s*(?:Ban\s+hành\s+)?kèm\s+theo", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that was cited, with the place of each of its values in the dispatch."""

    span: Span
    values: dict[str, tuple[str, Span]]

    def get(self, name: str) -> str | None:
        """Return one of its values."""
        found = self.values.get(name)
        return found[0] if found else None


def find(reading: Reading, head: Head = Head()) -> Iterator[Finding[Reference]]:  # noqa: B008
    """Yield the documents cited, in the order of first mention; a second mention adds to the first.

    The dispatch's own number, which its annexes repeat, is none.
    """
    found: list[Cited] = []
    for passage in passages(reading):
        for cited in _cited(passage):
            if not _is_own(cited, passage, head):
                _add(found, cited)
    for cited in found:
        yield _finding(cited)


def _cited(passage: Passage) -> list[Cited]:
    found = _enclosing(passage.text, list(citations(passage.text)))
    linked = with_context(passage.text, _shared(found))
    return [
        Cited(
            passage.place(one.start, one.end),
            {name: (s.value, passage.place(s.start, s.end)) for name, s in one.scalars.items()},
        )
        for one in linked
    ]


def _enclosing(text: str, found: list[Citation]) -> list[Citation]:
    """Let a subject run on over the document that it names: `về triển khai Nghị quyết số …`."""
    for at in range(len(found) - 2, -1, -1):
        one, inner = found[at], found[at + 1]
        subject = one.scalars.get("subject")
        if subject is None or not _INSIDE.search(text, subject.start, inner.start):
            continue
        if text[subject.end : inner.start].strip() in ("", "của", "các", "của các"):
            whole = Scalar(text[subject.start : inner.end], subject.start, inner.end)
            found[at] = replace(one, scalars={**one.scalars, "subject": whole})
    return found


_INSIDE = regex.compile(
    r"""(?<!\p{L}) (?: thực\ hiện | triển\ khai | thi\ hành | hướng\ dẫn | quán\ triệt | sửa\ đổi
        | bổ\ sung | thay\ thế | bãi\ bỏ | một\ số\ (?:điều | nội\ dung) )
        \s (?: của\s )? (?: các\s )? $""",
    regex.VERBOSE | regex.IGNORECASE,
)


def _shared(found: list[Citation]) -> list[Citation]:
    """Give the members of a list what they share: the type before, issuer and subject behind."""
    for at in range(1, len(found)):
        if found[at].bare and found[at].joined:
            found[at] = _lent(found[at], found[at - 1], "document_type")
    for at in range(len(found) - 2, -1, -1):
        after = found[at + 1]
        if after.joined and after.common:
            found[at] = _lent(found[at], after, "date", "issuer", "subject")
        if not after.joined or after.get("document_type") != found[at].get("document_type"):
            continue
        plain = "issuer" not in found[at].scalars and "subject" not in found[at].scalars
        unnumbered = not found[at].get("number") and not after.get("number")
        if unnumbered and len(after.get("date") or "") == _DAY:  # Luật A và Luật B ngày …
            found[at] = _lent(found[at], after, "date")
        dated = () if "date" in found[at].scalars or not after.bare else ("date",)
        if plain:
            found[at] = _lent(found[at], after, *dated, "issuer", "subject")
    return [one for one in found if "document_type" in one.scalars]


def _lent(to: Citation, of: Citation, *names: str) -> Citation:
    lent: dict[str, Scalar] = {name: of.scalars[name] for name in names if name in of.scalars}
    return replace(to, scalars={**lent, **to.scalars})


def _is_own(cited: Cited, passage: Passage, head: Head) -> bool:
    own = head.number.text if head.number else None
    number = cited.get("number")
    if number is not None and own is not None and number == own:
        return True
    return (
        passage.zone != "body"
        and _ENCLOSING.match(passage.text) is not None
        and (own is None or number is None)
    )


def _add(found: list[Cited], cited: Cited) -> None:
    for at, before in enumerate(found):
        if _same(before, cited):
            found[at] = replace(before, values={**cited.values, **before.values})
            return
    found.append(cited)


def _same(one: Cited, other: Cited) -> bool:
    """Whether two mentions are of one document: nothing they both say may differ."""
    if _is_misread(one, other):
        return True
    for name in ("number", "date"):
        said, heard = one.get(name), other.get(name)
        if said and heard and not (said.startswith(heard) or heard.startswith(said)):
            return False
    if one.get("number") and other.get("number"):
        return one.get("number") == other.get("number")
    if one.get("document_type") != other.get("document_type") or not one.get("subject"):
        return False
    return one.get("subject") == other.get("subject")


def _is_misread(one: Cited, other: Cited) -> bool:
    """Whether two mentions differ by a letter of the notation that was misread."""
    said, heard = one.get("number"), other.get("number")
    if not said or not heard or one.get("document_type") != other.get("document_type"):
        return False
    days = {one.get("date"), other.get("date")} - {None}
    sequences = [number.partition("/")[0] for number in (said, heard)]
    return len(days) == 1 and sequences[0] == sequences[1] and distance(said, heard, 1) == 1


def _finding(cited: Cited) -> Finding[Reference]:
    ends = [cited.span[1], *(span[1] for _, span in cited.values.values())]
    return Finding(
        Reference(**{name: cited.get(name) for name in FIELDS}),
        cited.span[0],
        max(end for end in ends if end - cited.span[0] < 2000),
        confidence=0.97 if cited.get("number") and cited.get("date") else 0.9,
        rule="references.citation",
        parts={f"/{name}": Part(span) for name, (_, span) in cited.values.items()},
    )
