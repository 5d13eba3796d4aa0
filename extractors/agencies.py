"""Names of bodies and office-holders in running text: who is told to act, who issued a document."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from extractors.language import data
from extractors.wording import Clause, Name

_BREAKS = frozenset([";", ":", ".", "./.", "./", "!", "?", ")", "]", "(", "[", "…", "”", "“", '"'])
_QUOTES = frozenset(("“", "”", '"'))
_QUOTED = 16  # words of a quotation in a name
_SHORT = frozenset(("TP", "Tp", "TX", "Tx", "TT", "P", "Q", "H", "X"))  # UBND TP. Vinh
_ANDS = frozenset(("và", "&", "hoặc", "cùng"))
_DASHES = frozenset("-–—")
_LONGEST = 30  # words of a name: a longer one is a sentence


def names_at(clause: Clause, at: int, *, loose: bool = False) -> tuple[list[Name], int]:
    """Return the list of names that begins with a word, and the number of the word after it.

    `loose` takes a bare collective too (`đơn vị`), where a name must follow.
    """
    found: list[Name] = []
    end = at
    head = clause.head(at) or (clause.loose(at) if loose else None)
    while head is not None:
        dealt, end = _dealt(clause, head)
        if not dealt:
            end = _name_end(clause, head)
            dealt = _parted(clause, head.start, end)
        found += dealt
        end = _past_brackets(clause, end)
        if clause.word(end) == ":" and _stands_for(found) and clause.head(end + 1) is not None:
            found, end = names_at(clause, end + 1)
            break
        at = _past_joint(clause, end)
        head = (clause.head(at) or clause.people(at) or clause.several(at)) if at > end else None
    return found, end


def _parted(clause: Clause, start: int, end: int) -> list[Name]:
    """Part units that share a head: `UBND phường Đông Hà, xã Vị Xuyên` is two."""
    units = [
        at
        for at in range(start + 1, end)
        if clause.labeled(at, "kin") and clause.capital(clause.agencies[at].end)
    ]
    firsts = [at for at in units[1:] if clause.word(at - 1) == "," or clause.word(at - 1) in _ANDS]
    if not firsts or any(clause.word(i) == "," for i in range(start, units[0])):
        return [clause.name(start, end)]
    before = clause.doc[start : units[0]].text_with_ws
    ends = [at - 1 for at in firsts] + [end]
    rest = zip(firsts, ends[1:], strict=True)
    return [clause.name(start, ends[0]), *(clause.name(at, last, before) for at, last in rest)]


def _stands_for(found: list[Name]) -> bool:
    """Whether names only announce those after a colon: `Các ông (bà):`, `Các chủ đầu tư:`."""
    words = tuple(data("agencies")["generic"]["words"])
    return all(name.name.lower().startswith(words) or name.name[1:].islower() for name in found)


def first_name(clause: Clause, at: int) -> Name | None:
    """Return the name that begins with a word."""
    head = clause.head(at)
    return clause.name(head.start, _name_end(clause, head)) if head is not None else None


def _past_joint(clause: Clause, at: int) -> int:
    """Return the number of the word after a comma or an `và`; the same where there is none."""
    while clause.word(at) in _ANDS or clause.word(at) in (",", ";"):
        at += 1
    return at


def _past_brackets(clause: Clause, at: int) -> int:
    if clause.word(at) != "(":
        return at
    close = (i + 1 for i in range(at, min(at + 30, len(clause.words))) if clause.word(i) == ")")
    return next(close, at)


def _name_end(clause: Clause, head: Span) -> int:
    at = head.end
    soft = head.end if head.label_ == "committee" else -1  # here a verb belongs to the name
    while at < min(len(clause.words), head.start + _LONGEST):
        word, verb = clause.word(at), clause.verb(at)
        if word in _QUOTES and (close := _quote_end(clause, at)):
            at = close
            continue
        misread = word in (".", ";") and clause.labeled(at + 1, "kin") is not None  # for a comma
        misread = misread or (word == "." and clause.word(at - 1) in _SHORT)
        if (word in _BREAKS and not misread) or (word in _DASHES and not _goes_on(clause, at + 1)):
            break
        joint = (word == "," or word in _ANDS) and (verb is None or verb.label_ != "name")
        if joint and not _continues(clause, at):
            break
        fits = _is_noun(clause, at) or (at == soft and _names_a_field(clause, at))
        if _stops(clause, at) and not fits:
            break
        inner = clause.agencies.get(at)
        at = verb.end if verb and verb.label_ == "name" else inner.end if inner else at + 1
        soft = at if inner is not None and inner.label_ == "committee" else soft
    return at


def _quote_end(clause: Clause, at: int) -> int:
    """Return the number of the word after a short quotation in a name; 0 where it is none."""
    ends = (i + 1 for i in range(at + 2, at + _QUOTED) if clause.word(i) in _QUOTES)
    end = next(ends, 0)
    return end if clause.labeled(end, "kin") is not None else 0


def _stops(clause: Clause, at: int) -> bool:
    """Whether a verb ends a name here; in `Công nghệ thông tin và Truyền thông` none does."""
    verb = clause.verb(at)
    if verb is None or verb.label_ == "name" or not clause.word(at).islower():
        return False
    joined = clause.word(verb.end) == "và" and clause.capital(verb.end + 1)
    return (
        not joined or verb.label_ not in ("act", "manner") or clause.head(verb.end + 1) is not None
    )


def _is_noun(clause: Clause, at: int) -> bool:
    """Whether `tổ chức` is a body here: `các cơ quan, tổ chức, đơn vị`."""
    kin = clause.labeled(at, "kin")
    if kin is None or not (clause.word(at - 1) == "," or clause.word(at - 1) in _ANDS):
        return False
    after = kin.end
    goes_on = clause.word(after) == "," or clause.word(after) in _ANDS
    return goes_on or clause.verb(after) is not None or clause.labeled(after, "kin") is not None


def _names_a_field(clause: Clause, at: int) -> bool:
    """Whether a verb is a committee's field: `Ban Chỉ đạo chuyển đổi số tỉnh`."""
    verb = clause.verb(at)
    return verb is not None and any(clause.labeled(i, "kin") for i in range(verb.end, verb.end + 5))


def _goes_on(clause: Clause, at: int) -> bool:
    return clause.capital(at) or clause.labeled(at, "kin") is not None


def _continues(clause: Clause, at: int) -> bool:
    """Whether a name goes on after a comma or an `và`."""
    after = at + 1
    if clause.word(at) in _ANDS and _is_acronym(clause, at - 1) and _is_acronym(clause, after):
        return True  # Phòng Cảnh sát PCCC và CNCH
    if clause.head(after) is not None or after in clause.documents:
        return False
    if clause.word(after).isdigit():
        return clause.word(at - 1).isdigit()
    if clause.word(at) == "và" and clause.people(after) and not clause.labeled(at - 1, "kin"):
        return False
    if clause.labeled(after, "kin") is not None:
        return not _stops(clause, after) or _is_noun(clause, after)
    if clause.verb(after, "name") is not None:
        return True  # thuộc, trực thuộc Sở
    if clause.word(at) != ",":
        return clause.capital(after)
    if _is_short(clause, after):
        return True
    reach = 7 if clause.capital(after) else 4
    words = [clause.word(i) for i in range(after, after + reach)]
    if "và" not in words:
        return False
    joint = after + words.index("và")
    if not clause.capital(after) and any(clause.verb(i) for i in range(after, joint)):
        return False
    return (
        clause.capital(joint + 1)
        and clause.head(joint + 1) is None
        and joint + 1 not in clause.documents
    )


def _is_acronym(clause: Clause, at: int) -> bool:
    word = clause.word(at)
    return len(word) > 2 and word.isupper() and word.isalpha() and at not in clause.agencies


def _is_short(clause: Clause, at: int) -> bool:
    """Whether a few plain words end the list here: `các huyện, thành phố:` however misread."""
    end = at
    while clause.word(end).islower() and clause.verb(end) is None and end - at < 4:
        end += 1
    if not at < end <= at + 3:
        return False
    acts = clause.verb(end, "act", "manner", "duty", "lead", "support") is not None
    return acts or clause.word(end) in _BREAKS or not clause.word(end)


def _dealt(clause: Clause, head: Span) -> tuple[list[Name], int]:
    """Deal a list out: `Giám đốc các Sở: Nội vụ, Tài chính` is two directors."""
    kinds = data("agencies")["dealt"]["kinds"]
    for at in range(head.start, min(head.end + 8, len(clause.words) - 2)):
        kind = clause.word(at + 1)
        if clause.word(at) in _BREAKS or clause.word(at) == ",":
            break
        joined = clause.word(at) in _ANDS and clause.head(at + 1) is not None
        if at >= head.end and (joined or _stops(clause, at)):
            break
        if clause.word(at).lower() != "các" or kind.lower() not in kinds:
            continue
        listed = clause.word(at + 2) == ":"
        first = at + 3 if listed else at + 2
        known = clause.head(at + 1)
        if known is not None and len(known) > 1 and not listed:
            continue  # các Trạm Y tế
        near = listed or at < head.end + 2
        if near and clause.capital(first) and (clause.head(first) is None or listed):
            before = clause.doc[head.start : at].text_with_ws if at > head.start else ""
            dealt, end = _deal(clause, first, before, kind if before else kind.capitalize())
            if listed or len(dealt) > 1:
                return dealt, end
    return [], head.end


def _deal(clause: Clause, at: int, before: str, kind: str) -> tuple[list[Name], int]:
    found: list[Name] = []
    end = at
    while clause.capital(at) or clause.labeled(at, "kin"):
        ministry = kind.lower() == "bộ" and clause.word(at) == "Công"  # Bộ Công an
        if clause.head(at) is not None and not ministry:
            break
        if (kin := clause.labeled(at, "kin")) is not None:
            kind, at = kin.text, kin.end
            if not clause.capital(at):
                break
        end = _item_end(clause, at)
        found.append(clause.name(at, end, f"{before}{kind} "))
        at = _past_joint(clause, end)
        if at == end:
            break
    return found, end


def _item_end(clause: Clause, at: int) -> int:
    field = clause.labeled(at, "field") or clause.labeled(at, "body")
    at = field.end if field else at + 1
    while at < len(clause.words):
        word = clause.word(at)
        if word in _BREAKS or word == "," or word in _ANDS:
            break
        if _stops(clause, at):
            break
        at += 1
    return at


def all_names(clause: Clause) -> Iterator[tuple[int, list[Name], int]]:
    """Yield every list of names: where it begins, the names, where it ends."""
    at = 0
    while at < len(clause.words):
        found, end = names_at(clause, at)
        if found:
            yield at, found, end
        at = max(end, at + 1)
