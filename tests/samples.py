"""A whole dispatch of an invented office, for tests that show, compare or send one."""

from __future__ import annotations

from typing import Any

from extractors.contract import Dispatch


def sample() -> dict[str, Any]:
    """Return a dispatch as JSON in which every kind of value stands."""
    unit = {"name": "xã An Phú", "level": "commune", "code": None}
    nothing = dict.fromkeys(("numerator", "denominator", "rank", "rank_of", "as_of", "period"))
    figure = {"unit": unit, "indicator": "Tỷ lệ hồ sơ đúng hạn", "value": 98.7, "measure": "%"}
    return {
        "contract": "dispatch/1",
        "id": "0" * 64,
        "source": {
            "name": "an-phu.pdf",
            "media_type": "application/pdf",
            "size": 1234,
            "pages": 2,
            "text_origin": "ocr",
        },
        "producer": {
            "name": "ingest",
            "version": "0.1.0",
            "ocr": "tesseract 5",
            "language_model": None,
        },
        "document_type": {"code": "CV", "name": "Công văn"},
        "number": {
            "text": None,
            "sequence": None,
            "suffix": None,
            "year": None,
            "notation": "UBND-VP",
        },
        "issuer": {"name": "Ủy ban nhân dân huyện Sông Mây", "parent": None, "unit": None},
        "place": "Sông Mây",
        "date": "2024-03",
        "subject": "rà soát thủ tục hành chính quý I",
        "addressees": ["Ủy ban nhân dân các xã"],
        "recipients": ["Như trên", "Lưu: VT"],
        "signatory": {
            "name": "Lê Văn Sáng",
            "position": "Phó Chủ tịch",
            "on_behalf": [{"mode": "KT", "of": "Chủ tịch"}],
        },
        "urgency": "hỏa tốc",
        "secrecy": None,
        "references": [
            {
                "document_type": "Kế hoạch",
                "number": "17/KH-UBND",
                "date": "2024-01-04",
                "issuer": "UBND tỉnh",
                "subject": None,
            }
        ],
        "directives": [
            {
                "id": "1",
                "assignees": [
                    {"name": "Văn phòng", "role": "lead"},
                    {"name": "Phòng Nội vụ", "role": "support"},
                ],
                "text": "Tổng hợp kết quả, báo cáo trước ngày 15/4/2024.",
                "deadlines": ["d1"],
            }
        ],
        "deadlines": [
            {
                "id": "d1",
                "text": "trước ngày 15/4/2024",
                "kind": "date",
                "start": None,
                "due": "2024-04-15",
                "bound": "before",
                "rrule": None,
                "time": None,
                "relative": None,
                "directive": "1",
            }
        ],
        "figures": [
            {
                **nothing,
                **figure,
                "numerator": 2498,
                "denominator": 2531,
                "kind": "actual",
                "comparison": "=",
            },
            {**nothing, **figure, "value": 99, "kind": "target", "comparison": ">="},
        ],
        "tables": [],
        "meeting": None,
        "pages": [
            {"number": 1, "width": 1654, "height": 2339, "text": "Số: /UBND-VP", "confidence": 0.9}
        ],
        "provenance": {
            "/place": {
                "page": 1,
                "bbox": [0.5, 0.1, 0.7, 0.12],
                "raw": "Sông Mây",
                "confidence": 0.62,
            },
            "/number/notation": {
                "page": 1,
                "bbox": [0.1, 0.1, 0.3, 0.12],
                "raw": "JUBND-VP",
                "confidence": 0.97,
            },
        },
        "attachments": [],
        "review": [
            {
                "path": "/number/sequence",
                "code": "handwritten",
                "message": "The number is written by hand and was not read surely enough.",
                "candidates": [532, 582],
            }
        ],
    }


def dispatch(**changes: Any) -> Dispatch:
    """Return the sample as a dispatch, with some values changed."""
    return Dispatch.model_validate({**sample(), **changes})
