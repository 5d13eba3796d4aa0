from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reading import Hand
from ingest.hand.weigh import Facts, weigh

BOX = (0.1, 0.1, 0.2, 0.12)


def day(*readings: tuple[str, float]) -> Hand:
    return Hand("day", 1, BOX, readings)


def month(*readings: tuple[str, float]) -> Hand:
    return Hand("month", 1, BOX, readings)


def number(*readings: tuple[str, float]) -> Hand:
    return Hand("sequence", 1, BOX, readings)


def best(hand: Hand) -> str:
    return hand.readings[0][0]


def test_a_tie_goes_to_the_day_shortly_before_the_file_was_made() -> None:
    facts = Facts(created=date(2024, 11, 14), month=11, year=2024)
    (weighed,) = weigh([day(("19", 0.5), ("14", 0.45))], facts)
    assert best(weighed) == "14"
    assert weighed.readings[0][1] == pytest.approx(0.95, abs=0.03)


def test_what_the_picture_hardly_shows_gains_nothing() -> None:
    facts = Facts(created=date(2024, 11, 14), month=11, year=2024)
    hand = day(("19", 0.9), ("14", 0.04))
    (weighed,) = weigh([hand], facts)
    assert weighed.readings == hand.readings


def test_a_day_that_does_not_exist_loses_all() -> None:
    hands = [day(("30", 0.6), ("20", 0.3)), month(("2", 0.9))]
    weighed = weigh(hands, Facts(year=2024))
    assert weighed[0].readings == (("20", pytest.approx(0.9)), ("30", 0.0))
    assert weighed[1].readings == (("2", pytest.approx(0.9)),)


def test_the_signature_decides_between_months() -> None:
    hands = [day(("5", 0.9)), month(("1", 0.5), ("7", 0.4))]
    weighed = weigh(hands, Facts(signed=date(2024, 7, 5), year=2024))
    assert best(weighed[1]) == "7"


def test_a_dispatch_is_not_older_than_what_it_cites() -> None:
    facts = Facts(cited=date(2024, 3, 12), month=3, year=2024)
    (weighed,) = weigh([day(("11", 0.48), ("14", 0.47))], facts)
    assert best(weighed) == "14"


def test_the_copy_of_the_number_breaks_the_tie() -> None:
    (weighed,) = weigh([number(("1111", 0.5), ("1144", 0.4))], Facts(copies=("1144",)))
    assert best(weighed) == "1144"


def test_a_copy_that_nothing_resembles_changes_nothing() -> None:
    hand = number(("1111", 0.5), ("1144", 0.4))
    assert weigh([hand], Facts(copies=("27",))) == (hand,)


def test_without_a_year_nothing_is_weighed() -> None:
    hand = day(("30", 0.6), ("20", 0.3))
    assert weigh([hand], Facts(created=date(2024, 3, 1))) == (hand,)


def test_blank_and_unread_gaps_stay() -> None:
    hands = (Hand("day", 1, BOX, (), blank=True), number())
    assert weigh(hands, Facts(created=date(2024, 3, 1), month=3, year=2024)) == hands


@given(
    st.lists(
        st.tuples(st.integers(1, 31).map(str), st.floats(0.01, 0.2)),
        min_size=1,
        max_size=5,
        unique_by=lambda pair: pair[0],
    ),
    st.dates(date(2023, 1, 1), date(2025, 1, 1)),
)
def test_probability_is_dealt_out_and_never_made(
    readings: list[tuple[str, float]], created: date
) -> None:
    (weighed,) = weigh([day(*readings)], Facts(created=created, month=4, year=2024))
    before, after = (sum(share for _, share in rs) for rs in (readings, weighed.readings))
    assert after == pytest.approx(before)
    assert {text for text, _ in weighed.readings} == {text for text, _ in readings}
