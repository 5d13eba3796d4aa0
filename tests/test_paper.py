"""The sheet is found on its picture: photographed from a side, or between dark borders."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ingest.geometry import back
from ingest.page import Image, Line, Page, Word
from ingest.paper import lay_out


def sheet() -> Image:
    image = np.full((2339, 1654), 245, np.uint8)
    for top in range(300, 2000, 40):
        image[top : top + 16, 240:1400] = 30
    return image


def page(image: Image) -> Page:
    return Page(1, image.shape[1], image.shape[0], 200, image)


def photographed() -> tuple[Image, np.ndarray]:
    corners = np.array([[0, 0], [1654, 0], [1654, 2339], [0, 2339]], np.float32)
    moved = corners + np.array([[90, 60], [-40, 120], [-110, -80], [60, -140]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, moved)
    shown = cv2.warpPerspective(sheet(), matrix, (1654, 2339), borderValue=(90,))
    light = np.linspace(1.0, 0.6, 1654)[None, :]
    return np.asarray(shown * light, np.uint8), matrix


def test_a_photographed_sheet_is_laid_out_and_its_places_are_the_picture_s() -> None:
    image, matrix = photographed()
    flat, way = lay_out(page(image))
    assert way is not None
    assert flat.image is not None
    ink = np.asarray(flat.image) < 90
    rows = np.flatnonzero(ink[:, ink.shape[1] // 2])
    left, right = (np.flatnonzero(ink[:, at]).min() for at in (400, 1100))
    assert abs(int(left) - int(right)) <= 3, "lines lie level"
    assert 150 < flat.dpi < 200, "less of the picture is paper than was told"
    word = Word("nhân", (400, int(rows[0]), 440, int(rows[0]) + 14), 0.9)
    (line,) = back(Page(1, flat.width, flat.height, flat.dpi, lines=(Line((word,)),)), way).lines
    share = (400 / flat.width * 1654, 300)
    x, y, w = matrix @ [*share, 1]
    assert line.box[:2] == pytest.approx((x / w, y / w), abs=14)


def test_dark_borders_are_taken_off() -> None:
    image = sheet()
    image[:, :20] = 0
    image[-16:] = 0
    flat, way = lay_out(page(image))
    assert way is not None
    assert flat.image is not None
    assert flat.dpi == 200
    assert int(flat.image[:, :5].min()) > 200
    assert int(flat.image[-5:].min()) > 200


@pytest.mark.parametrize("band", [slice(0, 0), slice(150, 400)])
def test_a_scan_to_its_edges_stays_as_it_is(band: slice) -> None:
    image = sheet()
    image[200:2200, band] = 60  # a dark picture inside the page is part of it
    flat, way = lay_out(page(image))
    assert way is None
    assert flat.image is image
