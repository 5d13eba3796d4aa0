"""Names of bodies and office-holders in running text: who is told to act, who issued a document."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from extractors import teams
from extractors.dealing import dealt
from extractors.joints import ANDS, BREAKS, past_joint, stops
from extractors.language import data
from extractors.wording import Clause, Name

_QUOTES = frozenset(("“", "”", '"'))
_QUOTED = 16  # words of a quotation in a name
_SHORT = frozenset(("TP", "Tp", "TX", "Tx", "TT", "P", "Q", "H", "X"))  # UBND TP. Vinh
_DASHES = frozenset("-–—")
_FEW = 4  # words of the last item of a list: đảng bộ cơ sở
_LONGEST = 30  # words of a name: a longer one is a sentence


def names_at(clause: Clause, at: int, *, loose: bool = False) -> tuple[list[Name], int]:
    """Return the list of names that begins with a word, and the number of the word after it.

    `loose` takes a bare collective too (`đơn vị`), where a name must follow.
    """
    found: list[Name] = []
    end = at
    head = clause.head(at) or (clause.loose(at) if loose else None)
    while head is not None:
        listed, end = dealt(clause, head)
        if not listed:
            end = _person_end(clause, head, _name_end(clause, head))
            listed = _parted(clause, head.start, end)
        found += listed
        end = _past_brackets(clause, end)
        if clause.word(end) == ":" and _stands_for(found) and clause.head(end + 1) is not None:
            found, end = names_at(clause, end + 1)
            break
        at = past_joint(clause, end)
        head = _next_head(clause, at) if at > end else None
    return found, end


def _next_head(clause: Clause, at: int) -> Span | None:
    """Return the words that open the next name of a list; after a semicolon `cơ quan` may."""
    kin = clause.labeled(at, "kin")
    unit = kin is not None and clause.capital(kin.end)
    parted = clause.word(at - 1) == ";" and clause.verb(at) is None
    return (
        clause.head(at)
        or clause.people(at)
        or clause.several(at)
        or (clause.loose(at) if parted or unit else None)
    )


def _person_end(clause: Clause, head: Span, end: int) -> int:
    """Let a person's name run on over posts: `Đồng chí Lê Văn Tám - Ủy viên, Trưởng Ban`."""
    post = clause.labeled(end + 1, "person")
    while (
        head.text.lower() in data("agencies")["titled"]["words"]
        and clause.capital(head.end)
        and clause.word(end) in (",", "-", "–")
        and post is not None
        and post.text.lower() not in data("agencies")["titled"]["words"]
    ):
        end = _name_end(clause, post)
        post = clause.labeled(end + 1, "person")
    return end


def _parted(clause: Clause, start: int, end: int) -> list[Name]:
    """Part units that share a head: `UBND phường Đông Hà, xã Vị Xuyên` is two."""
    alone = clause.labeled(start, "kin") is not None  # phường Cát Bi
    units = [
        at
        for at in range(start + (not alone), end)
        if clause.labeled(at, "kin") and clause.capital(clause.agencies[at].end)
    ]
    firsts = [at for at in units[1:] if clause.word(at - 1) == "," or clause.word(at - 1) in ANDS]
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
        if word == "nơi" and clause.verb(at + 1, "stop"):
            return _where_end(clause, at + 1)
        misread = word in (".", ";") and _is_item(clause, at + 1)  # for a comma
        misread = misread or (word == "." and clause.word(at - 1) in _SHORT)
        if (word in BREAKS and not misread) or (word in _DASHES and not _goes_on(clause, at + 1)):
            break
        joint = (word == "," or word in ANDS) and (verb is None or verb.label_ != "name")
        if joint and not (_continues(clause, at) or _repeats(clause, head, at)):
            break
        fits = _is_noun(clause, at) or (at == soft and _names_a_field(clause, at))
        fits = fits or teams.goes_on(clause, at)
        if stops(clause, at) and not fits:
            break
        inner = clause.agencies.get(at)
        at = verb.end if verb and verb.label_ == "name" else inner.end if inner else at + 1
        soft = at if inner is not None and inner.label_ == "committee" else soft
    return at


def _where_end(clause: Clause, at: int) -> int:
    """Return where `nơi có đường sắt đi qua` ends: at a mark, or where somebody acts."""
    acts = ("act", "lead", "support", "duty", "manner", "order")
    while clause.word(at) not in ("", ",", *BREAKS) and clause.verb(at, *acts) is None:
        at += 1
    return at


def _is_item(clause: Clause, at: int) -> bool:
    """Whether a collective of one word stands alone in a list: `ban`, `thị trấn`."""
    kin = clause.labeled(at, "kin")
    if kin is None or clause.verb(at) is not None:
        return False
    after = clause.word(kin.end)
    ends = not after or after in BREAKS or after == "," or after in ANDS
    return ends or clause.verb(kin.end) is not None or clause.capital(kin.end)


def _repeats(clause: Clause, head: Span, at: int) -> bool:
    """Whether a board looks after both: `Ban Quản lý Khu kinh tế A và các Khu công nghiệp B`."""
    more = clause.head(at + 1)
    if head.label_ != "committee" or clause.word(at) != "và" or more is None:
        return False
    return any(clause.word(i) == more[-1].text for i in range(head.end, at))


def _quote_end(clause: Clause, at: int) -> int:
    """Return the number of the word after a short quotation in a name; 0 where it is none."""
    ends = (i + 1 for i in range(at + 2, at + _QUOTED) if clause.word(i) in _QUOTES)
    end = next(ends, 0)
    return end if clause.labeled(end, "kin") is not None else 0


def _is_noun(clause: Clause, at: int) -> bool:
    """Whether `tổ chức` is a body here: `các cơ quan, tổ chức, đơn vị`."""
    kin = clause.labeled(at, "kin")
    if kin is None or not (clause.word(at - 1) == "," or clause.word(at - 1) in ANDS):
        return False
    after = kin.end
    goes_on = clause.word(after) == "," or clause.word(after) in ANDS
    return goes_on or clause.verb(after) is not None or clause.labeled(after, "kin") is not None


def _names_a_field(clause: Clause, at: int) -> bool:
    """Whether a verb is a committee's field: `Ban Chỉ đạo chuyển đổi số tỉnh`."""
    verb = clause.verb(at, "act", "manner", "lead", "support", "ask", "order", "stop")
    return verb is not None and any(clause.labeled(i, "kin") for i in range(verb.end, verb.end + 5))


def _goes_on(clause: Clause, at: int) -> bool:
    return clause.capital(at) or clause.labeled(at, "kin") is not None


def _continues(clause: Clause, at: int) -> bool:
    """Whether a name goes on after a comma or an `và`."""
    after = at + 1
    if clause.word(at) in ANDS and _is_acronym(clause, at - 1) and _is_acronym(clause, after):
        return True  # Phòng Cảnh sát PCCC và CNCH
    if _counts(clause.word(after)):
        return _counts(clause.word(at - 1))
    if clause.head(after) is not None or after in clause.documents:
        return False
    if clause.word(at) == "và" and clause.people(after) and not clause.labeled(at - 1, "kin"):
        return False
    if clause.labeled(after, "kin") is not None:
        return not stops(clause, after) or _is_noun(clause, after)
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


def _counts(word: str) -> bool:
    """Whether a word is a number, Roman ones too: `Chi cục Kiểm lâm vùng I, II, IV`."""
    return word.isdigit() or (bool(word) and not set(word) - set("IVX"))


def _is_acronym(clause: Clause, at: int) -> bool:
    word = clause.word(at)
    return len(word) > 2 and word.isupper() and word.isalpha() and at not in clause.agencies


def _is_short(clause: Clause, at: int) -> bool:
    """Whether a few plain words end the list here: `các huyện, thành phố:` however misread."""
    end = at
    while clause.word(end).islower() and clause.verb(end) is None and end - at < _FEW + 1:
        end += 1
    if not at < end <= at + _FEW:
        return False
    acts = clause.verb(end, "act", "manner", "duty", "lead", "support") is not None
    return acts or clause.word(end) in BREAKS or not clause.word(end)


def all_names(clause: Clause) -> Iterator[tuple[int, list[Name], int]]:
    """Yield every list of names: where it begins, the names, where it ends."""
    at = 0
    while at < len(clause.words):
        found, end = names_at(clause, at)
        if found:
            yield at, found, end
        at = max(end, at + 1)
