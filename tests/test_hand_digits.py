import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from ingest.hand.digits import ALPHABET, Seen, guess, ink_of, likelihood, squeeze, weigh_texts

CLASSES = len(ALPHABET) + 1


def columns(seed: int, count: int, only: int) -> NDArray[np.float64]:
    """Random probabilities of nothing and of the first few characters."""
    shares = np.zeros((count, CLASSES))
    shares[:, : only + 1] = np.random.default_rng(seed).dirichlet(np.ones(only + 1), count)
    return shares


def sure(text: str) -> NDArray[np.float64]:
    """Columns that can only say the text: each character once, nothing between."""
    shares = np.zeros((2 * len(text) + 1, CLASSES))
    shares[::2, 0] = 1.0
    for place, char in enumerate(text):
        shares[2 * place + 1, ALPHABET.index(char) + 1] = 1.0
    return shares


def all_texts(chars: str, longest: int) -> list[str]:
    return ["".join(t) for n in range(longest + 1) for t in itertools.product(chars, repeat=n)]


@given(st.integers(0, 10**6), st.integers(2, 4))
def test_the_likelihoods_of_all_texts_add_up_to_one(seed: int, count: int) -> None:
    texts = all_texts("01", count)
    chances = likelihood(columns(seed, count, 2)[:, None], texts)[0]
    assert chances.sum() == pytest.approx(1.0)


@settings(deadline=None)
@given(st.integers(0, 10**6))
def test_the_search_finds_the_likeliest_text(seed: int) -> None:
    scores = columns(seed, 4, 2)
    texts = all_texts("01", 4)
    chances = likelihood(scores[:, None], texts)[0]
    assert guess(scores)[0] == texts[int(chances.argmax())]


@pytest.mark.parametrize("text", ["7", "1532", "11", "1144", "3176b"])
def test_a_clear_picture_says_its_text(text: str) -> None:
    assert guess(sure(text))[0] == text
    assert likelihood(sure(text)[:, None], [text, "0"])[0] == pytest.approx([1.0, 0.0])


def test_equal_digits_need_a_space_between_them() -> None:
    touching = sure("11")[[0, 1, 3, 4]]
    assert likelihood(touching[:, None], ["1", "11"])[0] == pytest.approx([1.0, 0.0])


def test_empty_columns_are_left_out_but_for_one() -> None:
    wide = np.repeat(sure("15"), [6, 1, 5, 1, 6], axis=0)
    short = squeeze(wide)
    assert len(short) == 5
    assert likelihood(short[:, None], ["15"])[0] == pytest.approx(
        likelihood(wide[:, None], ["15"])[0]
    )


def test_the_cuts_of_a_gap_have_one_vote_each() -> None:
    seen = Seen((sure("15"), sure("15"), sure("1532")), hand=1.0, printed=0.0, blank=0.0)
    assert weigh_texts(seen, ["15", "1532", "7"]) == pytest.approx([2 / 3, 1 / 3, 0.0])


def test_ink_is_measured_against_the_paper() -> None:
    faint = np.full((20, 60), 200, np.uint8)
    faint[5:15, 20:24] = 120
    ink = ink_of(faint)
    assert ink[10, 21] == pytest.approx(1.0)
    assert ink[10, 40] == 0.0


def test_the_grain_of_empty_paper_is_no_ink() -> None:
    grain = np.random.default_rng(1).normal(240, 4, (40, 120))
    assert float(ink_of(np.clip(grain, 0, 255).astype(np.uint8)).max()) < 0.35
