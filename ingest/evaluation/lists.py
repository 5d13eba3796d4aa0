"""The lists of a dispatch against the gold's: which entries are there, and which are too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ingest.evaluation import tables
from ingest.evaluation.cells import match_cells
from ingest.evaluation.same import nearly, same, same_subject

Entry = Mapping[str, Any]
EXACT_IN_DEADLINES = ("kind", "start", "due", "bound", "rrule", "time", "relative", "directive")
EXACT_IN_FIGURES = ("value", "numerator", "denominator", "rank", "rank_of", "kind")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries of a list were found, of how many given and of how many in the gold."""

    list: str
    hits: int
    said: int
    gold: int
    missed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        """Return the tally of both together."""
        return Tally(
            self.list, self.hits + other.hits, self.said + other.said, self.gold + other.gold
        )

    @property
    def precision(self) -> float | None:
        """The share of the entries given that are in the gold; null when none is given."""
        return self.hits / self.said if self.said else None

    @property
    def recall(self) -> float | None:
        """The share of the gold's entries that are given; null when the gold has none."""
        return self.hits / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; null when there is nothing on either side."""
        both = self.said + self.gold
        return 2 * self.hits / both if both else None


def same_reference(said: Entry, gold: Entry) -> bool:
    """Compare the number, or the name of a law cited without one, and type, date and issuer."""
    return (
        all(same(said.get(key), gold.get(key)) for key in ("number", "document_type", "date"))
        and same(said.get("issuer"), gold.get("issuer"))
        and (gold.get("number") is not None or same_subject(said.get("subject"), gold["subject"]))
    )


def same_cited_number(said: Entry, gold: Entry) -> bool:
    """Compare the number alone, or type and name of a law cited without one."""
    if gold.get("number") is not None:
        return same(said.get("number"), gold["number"])
    return same(said.get("document_type"), gold.get("document_type")) and same_subject(
        said.get("subject"), gold.get("subject")
    )


def same_directive(said: Entry, gold: Entry) -> bool:
    """Compare the id, and the text but for a few letters in a hundred."""
    return said["id"] == gold["id"] and nearly(said["text"], gold["text"])


def same_assignment(said: Entry, gold: Entry) -> bool:
    """Compare the directive's id, the assignee's name and role."""
    return all(same(said[key], gold[key]) for key in ("directive", "name", "role"))


def same_deadline(said: Entry, gold: Entry) -> bool:
    """Compare all but the id; the text but for a few letters in a hundred."""
    return all(said.get(key) == gold.get(key) for key in EXACT_IN_DEADLINES) and nearly(
        said["text"], gold["text"]
    )


def same_figure(said: Entry, gold: Entry) -> bool:
    """Compare unit, value, measure, fraction, rank and kind."""
    return (
        all(said.get(key) == gold.get(key) for key in EXACT_IN_FIGURES)
        and same(said.get("measure"), gold.get("measure"))
        and same_unit(said.get("unit"), gold.get("unit"))
    )


def same_indicated_figure(said: Entry, gold: Entry) -> bool:
    """Compare a whole figure: also indicator, comparison, day and period."""
    exact = all(said.get(key) == gold.get(key) for key in ("comparison", "as_of", "period"))
    return exact and same_figure(said, gold) and nearly(said.get("indicator"), gold["indicator"])


def same_unit(said: Entry | None, gold: Entry | None) -> bool:
    """Compare name and level; the code where the gold gives one."""
    if said is None or gold is None:
        return said is gold
    code = gold.get("code") is None or said.get("code") == gold["code"]
    return code and said.get("level") == gold.get("level") and same(said["name"], gold["name"])


def same_attachment(said: Entry, gold: Entry) -> bool:
    """Compare pages, type and number."""
    return said["pages"] == gold["pages"] and all(
        same((said.get(part) or {}).get(key), (gold.get(part) or {}).get(key))
        for part, key in (("document_type", "name"), ("number", "text"))
    )


def assignments(values: Entry) -> list[Entry] | None:
    """Return every assignee of every directive; null when directives are not labelled."""
    if values.get("directives") is None:
        return None
    return [
        {"directive": directive["id"], **assignee}
        for directive in values["directives"]
        for assignee in directive["assignees"]
    ]


LISTS: Mapping[str, tuple[str, Callable[[Any, Any], bool]]] = MappingProxyType(
    {
        "addressees": ("addressees", nearly),
        "recipients": ("recipients", nearly),
        "references": ("references", same_reference),
        "references, number alone": ("references", same_cited_number),
        "directives": ("directives", same_directive),
        "assignees": ("assignees", same_assignment),
        "deadlines": ("deadlines", same_deadline),
        "figures": ("figures", same_figure),
        "figures, all fields": ("figures", same_indicated_figure),
        "attachments": ("attachments", same_attachment),
    }
)


def judge_lists(said: Mapping[str, Any], gold: Mapping[str, Any]) -> Iterator[Tally]:
    """Yield a tally for each list that the gold labels; `said` is a dispatch as JSON."""
    for name, (key, agrees) in LISTS.items():
        given, wanted = entries(said, key), entries(gold, key)
        if wanted is not None:
            yield match(name, given or [], wanted, agrees)
    if gold.get("tables") is not None:
        yield Tally("table cells", *match_cells(said.get("tables") or [], gold["tables"]))
    elif gold.get(tables.KEY) is not None:
        there = tables.on_pages_of(gold[tables.KEY], said.get("tables") or [])
        yield Tally("table cells", *match_cells(there, gold[tables.KEY], whole=False))


def entries(values: Mapping[str, Any], key: str) -> Sequence[Any] | None:
    """Return a list's entries; null when it is not labelled."""
    found: Sequence[Any] | None = assignments(values) if key == "assignees" else values.get(key)
    return found


def match(
    name: str, said: Sequence[Any], gold: Sequence[Any], agrees: Callable[[Any, Any], bool]
) -> Tally:
    """Pair each entry of the gold with the first free entry that agrees with it."""
    free, missed = list(said), []
    for want in gold:
        at = next((at for at, entry in enumerate(free) if agrees(entry, want)), None)
        if at is None:
            missed.append(brief(want))
        else:
            del free[at]
    hits = len(gold) - len(missed)
    return Tally(name, hits, len(said), len(gold), tuple(missed), tuple(map(brief, free)))


def brief(entry: object) -> str:
    """Return an entry for eyes: its values, those that are null left out."""
    if not isinstance(entry, Mapping):
        return str(entry)
    shown = {"unit": (entry.get("unit") or {}).get("name")} if "unit" in entry else {}
    parts = {**entry, **shown}
    return "; ".join(f"{key} {value}" for key, value in parts.items() if value not in (None, []))
