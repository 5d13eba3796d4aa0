"""Whose figure it is where the sentence names nobody: a heading's unit, or the issuer's own."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractors import mentions
from extractors.contract import Unit
from extractors.mentions import Mention
from extractors.scene import Kind, Scene
from extractors.structure import Paragraph

_OPENING = regex.compile(
    r"""(?: (?: tại | ở | đối\ với | về | lĩnh\ vực | khối | (?:trên\ )?địa\ bàn | ubnd
              | ủy\ ban\ nhân\ dân | riêng | phía ) \s+ )*""",
    regex.VERBOSE | regex.IGNORECASE,
)
_COLON = regex.compile(r"\s*(?:\([^)]{0,60}\)\s*)?(?:[:.]|$)")


def unit(paragraph: Paragraph, named: Sequence[Mention], scene: Scene, kind: Kind) -> Unit | None:
    """Return the unit of a figure whose sentence names none.

    It is the one that the paragraph opens with, the one a heading above it names, or the
    issuer's own. Who is to act is no unit of a target.
    """
    if found := _opens_with(paragraph.text, named, kind):
        return found
    for lead in scene.leads:
        above = mentions.find(lead.text[:200], scene.around.place, below=scene.around.below)
        if found := _opens_with(lead.text, above, kind) or _leads_with(lead, above, scene):
            return found
    return scene.around.own


def _leads_with(lead: Paragraph, named: Sequence[Mention], scene: Scene) -> Unit | None:
    """Return the unit of which a lead-in speaks as a whole: `toàn tỉnh phấn đấu:`."""
    if not lead.leads_in or not named or named[-1].whole != "all":
        return None
    if ". " in lead.text[named[-1].span[1] :]:
        return None
    return scene.around.self_named(named[-1].unit)


def _opens_with(text: str, named: Sequence[Mention], kind: Kind) -> Unit | None:
    if not named or not _OPENING.fullmatch(text, 0, named[0].span[0]):
        return None
    one = named[0]
    if one.whole or not _COLON.match(text, one.span[1]):
        return None
    if one.unit.level == "group" and not one.unit.name.casefold().startswith("cấp"):
        return None if kind == "target" or one.span[0] else one.unit
    return None if one.unit.level == "agency" and kind == "target" else one.unit
