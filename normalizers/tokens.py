"""The tokens of a line: words that may be repaired, and what is protected from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import regex

WORD, NUMBER, CODE, ADDRESS, KEPT, MARK = "word", "number", "code", "address", "kept", "mark"
SYNTAX = "syntax"  # </td>, i_max, f(x); what no clerk writes and programs do
FIGURE = "figure"  # B6, 1a, 6: a figure or a code, or what a wrong model made of Bộ, là, ở

_ADDRESS = regex.compile(
    r"""
      .*\w@[\w.-]+\.\w.*                                       # vanphong@tuky.gov.vn
    | (?: https?: | www\. ) .*                        # http://, www.
    | .*\w \. (?: vn | com | org | net | gov | edu ) \b .*   # dichvucong.gov.vn
    | [a-z] [\w.~-]* (?: / [\w.~+-]+ )* / [\w~+-]+ (?: \. [a-z]\w{0,5} )+   # m4/nls.m4
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_SYNTAX = regex.compile(
    r"""
      .*(?: </ | <[a-z]+[^@]*$ | =["'] | \]\( | \[! | \(\) | [{}];$ | [^\W\d_]_+[^\W\d_] ).*
    | .*(?: \w(?: == | != | -> | && | :: | << )\w | \\["'nt] | /\* | \*/ ).*
    | .*(?: \w\(.* | [^\w)”%] )\);        # f(x); but no (báo cáo);
    | '[^\s']+'[,:;\])}]* | ', | 0x[\da-f]+                 # a word in single quotes
    | __+\w.* | \w+__+[),;]* | \#[a-z]+ | //+ | \W*(?: << | == | != | -> | && | :: )\W*
    """,
    regex.VERBOSE,
)
_CORE = regex.compile(
    r"^[(\[{<\"'“”‘’«»*.,;:!?…~|•+–—=_-]*+(?<core>.*?)[)\]}>\"“”«»*.,;:!?…~|•+–—=_/-]*$"
)
_NUMBER = regex.compile(r"[\d.,:%/+×x–-]*\d[\d.,:%/+×–-]*|\d+[.,:]?[\d.,]*%?")
_CODE = regex.compile(
    r"""
      \d[\d.]* [A-Za-zĐđ]? (?: /\S* )                # 1532/UBND-VP, 3176b/QĐ-SYT, 13/13
    | /? [^\s/&-]*\p{Lu}[^\s/&-]* (?: [/&-] [^\s/&-]*\p{Lu}{2}[^\s/&-]* )+   # QĐ-UBND, /SYT-NVY
    | \d+ - [A-ZĐ]{2,} r? (?: /\S* )?               # 24-CT/TU
    | \d+ [a-zđA-ZĐ] | [A-ZĐ]{1,3} \d+ [a-z]?      # 3b, K46
    | \d+ [h'g] \d*                                 # 8h30
    | \d+ [.,]? \d* (?: km | m | ha | kg | cm | mm | tr | đ ) [23²³]?
    """,
    regex.VERBOSE,
)
_HALF_FIGURE = regex.compile(
    r"""
      [A-Za-zĐđ]{1,2}[0146&] | [xX][38] | [16][a-zé]{1,2}  # B6, x4, x8; 1a, 1é
    | 1[&¢] | [01468] | [1358]6 | 14 | 10 | 06 | @ | & | ¢  # ở; số, lệ, là
    """,
    regex.VERBOSE,
)
_HALF_WORD = regex.compile(r"\p{L}{0,3}1?[01468&@]\p{Ll}{1,4}['’]?")  # H6i, 16i, x&y
_UNIT = regex.compile(r"\d+(?:km|m|ha|h|g|kg|cm|mm|tr|đ)[23²³]?")
_LABEL = regex.compile(r"[A-Za-zđĐ]")  # d) and a. open list items
_AFTER_LABEL = (")", ".", "]")
_INITIALS = regex.compile(
    r"(?:\p{Lu}\.){1,5}\p{Lu}?|[b-df-hj-np-tv-xzđB-DF-HJ-NP-TV-XZĐ]"
)  # D.C, K
_PARTED = regex.compile(r"[^/&–—-]+")


class Token(NamedTuple):
    """A piece of a line: its offset in it, what it says, of what kind it is."""

    start: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """Cuts lines into tokens; what was met once is remembered."""

    kept: frozenset[str]
    measures: frozenset[str]  # kept after a number and in brackets: `ha` may be `hạ` elsewhere
    known: dict[str, tuple[Token, ...]]

    def tokens(self, line: str) -> list[Token]:
        """Return the tokens of a line in order."""
        found = [
            Token(match.start() + token.start, token.text, token.kind)
            for match in _CHUNK.finditer(line)
            for token in self.parsed(match[0])
        ]
        for at, token in enumerate(found):
            if token.text in self.measures and _measured(line, found, at):
                found[at] = token._replace(kind=KEPT)
        return found

    def parsed(self, chunk: str) -> tuple[Token, ...]:
        """Return the tokens of what stands between two spaces."""
        tokens = self.known.get(chunk)
        if tokens is None:
            tokens = tuple(_parsed(chunk, self.kept))
            if len(self.known) < 200_000:
                self.known[chunk] = tokens
        return tokens


_CHUNK = regex.compile(r"\S+")


def _measured(line: str, tokens: list[Token], at: int) -> bool:
    """Whether a token is a measure by what stands before it: `12 ha`, `(ha)`."""
    bracketed = line[: tokens[at].start].endswith("(")
    return bracketed or (at > 0 and tokens[at - 1].kind == NUMBER)


def _parsed(chunk: str, kept: frozenset[str]) -> list[Token]:
    if len(chunk) > 60:
        return [Token(0, chunk, ADDRESS)]
    if _SYNTAX.fullmatch(chunk):
        return [Token(0, chunk, SYNTAX)]
    if _ADDRESS.fullmatch(chunk):
        return [Token(0, chunk, ADDRESS)]
    match = _CORE.match(chunk)
    core, start = (match["core"], match.start("core")) if match else (chunk, 0)
    if not core:
        return [Token(0, chunk, MARK)]
    if core in kept or chunk in kept:
        return [Token(start, core, KEPT)]
    if _LABEL.fullmatch(core) and chunk[start + len(core) :][:1] in _AFTER_LABEL:
        return [Token(start, core, KEPT)]
    if _INITIALS.fullmatch(core):
        return [Token(start, core, KEPT)]
    if _UNIT.fullmatch(core):
        return [Token(start, core, CODE)]
    if _HALF_FIGURE.fullmatch(core):
        return [Token(start, core, FIGURE)]
    if _HALF_WORD.fullmatch(core) and not _UNIT.fullmatch(core):
        return [Token(start, core, WORD)]
    if _HALF_WORD.fullmatch(core):
        return [Token(start, core, WORD)]
    if _NUMBER.fullmatch(core):
        return [Token(start, core, NUMBER)]
    if _CODE.fullmatch(core):
        return [Token(start, core, CODE)]
    if not any(map(str.isalnum, core)):
        return [Token(0, chunk, MARK)]
    return [
        Token(start + part.start(), part[0], KEPT if part[0] in kept else WORD)
        for part in _PARTED.finditer(core)
    ] or [Token(0, chunk, MARK)]
