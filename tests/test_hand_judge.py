"""What a gap is judged to be, given what the net and the OCR saw."""

import numpy as np
import pytest

from extractors.reading import HandField
from ingest.hand.crops import Gap
from ingest.hand.digits import ALPHABET, Seen
from ingest.hand.judge import is_plain_year, judge, read


def gap(field: HandField, text: str = "", confidence: float = 1.0, *, sure: bool = True) -> Gap:
    return Gap(field, 100, 160, 400, 50, text, confidence, sure)


def seen(*texts: str, kind: str = "hand") -> Seen:
    """A net that reads each text in one cut, nine parts of ten, and then nothing."""
    kinds = {"hand": 0.04, "printed": 0.04, "blank": 0.04} | {kind: 0.92}
    return Seen(tuple(scores(text) for text in texts), **kinds)


def scores(text: str) -> np.ndarray:
    shares = np.full((2 * len(text) + 1, len(ALPHABET) + 1), 1e-6)
    shares[::2, 0] = 1.0
    for place, char in enumerate(text):
        shares[2 * place + 1, ALPHABET.index(char) + 1] = 0.97
        shares[2 * place + 1, 0] = 0.03
    return shares


def test_handwriting_has_readings_best_first() -> None:
    answer = judge(gap("sequence", "Ô5", 0.3), seen("15", "15", "75"))
    assert answer is not None
    readings, blank = answer
    assert [text for text, _ in readings[:2]] == ["15", "75"]
    assert not blank and readings[0][1] == pytest.approx(0.68, abs=0.04)


def test_print_that_was_read_well_is_no_handwriting() -> None:
    assert judge(gap("day", "14", 0.95), seen("14", kind="printed")) is None
    assert judge(gap("day", "4", 0.95), seen("04", kind="printed")) is None


@pytest.mark.parametrize(
    ("text", "confidence", "read_as", "kind"),
    [
        ("14", 0.95, "14", "hand"),  # the pen is seen, however well the OCR fared
        ("14", 0.6, "14", "printed"),  # the OCR itself was unsure
        ("14", 0.95, "11", "printed"),  # the two do not agree
        ("1Ï", 0.95, "11", "printed"),  # the OCR read no digits
    ],
)
def test_all_must_agree_before_the_word_of_the_ocr_is_taken(
    text: str, confidence: float, read_as: str, kind: str
) -> None:
    assert judge(gap("day", text, confidence), seen(read_as, kind=kind)) is not None


def test_where_print_and_net_disagree_neither_wins() -> None:
    answer = judge(gap("day", "04", 0.97), seen("01", kind="printed"))
    assert answer is not None
    assert {text for text, _ in answer[0][:2]} == {"01", "04"}
    assert answer[0][0][1] < 0.6


def test_the_ocr_has_no_say_in_handwriting() -> None:
    answer = judge(gap("sequence", "899", 0.9), seen("299"))
    assert answer is not None and answer[0][0][0] == "299"
    assert "899" not in dict(answer[0])


def test_a_gap_without_ink_is_blank() -> None:
    assert judge(gap("sequence"), seen("", kind="blank")) == ((), True)


def test_ink_that_the_ocr_saw_is_not_blank() -> None:
    answer = judge(gap("sequence", "ﬀ", 0.4), seen("", kind="blank"))
    assert answer is not None and answer[1] is False


def test_only_days_and_months_that_exist_are_read() -> None:
    assert read(gap("day"), seen("31"))[0][0] == "31"
    assert "32" not in dict(read(gap("day"), seen("32")))
    assert "13" not in dict(read(gap("month"), seen("13")))


def test_five_and_oh_five_are_one_day_and_two_numbers() -> None:
    day = read(gap("day"), seen("5", "05"))
    assert day[0][0] in {"5", "05"} and day[0][1] > 0.85
    number = dict(read(gap("sequence"), seen("5", "05")))
    assert number["5"] > 0.4 and number["05"] > 0.4


def test_a_suffix_letter_belongs_to_the_number() -> None:
    assert read(gap("sequence"), seen("3176b"))[0][0] == "3176b"


def test_an_inferred_edge_makes_readings_less_sure() -> None:
    sure, inferred = read(gap("day"), seen("14")), read(gap("day", sure=False), seen("14"))
    assert inferred[0][1] == pytest.approx(0.85 * sure[0][1])


@pytest.mark.parametrize(
    ("text", "confidence", "plain"),
    [("2023", 0.95, True), ("202]", 0.9, False), ("2023", 0.5, False)],
)
def test_a_printed_year_is_not_looked_at_again(text: str, confidence: float, plain: bool) -> None:
    assert is_plain_year(gap("year", text, confidence)) is plain
