"""Write a set of hostile files, to be dropped into an inbox: `python tools/hostile.py FOLDER`.

Beside them goes `expected.json`: for each name the codes with which it may end (`done` when it
may be read). Nothing here is dangerous to keep; some files are dangerous to open carelessly.
"""

from __future__ import annotations

import io
import json
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw

Hostile = tuple[str, bytes, tuple[str, ...]]  # name, content, how it may end
DONE, BROKEN, EMPTY = ("done",), ("broken",), ("empty",)
UNSUPPORTED, TOO_LARGE, NOT_TEXT = ("unsupported",), ("too_large",), ("not_text",)


def pdf(*objects: str, tail: str = "trailer << /Root 1 0 R /Size 99 >>\n%%EOF") -> bytes:
    """Return a PDF of numbered objects without a table: readers rebuild it."""
    body = "".join(f"{n} 0 obj\n{text}\nendobj\n" for n, text in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}{tail}\n".encode("latin-1")


FORM = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
IMAGE = "/Type /XObject /Subtype /Image /BitsPerComponent 8"
CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def page(box: str = "0 0 595 842", more: str = "", content: str = "") -> bytes:
    """Return a PDF of one page."""
    stream = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    entry = f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R {more} >>"
    return pdf(CATALOG, PAGES, entry, stream)


def stream_pdf(data: bytes, header: str, draw: str = "q 595 0 0 842 0 0 cm /I Do Q") -> bytes:
    """Return a PDF of one page whose resource `I` is a raw stream with the given header."""
    start = pdf(
        CATALOG, PAGES,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /XObject << /I 5 0 R >> >> >>",
        f"<< /Length {len(draw)} >>\nstream\n{draw}\nendstream", tail="",
    )  # fmt: skip
    head = f"5 0 obj\n<< {header} /Length {len(data)} >>\nstream\n".encode()
    return start + head + data + b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"


def torn_pdfs() -> Iterator[Hostile]:
    """Yield PDFs that are torn, circular, or not what they say."""
    good = page(content="BT /F1 12 Tf (x) Tj ET")
    yield "header only.pdf", b"%PDF-1.4\n", BROKEN
    yield "truncated early.pdf", good[:120], BROKEN
    yield "truncated late.pdf", good[:-60], (*DONE, *BROKEN)
    yield "zeros after the header.pdf", b"%PDF-1.4" + bytes(100_000), BROKEN
    yield "noise after the header.pdf", b"%PDF-1.4" + bytes(range(256)) * 300, BROKEN
    yield "no pages.pdf", pdf(CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>"), (*EMPTY, *BROKEN)
    yield (
        "circular pages.pdf",
        pdf(CATALOG, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        (*EMPTY, *BROKEN, *DONE),
    )
    yield "a catalog that is itself.pdf", pdf("1 0 R"), BROKEN
    yield (
        "count that lies.pdf",
        pdf(CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 999999999 >>"),
        ("too_many_pages", *BROKEN),
    )
    yield "junk before the header.pdf", b"junk\n" * 100 + good, (*DONE, *BROKEN)
    yield "two documents in one.pdf", good + good, (*DONE, *BROKEN)


def strange_pages() -> Iterator[Hostile]:
    """Yield PDFs of too many pages, and of pages without a size or with an enormous one."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 10_003))
    leaves = ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * 10_000
    many = pdf(CATALOG, f"<< /Type /Pages /Kids [{kids}] /Count 10000 >>", *leaves)
    yield "ten thousand pages.pdf", many, ("too_many_pages",)
    yield "a kilometre wide.pdf", page("0 0 2834645 842"), DONE
    yield "a kilometre square.pdf", page("0 0 2834645 2834645"), DONE
    yield "no size.pdf", page("0 0 0 0"), (*DONE, *BROKEN)
    yield "negative size.pdf", page("595 842 0 0"), DONE
    yield "size of no number.pdf", page("a b c d"), (*DONE, *BROKEN)
    yield "a million to the inch.pdf", page(more="/UserUnit 1000000"), (*DONE, *BROKEN)


def armed_pdfs() -> Iterator[Hostile]:
    """Yield PDFs that carry scripts, programs and files, or never end."""
    yield "script at opening.pdf", pdf(
        CATALOG[:-2] + "/OpenAction << /S /JavaScript /JS (while(true){}) >> >>", PAGES,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"), DONE  # fmt: skip
    yield "launches a program.pdf", pdf(
        CATALOG[:-2] + "/OpenAction << /S /Launch /F (/bin/sh) >> >>", PAGES,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"), DONE  # fmt: skip
    yield "embedded file.pdf", page(more="/AF [<< /Type /Filespec /F (a.exe) >>]"), DONE
    yield "deep nesting.pdf", pdf("[" * 100_000 + "]" * 100_000), BROKEN
    yield "content without end.pdf", page(content="q " * 500_000), (*DONE, "timeout")
    itself = f"{FORM} /Resources << /XObject << /I 5 0 R >> >>"
    yield "a form that draws itself.pdf", stream_pdf(b"/I Do", itself), DONE


def bombs() -> Iterator[Hostile]:
    """Yield PDFs that are small, and large when they are drawn."""
    bomb, late = zlib.compress(bytes(200_000_000), 9), (*DONE, *BROKEN, "timeout")
    yield "a content bomb.pdf", stream_pdf(bomb, f"{FORM} /Filter /FlateDecode"), late
    size = "/Width 100000 /Height 100000 /ColorSpace /DeviceGray /Filter /FlateDecode"
    yield "an image bomb.pdf", stream_pdf(bomb, f"{IMAGE} {size}"), late
    size = "/Width 2000000000 /Height 2000000000 /ColorSpace /DeviceRGB"
    yield "an image that lies.pdf", stream_pdf(b"x", f"{IMAGE} {size}"), (*DONE, *BROKEN)


def locked_pdfs() -> Iterator[Hostile]:
    """Yield PDFs with a password, and with a lock that no reader knows."""
    leaf = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    keys = f"/O ({'o' * 32}) /U ({'u' * 32})"
    lock = f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 {keys} >>"
    end = "trailer << /Root 1 0 R /Encrypt 4 0 R /ID [(a) (b)] >>\n%%EOF"
    yield "encrypted.pdf", pdf(CATALOG, PAGES, leaf, lock, tail=end), ("encrypted", *BROKEN)
    end = "trailer << /Root 1 0 R /Encrypt << /Filter /Unknown >> >>\n%%EOF"
    yield "a locked lock.pdf", pdf(CATALOG, PAGES, leaf, tail=end), ("encrypted", *BROKEN)


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """Return a PNG that claims a size, whatever it holds."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return a picture as the bytes of a file."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)  # type: ignore[arg-type]
    return stream.getvalue()


def pictures() -> Iterator[Hostile]:
    """Yield pictures: torn, enormous, odd."""
    paper = Image.new("RGB", (827, 1169), "white")
    ImageDraw.Draw(paper).text((100, 100), "THONG BAO", fill="black")
    good = saved(paper, "PNG")
    yield "a header.png", b"\x89PNG\r\n\x1a\n", BROKEN
    yield "truncated.png", good[: len(good) // 2], BROKEN
    yield "claims 100,000 by 100,000.png", png(100_000, 100_000), TOO_LARGE
    yield "claims two billion.png", png(2**31 - 1, 2**31 - 1), (*TOO_LARGE, *BROKEN)
    yield (
        "a bomb.png",
        png(30_000, 12_000, zlib.compress(bytes(30_001 * 12_000), 9)),
        (*DONE, *BROKEN),
    )
    yield "no width.png", png(0, 0), BROKEN
    yield "one point.png", png(1, 1, zlib.compress(b"\0\0")), (*DONE, *BROKEN)
    yield "one line.png", png(20_000, 1, zlib.compress(bytes(20_001))), (*DONE, *BROKEN)
    yield "truncated.jpg", saved(paper, "JPEG")[:900], BROKEN
    yield "a header.jpg", b"\xff\xd8\xff", BROKEN
    yield "four inks.jpg", saved(paper.convert("CMYK"), "JPEG"), DONE
    yield "a palette.png", saved(paper.convert("P"), "PNG"), DONE
    yield "see-through.png", saved(paper.convert("RGBA"), "PNG"), DONE
    yield "sixteen bits.png", saved(Image.new("I;16", (827, 1169), 60_000), "PNG"), DONE
    yield "a header.tif", b"II*\x00\x08\x00\x00\x00", BROKEN
    yield "a circle of pages.tif", b"II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00", BROKEN
    frames = [Image.new("1", (8, 8), 1) for _ in range(700)]
    yield (
        "seven hundred pages.tif",
        saved(frames[0], "TIFF", save_all=True, append_images=frames[1:]),
        ("too_many_pages",),
    )
    yield "a picture named text.txt", good, DONE
    yield "upside down.jpg", saved(paper.rotate(180), "JPEG"), DONE
    yield "a moving picture.gif", saved(paper, "GIF"), (*UNSUPPORTED, *NOT_TEXT)


def texts() -> Iterator[Hostile]:
    """Yield texts: wrong encodings, endless lines, signs that mislead."""
    words = "Kính gửi các đơn vị "
    yield "empty.txt", b"", EMPTY
    yield "blank.txt", b" \n\t\n", EMPTY
    yield "latin.txt", b"C\xf4ng v\xe3n s\xf4 1", NOT_TEXT
    yield "utf-16.txt", words.encode("utf-16"), DONE
    yield "utf-16 without its mark.txt", words.encode("utf-16-le"), (*UNSUPPORTED, *NOT_TEXT)
    yield "control signs.txt", b"S\x00\x01\x02\x1b[31m", UNSUPPORTED
    yield "endless.txt", (words * 200_000).encode(), TOO_LARGE
    yield "one line of 100 kB.txt", (words * 5_000).encode(), DONE
    yield "a hundred thousand lines.txt", b"\n" * 99_999 + b"x", DONE
    yield "ten thousand page breaks.txt", b"x\f" * 10_000, ("too_many_pages",)
    yield "digits.txt", b"1" * 50_000, DONE
    yield "brackets.txt", b"(" * 50_000, DONE
    yield "dots.txt", b"1." * 25_000, DONE
    yield "dashes.txt", b"- " * 25_000, DONE
    yield "numbers and slashes.txt", b"12/" * 16_000, DONE
    yield "stacked marks.txt", ("a" + "\u0301" * 5_000).encode(), DONE
    yield "right to left.txt", "\u202eoab gn\u00f4ht".encode(), DONE
    yield "headings.md", b"#" * 50_000 + b"\n**" + b"*" * 50_000, DONE
    yield "a table of bars.md", b"|" * 50_000, DONE


def others() -> Iterator[Hostile]:
    """Yield what is no dispatch at all."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(50_000_000))
    yield "a bomb.docx", stream.getvalue(), UNSUPPORTED
    yield "named pdf.pdf", stream.getvalue() + b" ", UNSUPPORTED
    yield "old word.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), UNSUPPORTED
    yield "a program.pdf", b"\x7fELF\x02\x01\x01" + bytes(200), UNSUPPORTED
    yield "up..up∕and away.txt", b"x", DONE
    yield "tên\nhai dòng.txt", "THÔNG BÁO".encode(), DONE
    yield "a" * 200 + ".txt", b"y", DONE


SETS: tuple[Callable[[], Iterator[Hostile]], ...] = (
    torn_pdfs, strange_pages, armed_pdfs, bombs, locked_pdfs, pictures, texts, others,
)  # fmt: skip


def write(folder: Path) -> dict[str, list[str]]:
    """Write all files into a folder; return how each may end."""
    folder.mkdir(parents=True, exist_ok=True)
    expected = {}
    for make in SETS:
        for name, content, ends in make():
            (folder / name).write_bytes(content)
            expected[name] = list(ends)
    return expected


if __name__ == "__main__":
    target = Path(sys.argv[1])
    ways = write(target)
    (target.parent / "expected.json").write_text(json.dumps(ways, ensure_ascii=False, indent=1))
    print(f"{len(ways)} files in {target}")
