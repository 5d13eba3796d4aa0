"""The second pass of the normalizer: a document's own words speak for its doubtful ones."""

from __future__ import annotations

import numpy as np

from normalizers import normalize
from normalizers.document import UNSETTLED, Document, stretches

DOUBTFUL = "Hd tro cay lia cho cac hd."
ABOUT_TREES = (
    "Vé viéc hd tro giéng cay qué cho cac hd dan tréng cay qué tai xa. "
    "Dién tich cay qué la 15 ha, cay lau nam la 20 ha. Cay giéng khde, cay cao."
)
LANGUAGE = np.full(9, -8.0, np.float32)


def test_what_a_document_speaks_of_settles_its_doubts() -> None:
    assert normalize(DOUBTFUL).value == "Hỗ trợ cấy lúa cho các hộ."
    assert normalize(f"{ABOUT_TREES}\n{DOUBTFUL}").value.endswith("\nHỗ trợ cây lúa cho các hộ.")


def test_good_lines_among_garbled_ones_stay() -> None:
    good = "Các hộ dân cấy lúa, trồng cây quế và que hàn theo văn bản của ban."
    assert normalize(f"{ABOUT_TREES}\n\n{good}\n\n{DOUBTFUL}").value.split("\n")[2] == good


def test_words_and_pairs_seen_become_likelier_and_others_little_less() -> None:
    document = Document.counted([[5, 6, UNSETTLED, 7], [5, 6]], single=LANGUAGE)
    language = LANGUAGE[:3]
    pair, word, stranger = document.mixed(language, np.array([5, 8, 5]), np.array([6, 7, 8]))
    assert pair > word > -8.0
    assert -8.3 < stranger < -8.0


def test_a_document_without_a_sure_word_says_nothing() -> None:
    document = Document.counted([[UNSETTLED]], single=LANGUAGE)
    assert -8.3 < document.mixed(LANGUAGE[:1], np.array([5]), np.array([6]))[0] < -8.0


def test_stretches_hold_two_neighbors_and_join_where_they_meet() -> None:
    doubts = [False] * 20
    doubts[0] = doubts[8] = doubts[12] = doubts[19] = True
    assert list(stretches(doubts)) == [(0, 3), (6, 15), (17, 20)]
    assert list(stretches([False, False])) == []
