"""The body's paragraphs as a tree: broken lines joined, numbering of all kinds understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from extractors.body import Stretch, Zone, stretches
from extractors.labels import RANKS, Kind, Label
from extractors.lines import LONGEST, Block, blocks, is_tabular
from extractors.reading import Reading
from normalizers import Span

LEADS_IN = regex.compile(r"(?<=\p{L}\s?|[^\s\p{L}]):[\s\-–—.:;,'\"|~`*_]{0,5}$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: one block of words, its line breaks undone, and its place in the numbering.

    `start` and `end` span the whole in the text's value, label included; `text` leaves the label
    out, and `origins[i]` is where the character `text[i]` stands in the text's value.
    `label` is as printed without its point or bracket (`III`, `a`, `4.1`, `-`), null for a
    paragraph that has none; `path` joins the labels from the outermost (`III.2.a`, `1-2+1`).
    A paragraph without a label is a child of the numbered one that it follows (bullets hold
    none). A leaf has no labeled paragraph below it.
    """

    start: int
    end: int
    text: str
    origins: tuple[int, ...]
    zone: Zone
    kind: Kind | None
    label: str | None
    path: str
    level: int
    parent: Paragraph | None
    leaf: bool

    def place(self, start: int, end: int) -> Span:
        """Return the span of the text's value behind `text[start:end]`."""
        if start >= end:
            at = self.origins[start] if start < len(self.origins) else self.end
            return at, at
        return self.origins[start], self.origins[end - 1] + 1

    @property
    def leads_in(self) -> bool:
        """Whether it ends with a colon, but for specks: a list follows."""
        return LEADS_IN.search(self.text) is not None

    def ancestors(self) -> Iterator[Paragraph]:
        """Yield the paragraphs above, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent


@dataclass(frozen=True, slots=True)
class _Node:
    """A block with its place in the tree; `parent` is the index of the block above."""

    block: Block
    parent: int | None
    path: str
    level: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Any words of the dispatch that stand together: a paragraph, a subject, a row of a table."""

    text: str
    origins: tuple[int, ...]
    zone: Zone

    def place(self, start: int, end: int) -> Span:
        """Return the span of the text's value behind `text[start:end]`."""
        return self.origins[start], self.origins[end - 1] + 1


def passages(reading: Reading) -> tuple[Passage, ...]:
    """Return subject, paragraphs and rows of tables, in the order of the text."""
    found = [
        Passage(block.text, block.origins, zone)
        for zone, joined in _blocks(reading)
        for block in joined
    ]
    found += (passage for stretch in stretches(reading) for passage in _cells(reading, stretch))
    return tuple(sorted(found, key=lambda passage: passage.origins[:1]))


def _cells(reading: Reading, stretch: Stretch) -> Iterator[Passage]:
    for row in stretch.rows:
        if is_tabular(reading, row):
            for at in range(row.start, row.end, LONGEST):
                places = tuple(range(at, min(at + LONGEST, row.end)))
                yield Passage(reading.text.value[at : places[-1] + 1], places, stretch.zone)


@lru_cache(maxsize=2)  # several extractors ask of one reading
def paragraphs(reading: Reading) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the body and of the annexes, in the order of the text.

    Letterhead, foot, stamps and rows of tables are none.
    """
    zones = (pair for pair in _blocks(reading) if pair[0] != "head")
    return tuple(paragraph for zone, found in zones for paragraph in _tree(found, zone))


@lru_cache(maxsize=2)
def _blocks(reading: Reading) -> tuple[tuple[Zone, list[Block]], ...]:
    return tuple((stretch.zone, blocks(reading, stretch.rows)) for stretch in stretches(reading))


def _tree(found: list[Block], zone: Zone) -> list[Paragraph]:
    nodes = _nodes(found)
    parents = {node.parent for node in nodes if node.block.label}
    made: list[Paragraph] = []
    for i, node in enumerate(nodes):
        block, label = node.block, node.block.label
        made.append(
            Paragraph(
                start=block.start,
                end=block.end,
                text=block.text,
                origins=block.origins,
                zone=zone,
                kind=label.kind if label else None,
                label=label.name if label else None,
                path=node.path,
                level=node.level,
                parent=None if node.parent is None else made[node.parent],
                leaf=i not in parents,
            )
        )
    return made


def _nodes(found: list[Block]) -> list[_Node]:
    """Give every block its parent: the last one before it that ranks above it."""
    nodes: list[_Node] = []
    open_: list[int] = []  # the labeled blocks that are still open, the outermost first
    counts: dict[tuple[int | None, str], int] = {}
    for block in found:
        label = block.label
        open_ = [i for i in open_ if _holds(nodes, open_, i, label)]
        parent = open_[-1] if open_ else None
        above = nodes[parent].path if parent is not None else ""
        if label is None:
            nodes.append(_Node(block, parent, above, len(open_)))
            continue
        key = (parent, label.name)
        counts[key] = counts.get(key, 0) + 1
        nodes.append(_Node(block, parent, _path(above, label, counts[key]), len(open_)))
        open_.append(len(nodes) - 1)
    return nodes


def _holds(nodes: list[_Node], open_: list[int], at: int, label: Label | None) -> bool:
    """Whether an open block stays open above a new one."""
    above = nodes[at].block.label
    if above is None or label is None:
        return above is not None and above.kind != "bullet"
    if label.kind != "bullet" or above.kind != "bullet":
        return RANKS[above.kind] < RANKS[label.kind]
    names = [lab.name for i in open_ if (lab := nodes[i].block.label) and lab.kind == "bullet"]
    before = names[: names.index(label.name)] if label.name in names else names
    return above.name in before and not (label.name == "-" and above.name == "+")


def _path(above: str, label: Label, count: int) -> str:
    if label.kind == "bullet":
        return f"{above}{label.name}{count}"
    if label.kind == "decimal":
        number = label.name.split(".", 1)[0]
        head, _, last = above.rpartition(".")
        above = head if last == number or last.startswith(f"{number}.") else above
    return f"{above}.{label.name}" if above else label.name
