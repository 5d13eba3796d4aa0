"""What a file is by its bytes, and what is said of one that cannot be read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import ErrorCode, IngestError
from ingest.folders import find_files
from ingest.opening import decode, open_file
from ingest.settings import Settings


def opened_error(path: Path, settings: Settings | None = None) -> ErrorCode:
    with pytest.raises(IngestError) as caught:
        open_file(path, settings or Settings())
    assert caught.value.message
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ErrorCode.EMPTY),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff", ErrorCode.UNSUPPORTED),
        (b"\x00\x01\x02\x03", ErrorCode.UNSUPPORTED),
        ("Kính gửi".encode("utf-16-le") + b"\xff", ErrorCode.UNSUPPORTED),
        (b"C\xf4ng v\xe3n", ErrorCode.NOT_TEXT),
        (b"   \n\n", ErrorCode.EMPTY),
        (b"\x89PNG\r\n\x1a\n broken", ErrorCode.BROKEN),
        (b"\xff\xd8\xff\xe0 broken", ErrorCode.BROKEN),
    ],
)
def test_what_is_no_dispatch_says_so(tmp_path: Path, data: bytes, code: ErrorCode) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(data)
    assert opened_error(path) == code


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    assert opened_error(tmp_path / "none.pdf") == ErrorCode.NOT_FOUND


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Kính gửi " * 10)
    assert opened_error(path, Settings(max_bytes=20)) == ErrorCode.TOO_LARGE


@pytest.mark.parametrize(
    ("suffix", "media"), [("png", "image/png"), ("jpg", "image/jpeg"), ("tif", "image/tiff")]
)
def test_a_picture_is_known_by_its_bytes_whatever_its_name(
    tmp_path: Path, suffix: str, media: str
) -> None:
    picture = tmp_path / f"page.{suffix}"
    Image.new("L", (827, 1169), 255).save(picture)
    renamed = picture.rename(tmp_path / "page.pdf")
    opened = open_file(renamed, Settings())
    assert opened.media_type == media
    assert opened.pages[0].dpi == 100, "A4 at 827 x 1169 points is 100 dpi, whatever the file tells"


def test_every_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    frames = [Image.new("1", (1654, 2339), 1) for _ in range(3)]
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(200, 200))
    opened = open_file(path, Settings())
    assert [(page.number, page.dpi) for page in opened.pages] == [(1, 200), (2, 200), (3, 200)]


def test_text_is_told_from_markdown_by_its_marks(tmp_path: Path) -> None:
    plain, marked = tmp_path / "a.txt", tmp_path / "b"
    plain.write_text("Số: 12/UBND\n- Như trên;")
    marked.write_text("**Số: 12/UBND**\n- Như trên;")
    assert open_file(plain, Settings()).media_type == "text/plain"
    assert open_file(marked, Settings()).media_type == "text/markdown"


def test_line_ends_and_byte_order_marks_are_undone() -> None:
    assert decode("\ufeffKính gửi\r\nSở".encode()) == "Kính gửi\nSở"
    assert decode("Kính gửi".encode("utf-16")) == "Kính gửi"


def test_a_folder_gives_its_dispatches_in_order_and_leaves_the_rest(tmp_path: Path) -> None:
    names = ["b.pdf", "a.txt", "gold.json", ".hidden.pdf", "README.md", "sub/c.md", "out/d.pdf"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "scan").write_bytes(b"%PDF-1.4")
    found = find_files([tmp_path], leave=tmp_path / "out")
    assert [file.relative_to(tmp_path).as_posix() for file in found.files] == [
        "a.txt",
        "b.pdf",
        "scan",
        "sub/c.md",
    ]
    assert found.others == 2


def test_blank_lines_without_end_are_passed_in_no_time(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n" * 1_000_000 + "x")
    start = time.process_time()
    open_file(path, Settings())
    assert time.process_time() - start < 10
