"""The text keeps its way back to what was read, whatever is replaced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers import Edit, Text


@st.composite
def edited(draw: st.DrawFn) -> Text:
    text = Text.of(draw(st.text("aăâbcđ \n-1", min_size=1, max_size=30)))
    for _ in range(draw(st.integers(0, 3))):
        size = len(text.value)
        cuts = sorted(
            draw(
                st.lists(st.integers(0, size), min_size=2, max_size=4, unique=True)
                if size > 3
                else st.just([0, size])
            )
        )
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        text = text.replacing(Edit(a, b, draw(st.text("xyz", max_size=3))) for a, b in pairs)
    return text


@given(edited())
def test_origins_are_in_order_and_in_range(text: Text) -> None:
    assert len(text.origins) == len(text.value)
    assert all(0 <= start <= end <= len(text.raw) for start, end in text.origins)
    starts = [start for start, _ in text.origins]
    assert starts == sorted(starts)


def test_replacing_keeps_the_way_back() -> None:
    text = Text.of("Két qua").replacing([Edit(0, 3, "Kết", 0.9, "restore")])
    assert text.value == "Kết qua"
    assert text.raw[slice(*text.raw_span(0, 3))] == "Két"
    assert text.raw[slice(*text.raw_span(4, 7))] == "qua"


def test_a_longer_replacement_maps_to_the_whole_of_what_it_replaced() -> None:
    text = Text.of("thủtục").replacing([Edit(0, 6, "thủ tục")])
    assert text.raw_span(4, 7) == (0, 6)


def test_a_deletion_leaves_the_rest_in_place() -> None:
    text = Text.of("a ~ b").replacing([Edit(1, 3, "")])
    assert text.value == "a b"
    assert text.raw_span(2, 3) == (4, 5)


def test_a_repair_is_kept_as_evidence() -> None:
    text = Text.of("hién").replacing([Edit(0, 4, "hiện", 0.8, "restore")])
    (repair,) = text.repairs
    assert (repair.raw, repair.value, repair.span, repair.confidence) == (
        "hién",
        "hiện",
        (0, 4),
        0.8,
    )


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        Text.of("abc").replacing([Edit(0, 2, "x"), Edit(1, 3, "y")])
