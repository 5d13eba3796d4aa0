from datetime import date

import pytest

from extractors.reading import Hand
from ingest.hand.evidence import copies, latest_cited, printed_parts, weigh_pages
from ingest.page import Line, Page, Word

BOX = (0.6, 0.1, 0.7, 0.12)


def line(y: int, text: str, left: int = 200) -> Line:
    words, x = [], left
    for word in text.split():
        wide = 26 * len(word)
        words.append(Word(word, (x, y, x + wide, y + 50), 0.95))
        x += wide + 15
    return Line(tuple(words))


DATE = line(420, "Kiên Giang, ngày 1Ï tháng 11 năm 2023", 1200)


def pages(*hands: Hand) -> tuple[Page, ...]:
    body = line(1200, "Thực hiện Công văn số 2417/UBND-VP ngày 13/11/2023 của UBND tỉnh")
    annex = line(300, "(Kèm theo Kế hoạch số 1144/KH-SYT ngày 14/11/2023)")
    motto = line(300, "Độc lập - Tự do - Hạnh phúc", 1300)
    return (
        Page(1, 2480, 3508, 300, lines=(motto, DATE, body), hands=hands),
        Page(2, 2480, 3508, 300, lines=(annex,)),
    )


def test_the_facts_of_the_file_break_a_tie() -> None:
    hand = Hand("day", 1, BOX, (("17", 0.48), ("14", 0.45)))
    weighed = weigh_pages(pages(hand), created="2023-11-14", signed=("2023-11-15", "2023-12-01"))
    assert weighed[0].hands[0].readings[0][0] == "14"


def test_a_day_before_a_cited_one_is_unlikely() -> None:
    hand = Hand("day", 1, BOX, (("10", 0.48), ("16", 0.45)))
    assert weigh_pages(pages(hand))[0].hands[0].readings[0][0] == "16"


def test_the_annex_repeats_the_number() -> None:
    hand = Hand("sequence", 1, BOX, (("1111", 0.5), ("1144", 0.4)))
    assert weigh_pages(pages(hand))[0].hands[0].readings[0][0] == "1144"


def test_without_handwriting_nothing_changes() -> None:
    assert weigh_pages(pages(), created="2023-11-14") == pages()
    assert weigh_pages(()) == ()


def test_only_printed_parts_are_facts() -> None:
    assert printed_parts(pages(Hand("day", 1, BOX))[0]) == {"month": 11, "year": 2023}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Công văn số 2417/UBND-VP ngày 22/5/2024 của UBND", date(2024, 5, 22)),
        ("Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018", date(2018, 4, 23)),
        ("báo cáo trước ngày 20/6/2024", None),
        ("Công văn số 12/SYT-VP ngày 31/6/2024", None),
    ],
)
def test_dates_of_cited_documents(text: str, found: date | None) -> None:
    assert latest_cited([text, "Căn cứ Luật Ban hành"]) == found


def test_a_number_cited_elsewhere_is_no_copy() -> None:
    lines = ["Kèm theo Quyết định số 12b/QĐ-UBND", "theo Công văn số 77/UBND-VP", "số 5/KH"]
    assert list(copies(lines)) == ["12b"]
