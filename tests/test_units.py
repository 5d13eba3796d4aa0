from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from extractors import gazetteer
from extractors.units import place, resolve

BEFORE = date(2023, 11, 14)
BETWEEN = date(2025, 4, 1)
SINCE = date(2025, 8, 1)
TU_KY = ("Ủy ban nhân dân huyện Tứ Kỳ",)
HAI_DUONG = ("Ủy ban nhân dân tỉnh Hải Dương",)


@pytest.mark.parametrize(
    ("name", "within", "on", "unit"),
    [
        ("Ủy ban nhân dân huyện Tứ Kỳ", (), BEFORE, ("huyện Tứ Kỳ", "district", "298")),
        ("UBND xã Cộng Lạc", TU_KY, BEFORE, ("xã Cộng Lạc", "commune", "11140")),
        ("Cộng Lạc", TU_KY, BEFORE, ("Cộng Lạc", "commune", "11140")),
        ("Tân Kỳ", (*HAI_DUONG, "Tứ Kỳ"), BEFORE, ("Tân Kỳ", "commune", "11113")),
        ("TP. Hải Phòng", (), SINCE, ("TP. Hải Phòng", "province", "31")),
        ("thành phố Chí Linh", HAI_DUONG, BEFORE, ("thành phố Chí Linh", "district", "290")),
        ("xã Lạc Phượng", (), SINCE, ("xã Lạc Phượng", "commune", "11140")),
        ("Phường 5", ("Quận 8", "TP Hồ Chí Minh"), BEFORE, ("Phường 5", "commune", "27418")),
    ],
)
def test_a_name_has_the_code_of_its_day_and_place(
    name: str, within: tuple[str, ...], on: date, unit: tuple[str, str, str]
) -> None:
    found = resolve(name, within=within, on=on)
    assert (found.name, found.level, found.code) == unit


@pytest.mark.parametrize(
    ("name", "within", "on"),
    [
        ("xã Cộng Lạc", TU_KY, BETWEEN),  # merged into xã Lạc Phượng, whose code it must not get
        ("Cộng Lạc", HAI_DUONG, SINCE),
        ("huyện Tứ Kỳ", HAI_DUONG, SINCE),  # there are no districts any more
        ("xã Tân Tiến", (), BEFORE),  # a name of many communes
        ("Cộng Lạc", (), BEFORE),  # a bare name, and no place
        ("xã Tân Bịa", TU_KY, BEFORE),  # not in the gazetteer
        ("xã Tứ Kỳ", TU_KY, BEFORE),  # it was a thị trấn
    ],
)
def test_a_doubtful_name_has_no_code(name: str, within: tuple[str, ...], on: date) -> None:
    assert resolve(name, within=within, on=on).code is None


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Phòng Nội vụ", "agency"),
        ("Văn phòng UBND tỉnh", "agency"),
        ("Công an huyện", "agency"),
        ("cấp xã", "group"),
        ("các xã, thị trấn", "group"),
        ("thôn An Nhân", "village"),
        ("Tổ dân phố số 3", "village"),
        ("huyện", "district"),
        ("xã Tân Bịa", "commune"),
    ],
)
def test_the_level_is_told_by_the_words(name: str, level: str) -> None:
    assert resolve(name, on=BEFORE).level == level


def test_a_place_is_narrowed_from_the_widest_unit() -> None:
    around = place(("Tứ Kỳ", *HAI_DUONG), BEFORE)
    assert (around.provinces, around.districts) == ({"30"}, {"298"})


def test_a_district_name_of_two_provinces_is_settled_by_the_province() -> None:
    names = ("Ủy ban nhân dân huyện Tam Nông", "tỉnh Phú Thọ")
    assert place(names, BEFORE).districts == {"236"}
    assert place(names[:1], BEFORE).districts == frozenset()


@pytest.mark.parametrize("spelling", ["Hoà Bình", "HÒA BÌNH", "Hòa  Bình"])
def test_spellings_of_one_name_share_a_key(spelling: str) -> None:
    assert resolve(f"tỉnh {spelling}", on=BEFORE).code == "17"


def test_the_gazetteer_is_what_its_manifest_says() -> None:
    folder = Path(gazetteer.__file__).with_name("data")
    manifest = json.loads((folder / "units.manifest.json").read_text())
    packed = (folder / "units.tsv.xz").read_bytes()
    assert hashlib.sha256(packed).hexdigest() == manifest["sha256"]
    assert sum(map(len, gazetteer.load().lines.values())) == manifest["units"]


def test_a_commune_knows_its_province() -> None:
    table = gazetteer.load()
    before = next(table.named("Cộng Lạc", "a"))
    since = next(table.named("Lạc Phượng", "c"))
    assert (table.province_of(before), table.province_of(since)) == ("30", "31")


@pytest.mark.parametrize(
    ("read", "name", "code"),
    [
        ("HuyệnTứKỳ", "Huyện Tứ Kỳ", "298"),
        ("Huyện Tứ Kỳ `", "Huyện Tứ Kỳ", "298"),
        ("huyện tứ Kỳ", "huyện Tứ Kỳ", "298"),
        ("Đấtđai", "Đất đai", None),
        ("Ngân hàng VietinBank", "Ngân hàng VietinBank", None),
    ],
)
def test_what_a_scan_did_to_a_name_is_undone(read: str, name: str, code: str | None) -> None:
    unit = resolve(read, within=HAI_DUONG, on=BEFORE)
    assert (unit.name, unit.code) == (name, code)


def test_a_body_that_ends_with_its_provinces_name_tells_the_place() -> None:
    within = ("Hạt Kiểm lâm Quỳ Châu", "Chi cục Kiểm lâm Nghệ An")
    assert resolve("Châu Khê", within=within, on=SINCE).code == "17248"
    assert resolve("Châu Khê", within=("Hạt Kiểm lâm",), on=SINCE).code is None


def test_where_there_are_no_districts_the_place_of_issue_is_a_commune() -> None:
    assert resolve("Châu Khê", within=("Môn Sơn",), on=SINCE).code == "17248"
