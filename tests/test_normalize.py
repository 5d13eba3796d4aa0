"""The normalizer as a whole: lines, origins, certainty, evidence, and what it must not touch."""

from __future__ import annotations

import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers import Text, normalize

GARBLED = "Kinh giri: Cac phong, ban\n\nBao cao két qua thuc hién nhiém vu nam 2023;\n"
PIECES = [
    "Két",
    "qua",
    "thuc",
    "hién",
    "1ap",
    "được",
    "s6",
    "|",
    "–",
    "\n",
    "x4,",
    "16",
    "the",
    "é",
]


def test_lines_stay_lines() -> None:
    assert normalize(GARBLED).value.count("\n") == GARBLED.count("\n")


def test_every_repair_says_what_it_was() -> None:
    done = normalize(GARBLED)
    assert len(done.repairs) > 8
    for repair in done.repairs:
        start, end = repair.span
        assert GARBLED[start:end] == repair.raw != repair.value
        assert 0.2 <= repair.confidence <= 1


def test_the_caller_sets_how_sure_a_repair_must_be() -> None:
    rough = "Bao cao két qua thuc hién cua ba Tran Thi Me, thon Dam Ha, xa Quang Son"
    sure = normalize(rough, certainty=0.99)
    assert 0 < len(sure.repairs) < len(normalize(rough, certainty=0).repairs)
    assert all(repair.confidence >= 0.99 for repair in sure.repairs)


def test_a_confident_reading_of_our_own_is_left_alone() -> None:
    line = "Ket qua thuc hien"
    words = [(0, 3, 0.99), (4, 7, 0.99), (8, 12, 0.99), (13, 17, 0.99)]
    assert normalize("kết quả", evidence=[(0, 3, 0.99), (4, 7, 0.99)]).repairs == ()
    assert len(normalize(line, evidence=words).repairs) <= len(normalize(line).repairs)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_origins_are_in_order_and_a_second_pass_is_calm(raw: str) -> None:
    done = normalize(raw)
    assert len(done.origins) == len(done.value)
    assert all(0 <= start < end <= len(raw) for start, end in done.origins)
    starts = [start for start, _ in done.origins]
    assert starts == sorted(starts)
    assert done.value.count("\n") == raw.count("\n")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_is_taken(raw: str) -> None:
    assert normalize(Text.of(raw)).raw == raw


def test_a_sound_word_read_surely_gives_way_to_its_company() -> None:
    text = "Các biện pháp phòng bệnh trên địa bản huyện"
    words = regex.finditer(r"\S+", text)
    evidence = [(word.start(), word.end(), 0.97) for word in words]
    assert normalize(text, evidence=evidence).value == text.replace("địa bản", "địa bàn")
    assert normalize(text).value == text  # without evidence a sound word is the clerk's


def test_capitals_read_surely_stay() -> None:
    text = "Thực hiện Công văn của TU về RAM và MediaTek"
    words = regex.finditer(r"\S+", text)
    evidence = [(word.start(), word.end(), 0.95) for word in words]
    assert normalize(text, evidence=evidence).value == text
