"""Where the gaps of a letterhead are, on pages of which only the words are made up."""

import numpy as np
import pytest

from ingest.hand.anchors import advance
from ingest.hand.crops import Gap, patch
from ingest.hand.find import box_of, find_gaps, is_plain
from ingest.page import Line, Page, Word

EM = 55


def line(y: int, *words: tuple[str, int]) -> Line:
    """Words set side by side on one row, each at its place; `|` parts text from confidence."""
    made = []
    for text, x in words:
        said, _, sure = text.partition("|")
        box = (x, y, x + round(EM * advance(said)), y + EM)
        made.append(Word(said, box, float(sure or 0.95)))
    return Line(tuple(made))


def page(*lines: Line) -> Page:
    image = np.full((3508, 2480), 255, np.uint8)
    return Page(1, 2480, 3508, 300, image, lines)


MOTTO = line(280, ("Độc", 1400), ("lập", 1520), ("-", 1610), ("Tự", 1640), ("do", 1720),
             ("-", 1790), ("Hạnh", 1820), ("phúc", 1960))  # fmt: skip
DATE = line(420, ("Đồng", 1250), ("Tháp,", 1400), ("ngày", 1560), ("14", 1690), ("tháng", 1790),
            ("11", 1930), ("năm", 2010), ("2023", 2120))  # fmt: skip
NUMBER = line(420, ("Số:", 400), ("1532|0.3", 490), ("/UBND-VP", 620))


def said(found: tuple[Gap, ...]) -> dict[str, str]:
    return {gap.field: gap.text for gap in found}


def test_the_gaps_lie_between_the_printed_words() -> None:
    gaps = {gap.field: gap for gap in find_gaps(page(MOTTO, NUMBER, DATE))}
    assert {name: gap.text for name, gap in gaps.items()} == {
        "sequence": "1532", "day": "14", "month": "11", "year": "2023",
    }  # fmt: skip
    assert gaps["sequence"].confidence == pytest.approx(0.3)
    assert gaps["sequence"].left == pytest.approx(475, abs=20)
    assert gaps["sequence"].right == pytest.approx(620, abs=20)
    assert 1640 < gaps["day"].left < 1690 and 1740 < gaps["day"].right <= 1790
    assert all(gap.sure for gap in gaps.values())


@pytest.mark.parametrize("label", ["Só:", "Sẽ:", "Sô.", "$ố:"])
def test_a_label_of_which_the_scan_bent_a_letter_is_known(label: str) -> None:
    number = line(420, (label, 400), ("?|0.3", 490), ("/UBND-VP", 620))
    assert "sequence" in said(find_gaps(page(MOTTO, number, DATE)))


def test_a_page_without_a_letterhead_has_no_gaps() -> None:
    body = line(900, ("Căn", 400), ("cứ", 520), ("Luật", 600))
    assert find_gaps(page(body)) == ()


def test_a_date_cited_in_the_body_is_not_the_date_of_issue() -> None:
    cited = line(1000, ("Quyết", 400), ("định", 540), ("ngày", 1400), ("12", 1530),
                 ("tháng", 1620), ("5", 1760), ("năm", 1820), ("2019", 1930))  # fmt: skip
    assert said(find_gaps(page(MOTTO, NUMBER, DATE, cited)))["day"] == "14"
    assert "day" not in said(find_gaps(page(MOTTO, NUMBER, cited)))


def test_a_number_cited_in_the_subject_is_not_the_number() -> None:
    about = line(500, ("V/v", 300), ("thực", 380), ("hiện", 480))
    cited = line(570, ("số", 300), ("3916/QĐ-BYT", 360))
    found = find_gaps(page(MOTTO, NUMBER, DATE, about, cited))
    assert said(found)["sequence"] == "1532"
    assert "sequence" not in said(find_gaps(page(MOTTO, DATE, about, cited)))


def test_edges_are_found_inside_merged_tokens() -> None:
    number = line(420, ("Số:Ô8/KH-TTra|0.4", 400))
    date = line(420, ("Tháp,", 1400), ("ngày‡4|0.5", 1560), ("tháng", 1790), ("11", 1930),
                ("năm", 2010), ("2023", 2120))  # fmt: skip
    gaps = {gap.field: gap for gap in find_gaps(page(MOTTO, number, date))}
    assert gaps["sequence"].text == "Ô8"
    assert gaps["sequence"].left == pytest.approx(400 + EM * advance("Số:"), abs=12)
    assert gaps["sequence"].right == pytest.approx(400 + EM * advance("Số:Ô8"), abs=12)
    assert gaps["day"].text == "‡4"


def test_the_year_in_a_notation_is_no_part_of_the_number() -> None:
    number = line(420, ("Số:", 400), ("09/2025/QĐ-UBND", 490))
    assert said(find_gaps(page(MOTTO, number, DATE)))["sequence"] == "09"


def test_a_pen_stroke_like_a_slash_is_no_notation() -> None:
    for scrawl in ("⁄OÍi|0.5", "/OI|0.3"):
        number = line(420, ("Số:", 400), (scrawl, 490), ("/UBND-VP", 640))
        assert said(find_gaps(page(MOTTO, number, DATE)))["sequence"] == scrawl.split("|")[0]


def test_a_label_that_nobody_saw_makes_the_gap_doubtful() -> None:
    number = line(420, ("/UBND-VP", 620))
    (gap,) = [gap for gap in find_gaps(page(MOTTO, number, DATE)) if gap.field == "sequence"]
    assert not gap.sure and gap.right == pytest.approx(620, abs=20)


def test_the_issuing_body_so_is_no_label() -> None:
    issuer = line(280, ("SỞ", 400), ("Y", 500), ("TẾ", 560))
    assert said(find_gaps(page(MOTTO, issuer, NUMBER, DATE)))["sequence"] == "1532"


def test_a_gap_has_its_place_as_shares_of_the_page() -> None:
    gap = next(iter(find_gaps(page(MOTTO, NUMBER, DATE))))
    left, top, right, bottom = box_of(gap, page())
    assert 0 < left < right < 0.5 and 0.1 < top < bottom < 0.15


def test_what_lies_outside_the_page_is_paper() -> None:
    gray = np.zeros((10, 10), np.uint8)
    part = patch(gray, -3, -2, 5, 4)
    assert part.shape == (6, 8)
    assert part[:2].min() == 255 and part[:, :3].min() == 255 and part[2:, 3:].max() == 0
    assert patch(gray, 8, 8, 14, 14)[3:, 3:].min() == 255


@pytest.mark.parametrize(
    ("token", "plain"),
    [
        (Word("14", (1690, 434, 1747, 475), 0.96), True),
        (Word("14", (1690, 415, 1747, 475), 0.96), False),  # higher than print
        (Word("14", (1690, 450, 1747, 491), 0.96), False),  # below the line
        (Word("14", (1690, 434, 1770, 475), 0.96), False),  # wider than print
        (Word("14", (1690, 434, 1747, 475), 0.8), False),  # not read surely
    ],
)
def test_digits_as_high_and_wide_as_print_are_not_looked_at(token: Word, *, plain: bool) -> None:
    assert is_plain("14", (token,), 475, 300 * 13.5 / 72) is plain


def test_two_tokens_in_a_gap_are_looked_at() -> None:
    one, other = Word("1", (1690, 434, 1718, 475), 0.96), Word("4", (1720, 434, 1748, 475), 0.96)
    assert not is_plain("1 4", (one, other), 475, 300 * 13.5 / 72)
