"""`ingest explain`: where a value stands, what was read, by which rule; or what was looked for."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from extractors.contract import Provenance
from extractors.reading import Hand
from ingest import cli
from ingest.commands.drawing import common, draw_page, merged, spoken
from ingest.commands.evidence import below, evidence, fields, looked_for, related, resolve
from ingest.commands.explain import all_fields, clipped, one_field, place_words
from ingest.errors import ErrorCode, IngestError
from ingest.opening import open_file
from ingest.page import Page
from ingest.pipeline import Study, conclude
from ingest.settings import Settings

TEXT = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG MÂY
Số: 532/UBND-VP
V/v rà soát thủ tục hành chính

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Mây, ngày 14 tháng 3 năm 2024

Kính gửi: Ủy ban nhân dân các xã

Yêu cầu các xã báo cáo kết quả trước ngày 15/4/2024./.

Nơi nhận:
- Như trên;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lê Văn Sáng
"""
HAND = Hand("day", 1, (0.6, 0.1, 0.65, 0.12), (("14", 0.8), ("19", 0.1)))
BLANK = Hand("sequence", 1, (0.1, 0.1, 0.2, 0.12), blank=True)


def place(page: int, *box: float, raw: str = "x", sure: float = 0.9) -> Provenance:
    return Provenance(page=page, bbox=list(box) or None, raw=raw, confidence=sure)


@pytest.fixture(name="done", scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Study:
    file = tmp_path_factory.mktemp("texts") / "song-may.txt"
    file.write_text(TEXT, encoding="utf-8")
    return conclude(open_file(file, Settings()), [], Settings())


def said(done: Study, field: str | None) -> str:
    console = Console(width=100, file=StringIO())
    told = [evidence(done, name) for name in ([field] if field else fields())]
    with console.capture() as captured:
        for part in one_field(told[0]) if field else all_fields(told, done):
            console.print(part)
    return captured.get()


def test_a_value_is_told_with_what_was_read_and_its_rule(done: Study) -> None:
    text = said(done, "date")
    assert "/date: 2024-03-14" in text
    assert "ngày 14 tháng 3 năm 2024" in text
    assert "Rule:" in text


def test_a_missing_value_is_told_with_what_was_looked_for(done: Study) -> None:
    text = said(done, "secrecy")
    assert "/secrecy: nothing" in text
    assert "What was looked for:" in text
    assert looked_for("secrecy").splitlines()[0][:40] in text


def test_all_fields_are_told_in_the_contracts_order(done: Study) -> None:
    text = said(done, None)
    names = [name for name in fields() if f"│ {name}" in text]
    assert names == fields()


@pytest.mark.parametrize("name", ["date", "number", "signatory", "directives", "figures"])
def test_every_field_says_what_it_looks_for(name: str) -> None:
    assert len(looked_for(name)) > 40


def test_a_field_is_named_with_points_or_as_a_pointer() -> None:
    assert resolve("number.sequence") == ("number", "/number/sequence")
    assert resolve("/number/sequence") == ("number", "/number/sequence")
    with pytest.raises(IngestError, match="document_type") as caught:
        resolve("mood")
    assert caught.value.code is ErrorCode.NOT_FOUND


def test_places_of_a_value_are_its_own_its_parts_or_its_whole() -> None:
    places = {"/number": place(1), "/number/sequence": place(1), "/numbers": place(2)}
    assert [name for name, _ in below(places, "/number")] == ["/number", "/number/sequence"]
    assert [name for name, _ in below(places, "/number/sequence")] == ["/number/sequence"]
    assert [name for name, _ in below({"/number": place(1)}, "/number/year")] == ["/number"]
    assert not related("/numbers", "/number")


def test_a_place_is_told_in_words() -> None:
    assert place_words(1, [0.52, 0.1, 0.7, 0.12]) == (
        "page 1, top right (52%–70% across, 10%–12% down)"
    )
    assert place_words(2, None) == "page 2"
    assert place_words(None, None) == "nowhere on the page"
    assert clipped("a\nb  c") == "a b c"
    assert len(clipped("ab " * 100)) == 80


def test_a_gap_is_told_with_its_readings() -> None:
    assert spoken(HAND) == "day: 14 (0.80), 19 (0.10)"
    assert spoken(BLANK) == "sequence: blank"
    assert spoken(Hand("day", 1, (0, 0, 1, 1))) == "day: not read"


def test_boxes_at_one_place_share_a_name() -> None:
    box = (0.1, 0.1, 0.2, 0.12)
    places = {
        "/signatory/on_behalf/0/mode": place(1, *box),
        "/signatory/on_behalf/0/of": place(1, *box),
        "/date": place(2, *box),
        "/place": place(1),
    }
    assert merged(places, 1) == [("/signatory/on_behalf/0", box)]
    assert common(["/number/text"]) == "/number/text"


def test_the_page_is_drawn_with_boxes_and_gaps_below() -> None:
    image = np.full((1170, 827), 255, dtype=np.uint8)
    page = Page(1, 827, 1170, 100, image)
    plain = draw_page(page, {}, ())
    drawn = draw_page(page, {"/date": place(1, 0.5, 0.1, 0.7, 0.12)}, (HAND, BLANK))
    assert drawn.width == plain.width
    assert drawn.height > plain.height
    colors = drawn.crop((600, 150, 900, 230)).getcolors(10_000) or []
    assert (31, 111, 178) in [color for _, color in colors]


def test_a_plain_text_has_no_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["explain", str(tmp_path / "a.txt"), "mood"])
    assert "no field 'mood'" in capsys.readouterr().err
