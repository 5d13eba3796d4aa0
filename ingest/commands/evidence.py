"""What led to a value: the findings of its extractor, its place, its gaps, its doubts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from inspect import getdoc, signature
from typing import Any

from extractors.attachments import split
from extractors.contract import Dispatch, Provenance, Review
from extractors.finding import Finding
from extractors.head import Head
from extractors.reading import Hand, Reading
from ingest.errors import ErrorCode, IngestError
from ingest.pipeline import Study

GAPS = {"number": ("sequence",), "date": ("day", "month", "year")}  # what may be handwritten
NO_EXTRACTOR = frozenset(
    ("contract", "id", "source", "producer", "pages", "provenance", "review")
)  # keys that no extractor finds


@dataclass(frozen=True, slots=True)
class Evidence:
    """A field with all that speaks for it: `places` by JSON Pointer, in the object's order."""

    field: str
    value: object
    places: tuple[tuple[str, Provenance], ...]
    findings: tuple[Finding[Any], ...]
    doubts: tuple[Review, ...]
    hands: tuple[Hand, ...]

    @property
    def rules(self) -> str:
        """The rules that found the values, each once."""
        return ", ".join(dict.fromkeys(found.rule for found in self.findings if found.rule))


def evidence(study: Study, field: str) -> Evidence:
    """Return all that speaks for a field: `date`, `number.sequence` or `/number/sequence`.

    Raises:
        IngestError: when the contract has no such field.
    """
    name, pointer = resolve(field)
    dispatch = study.dispatch
    gaps = GAPS.get(name, ())
    return Evidence(
        field=pointer,
        value=value_of(dispatch, pointer),
        places=tuple(below(dispatch.provenance, pointer)),
        findings=tuple(findings(name, study)),
        doubts=tuple(entry for entry in dispatch.review if related(entry.path, pointer)),
        hands=tuple(hand for hand in study.reading.hands if hand.field in gaps),
    )


def resolve(field: str) -> tuple[str, str]:
    """Return a field's name and JSON Pointer."""
    parts = field.strip("/").replace(".", "/").split("/")
    name = parts[0]
    if name not in fields():
        known = ", ".join(fields())
        raise IngestError(ErrorCode.NOT_FOUND, f"no field {field!r}: take one of {known}")
    return name, "/" + "/".join(parts)


def fields() -> list[str]:
    """Return the fields of the contract that are found on the page."""
    return [name for name in Dispatch.model_fields if name not in NO_EXTRACTOR]


def value_of(dispatch: Dispatch, pointer: str) -> object:
    """Return the value under a JSON Pointer; null where there is none."""
    value: Any = dispatch.model_dump(mode="json", by_alias=True)
    for key in pointer.strip("/").split("/"):
        if isinstance(value, list):
            value = value[int(key)] if key.isdigit() and int(key) < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def below(places: dict[str, Provenance], pointer: str) -> Iterator[tuple[str, Provenance]]:
    """Yield the places of a value and of all its parts; else that of the value that holds it."""
    found = [one for one in places.items() if related(one[0], pointer)]
    inner = [one for one in found if len(one[0]) >= len(pointer)]
    yield from inner or found[-1:]


def related(path: str, pointer: str) -> bool:
    """Whether one pointer lies within the other."""
    return f"{path}/".startswith(f"{pointer}/") or f"{pointer}/".startswith(f"{path}/")


def findings(name: str, study: Study) -> Sequence[Finding[Any]]:
    """Return what the field's extractor finds, best first: looked for again, as it was read."""
    reading, _ = split(study.reading)
    find = import_module(f"extractors.{name}").find
    given: tuple[Any, ...] = (reading, head(study.dispatch), related_findings(name, reading, study))
    if name == "attachments":
        given = (study.reading,)
    return list(find(*given[: len(signature(find).parameters)]))


def related_findings(name: str, reading: Reading, study: Study) -> Sequence[Finding[Any]]:
    """Return the findings that two extractors build on: directives, tables."""
    other = {"deadlines": "directives", "figures": "tables"}.get(name)
    return findings(other, study) if other and reading.rows else []


def head(dispatch: Dispatch) -> Head:
    """Return what the letterhead said."""
    return Head(
        dispatch.document_type, dispatch.number, dispatch.issuer, dispatch.place, dispatch.date
    )


def looked_for(name: str) -> str:
    """Return what a field's extractor looks for and where, in its own words."""
    module = import_module(f"extractors.{name}")
    said = (getdoc(module) or "", getdoc(module.find) or "")
    return "\n".join(text.strip() for text in said if text)
