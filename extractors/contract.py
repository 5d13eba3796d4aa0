"""The dispatch contract, version 1: the JSON that leaves. The only place where it is written.

A value that the page does not give is null or an empty list. Dates are ISO 8601, reduced where
the page gives less (`2025-03`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Amount = int | float
Share = Annotated[float, Field(ge=0, le=1)]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
LocalTime = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$")]
ClockTime = Annotated[str, Field(pattern=r"^\d{2}:\d{2}$")]


class ReviewCode(StrEnum):
    """Why a person should look: the closed list of reasons."""

    MISSING = "missing"  # a required value was looked for and is not there
    BLANK = "blank"  # the gap is empty on paper: a draft
    HANDWRITTEN = "handwritten"  # written by hand and not read surely enough
    UNREADABLE = "unreadable"  # there is ink, and it could not be read
    DOUBTFUL = "doubtful"  # a value with low confidence
    AMBIGUOUS = "ambiguous"  # the page gives more than one answer
    SEVERAL_ISSUERS = "several_issuers"
    SEVERAL_SIGNERS = "several_signers"
    CONFLICT = "conflict"  # two places of the dispatch disagree
    ARITHMETIC = "arithmetic"  # printed figures that do not add up
    PAGE_UNREADABLE = "page_unreadable"  # no text could be read on the page
    PAGE_TIMEOUT = "page_timeout"  # the page took longer than its limit


class Model(BaseModel):
    """A part of the contract: closed, unchangeable, every field always present."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Model):
    """The file that was read."""

    name: str
    media_type: str
    size: int
    pages: int
    text_origin: Literal["ocr", "text_layer", "repaired_text_layer", "plain_text"]


class Producer(Model):
    """What made this object."""

    name: str
    version: str
    ocr: str | None
    language_model: str | None


class DocumentType(Model):
    """Type name (tên loại) and its code after Decree 30/2020/NĐ-CP, annex III; `CV` Công văn."""

    code: str | None
    name: str


class Number(Model):
    """Number and notation (số, ký hiệu): `3176b/QĐ-SYT`."""

    text: str | None
    sequence: int | None
    suffix: str | None
    year: int | None
    notation: str | None


class Unit(Model):
    """An administrative unit (đơn vị hành chính), an agency or a group of units."""

    name: str
    level: Literal["province", "district", "commune", "village", "agency", "group"] | None
    code: str | None


class Issuer(Model):
    """The issuing body (cơ quan ban hành) and the body above it."""

    name: str
    parent: str | None
    unit: Unit | None


class Authority(Model):
    """A link of the chain of authority (thẩm quyền ký): `KT. CHỦ TỊCH`."""

    mode: Literal["TM", "KT", "TL", "TUQ", "Q"]
    of: str


class Signatory(Model):
    """Who signed (người ký), in which position, on whose behalf."""

    name: str | None
    position: str | None
    on_behalf: list[Authority]


class Reference(Model):
    """A document that the dispatch cites."""

    document_type: str | None
    number: str | None
    date: IsoDate | None
    issuer: str | None
    subject: str | None


class Assignee(Model):
    """Who must carry a directive out: `lead` (chủ trì), `support` (phối hợp)."""

    name: str
    role: Literal["lead", "support"]


class Directive(Model):
    """An instruction (nội dung chỉ đạo, nhiệm vụ)."""

    id: str
    assignees: list[Assignee]
    text: str
    deadlines: list[str]


class Relative(Model):
    """A time limit that counts from an event: five working days from receipt."""

    amount: Amount
    unit: Literal["hours", "days", "working_days", "weeks", "months", "quarters", "years"]
    from_: Annotated[str | None, Field(alias="from")]

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Deadline(Model):
    """A time limit (thời hạn) set for somebody."""

    id: str
    text: str
    kind: Literal["date", "recurring", "immediate"]
    start: IsoDate | None
    due: IsoDate | None
    bound: Literal["before", "by", "at"] | None
    rrule: str | None
    time: ClockTime | None
    relative: Relative | None
    directive: str | None


class Period(Model):
    """A stretch of time; either end may be open."""

    start: IsoDate | None
    end: IsoDate | None


class Figure(Model):
    """A figure (số liệu) stated of a unit."""

    unit: Unit | None
    indicator: str | None
    value: Amount | None
    measure: str | None
    numerator: Amount | None
    denominator: Amount | None
    rank: int | None
    rank_of: int | None
    kind: Literal["actual", "target", "forecast", "change"]
    comparison: Literal["=", ">=", "<=", ">", "<"]
    as_of: IsoDate | None
    period: Period | None


class Table(Model):
    """A ruled table; merged cells repeated, header rows joined with ` / `."""

    pages: list[int]
    caption: str | None
    header: list[str]
    rows: list[list[str]]


class Meeting(Model):
    """When and where an invitation convenes: local times."""

    start: LocalTime | None
    end: LocalTime | None
    place: str | None


class PageText(Model):
    """A page: its repaired text, its size in pixels as read, how sure its words are."""

    number: int
    width: int | None
    height: int | None
    text: str
    confidence: Share | None


class Provenance(Model):
    """Where a scalar came from: page, box as shares of the page, what was read, how sure."""

    page: int | None
    bbox: list[float] | None
    raw: str
    confidence: Share


class Attachment(Model):
    """Another document bound into the same file."""

    pages: list[int]
    document_type: DocumentType | None
    number: Number | None
    date: IsoDate | None
    issuer: Issuer | None
    subject: str | None
    signatory: Signatory | None


class Review(Model):
    """Something for a person to look at; `candidates` are what it may be, best first."""

    path: str
    code: ReviewCode
    message: str
    candidates: list[object]


class Dispatch(Model):
    """An official dispatch (văn bản hành chính) as data."""

    contract: Literal["dispatch/1"] = "dispatch/1"
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    source: Source
    producer: Producer
    document_type: DocumentType | None
    number: Number | None
    issuer: Issuer | None
    place: str | None
    date: IsoDate | None
    subject: str | None
    addressees: list[str]
    recipients: list[str]
    signatory: Signatory | None
    urgency: Literal["khẩn", "thượng khẩn", "hỏa tốc"] | None
    secrecy: Literal["mật", "tối mật", "tuyệt mật"] | None
    references: list[Reference]
    directives: list[Directive]
    deadlines: list[Deadline]
    figures: list[Figure]
    tables: list[Table]
    meeting: Meeting | None
    pages: list[PageText]
    provenance: dict[str, Provenance]
    attachments: list[Attachment]
    review: list[Review]

    @property
    def status(self) -> Literal["complete", "review"]:
        """Whether anything is left for a person: computed, never declared."""
        return "review" if self.review else "complete"
