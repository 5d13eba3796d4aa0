"""The tables of the normalizer: what they answer, what they weigh, where they came from."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers import normalize
from normalizers.channel import LOWER, Channel, Operations, trie_of
from normalizers.gate import BARE, CLEAN, FOREIGN, GARBLED
from normalizers.letters import is_syllable, one_placement, other_placement, plain
from normalizers.loading import restorer
from normalizers.restore import calibrated
from normalizers.text import Text
from tools.train_normalizer.build_table import build

DATA = Path(__file__).parents[1] / "normalizers" / "data"
MANIFEST = json.loads((DATA / "manifest.json").read_text())["files"]


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_every_table_is_the_one_of_the_manifest(name: str) -> None:
    content = (DATA / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == MANIFEST[name]["sha256"]


def test_all_tables_have_a_source_and_weigh_less_than_fifteen_megabytes() -> None:
    files = {file.name for file in DATA.iterdir()} - {"manifest.json"}
    assert files == set(MANIFEST)
    assert sum((DATA / name).stat().st_size for name in files) < 15_000_000
    assert all(entry["source"] and entry["rebuild"] for entry in MANIFEST.values())


def test_a_static_table_answers_its_members_and_hardly_any_stranger() -> None:
    numbers = np.random.default_rng(1).integers(0, 2**45, 20_000).astype(np.uint64)
    keys, strangers = np.unique(numbers[:10_000]), np.setdiff1d(numbers[10_000:], numbers[:10_000])
    values = np.arange(len(keys)) % 64
    table = build(keys, values, 6, np.uint16)
    found, known = table.look_up(keys)
    assert known.all()
    assert (found == values).all()
    assert table.look_up(strangers)[1].mean() < 0.005


def test_the_language_prefers_what_is_said() -> None:
    language, numbers = restorer().language, restorer().opener.numbers

    def score(words: str) -> float:
        ids = [np.array([numbers[word]]) for word in words.split()]
        left = language.score_pairs(ids[0], ids[1])
        right = language.score_pairs(ids[1], ids[2])
        return float(language.score_triples(ids[0], left, ids[1], right, ids[2])[0])

    assert score("thủ tục hành") > score("thủ tục hạnh")
    assert score("ủy ban nhân") > score("ủy ban nhận")


def test_the_channel_finds_words_by_one_letter_two_letters_and_none(tmp_path: Path) -> None:
    lower = {"ệ": {"é": 0.1}, "h": {"h": 0.1}, "i": {"i": 0.1}, "n": {"n": 0.1, "": 3.0}}
    file = {**lower, "ii": {"u": 2.0}}
    (tmp_path / "costs.json").write_text(json.dumps(file))
    operations = Operations.load(tmp_path / "costs.json")
    channel = Channel(operations, trie_of([(7, "hiện"), (8, "hiệ"), (9, "hii")]))
    found = {candidate.word: candidate for candidate in channel.candidates("hién", 9)}
    assert found[7].case == LOWER
    assert found[7].cost == pytest.approx(0.4)
    assert {candidate.word for candidate in channel.candidates("hu", 9)} == {9}
    assert {candidate.word for candidate in channel.candidates("hié", 9)} == {7, 8}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Kết quả thực hiện công tác cải cách", CLEAN),
        ("Két qua thuc hién c6ng tac cai cach thi tuc", GARBLED),
        ("The company shall provide these services to every customer", FOREIGN),
        ("Ket qua thuc hien cong tac cai cach thu tuc hanh chinh duoc giao", BARE),
    ],
)
def test_the_gate_knows_a_line_by_its_letters(line: str, kind: int) -> None:
    engine = restorer()
    chances = engine._lines(Text.of(line), (), forced=False)[0].chances
    assert int(np.argmax(chances)) == kind


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "khuỷu", "gì", "uỷ", "luật", "yêu"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["luat", "wang", "thửong", "strong", "ktx"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_tone_placement_is_one_word_in_two_spellings() -> None:
    assert one_placement("hoà") == "hòa" == one_placement("hòa")
    assert other_placement("thủy") == "thuỷ"
    assert one_placement("quý") == "quý"
    assert plain("Độc") == "Doc"


def test_belief_is_damped_and_keeps_its_order() -> None:
    shares = [0.01, 0.3, 0.5, 0.9, 0.99, 0.9999]
    sure = [calibrated(share) for share in shares]
    assert sure == sorted(sure)
    assert all(found < share for found, share in zip(sure[1:], shares[1:], strict=True))


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["|", "1", "é", "/", "A.", "đ", "=", "ư "]), st.integers(1, 50_000))
def test_hostile_text_costs_no_more_than_its_length(piece: str, times: int) -> None:
    assert normalize(piece * min(times, 20_000 // len(piece))).raw
