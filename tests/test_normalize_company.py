"""The wider company of a word: what the network tells apart, and what is left as it was."""

from __future__ import annotations

import numpy as np
import pytest

from normalizers import normalize
from normalizers.lattice import Place
from normalizers.loading import restorer
from normalizers.reconsider import reconsider
from normalizers.spots import Spot


def spots(sentence: str, place: int, rivals: list[str]) -> list[Spot]:
    numbers = restorer().opener.numbers
    words = [[word] for word in sentence.split()]
    words[place] += rivals
    return [
        Spot(0, row[0], Place([numbers[word] for word in row], [0.0] * len(row)), row)
        for row in words
    ]


@pytest.mark.parametrize(
    ("sentence", "place", "rival"),
    [
        ("ủy ban nhân dân huyện tổ chức hội nghị tổng kết công tác cải cách hành chính", 12, "cái"),
        ("sở nội vụ chủ trì phối hợp với các đơn vị kiểm tra việc thực hiện nhiệm vụ", 6, "hộp"),
    ],
)
def test_the_words_far_and_near_decide_what_is_in_doubt(
    sentence: str, place: int, rival: str
) -> None:
    row = spots(sentence, place, [rival])
    weighed = [[np.full(len(s.surfaces), 1 / len(s.surfaces), np.float32) for s in row]]
    reconsider(restorer().company, [row], weighed)
    assert weighed[0][place][0] > 0.6
    assert weighed[0][place].sum() == pytest.approx(1, abs=1e-5)


def test_what_is_sure_or_must_be_sure_stays_as_it_was() -> None:
    row = spots("tổ chức hội nghị tổng kết", 3, ["nghi"])
    sure = [[np.array([0.01, 0.99] if len(s.surfaces) > 1 else [1], np.float32) for s in row]]
    reconsider(restorer().company, [row], sure)
    assert sure[0][3].tolist() == pytest.approx([0.01, 0.99])
    wary = [Spot(s.start, s.text, s.place, s.surfaces, 0.9) for s in row]
    even = [[np.full(len(s.surfaces), 1 / len(s.surfaces), np.float32) for s in row]]
    reconsider(restorer().company, [wary], even)
    assert even[0][3].tolist() == [0.5, 0.5]


def test_the_label_of_a_number_that_was_read_well_stays() -> None:
    text = "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG\nSố: 214/BC-TTPVHCC"
    at = text.index("Số")
    done = normalize(text, evidence=[(at, at + 3, 0.2), (at + 4, len(text), 0.2)])
    assert done.value == text
