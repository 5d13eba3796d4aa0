"""A whole dispatch on its pages."""

from __future__ import annotations

import zlib

import numpy as np

from tools.render import foot, letterhead, tables
from tools.render.flow import Flow, Style, line_width, put, set_line
from tools.render.sheet import Rule, Sheet
from tools.render.source import Dispatch
from tools.render.words import broken, words


def lay_out(dispatch: Dispatch) -> list[Sheet]:
    """Return the pages of the dispatch, of what is bound into it, and its blank backs."""
    sheets = document(dispatch)
    for other in dispatch.bound:
        sheets += document(other)
    last = sheets[-1]
    sheets += [Sheet(last.width, last.height, document=dispatch.slug)] * dispatch.blank
    return sheets


def style_of(slug: str) -> Style:
    """Return the habits of one office: sizes, spacing and margins that differ a little."""
    dice = np.random.default_rng(zlib.crc32(slug.encode()))
    return Style(
        size=float(dice.choice([13.5, 14, 14])),
        leading=float(dice.choice([1.16, 1.2, 1.26])),
        gap=float(dice.choice([3, 5, 6])),
        indent=float(dice.choice([28, 32, 36])),
        left=float(dice.uniform(80, 92)),
        right=float(dice.uniform(42, 54)),
        top=float(dice.uniform(54, 62)),
        bottom=float(dice.uniform(52, 62)),
        head=float(dice.choice([12.5, 13])),
    )


def document(dispatch: Dispatch) -> list[Sheet]:
    """Return the pages of one document with its annexes."""
    flow = Flow(style_of(dispatch.slug), dispatch.slug)
    flow.page()
    letterhead.draw(flow, dispatch.letterhead, dispatch.hand)
    addressees(flow, dispatch.to)
    text(flow, dispatch, dispatch.body)
    foot.draw(flow, dispatch.foot)
    for annex in dispatch.annexes:
        flow.page(landscape=annex.landscape)
        text(flow, dispatch, annex.text.strip())
    return flow.sheets


def addressees(flow: Flow, to: tuple[str, ...]) -> None:
    """Print Kính gửi: one on the same line, several as a list below it."""
    if not to:
        return
    size = flow.style.size
    flow.y += 10
    if len(to) == 1:
        lines = broken(words(f"Kính gửi: {to[0]}"), size, flow.room * 0.8)
        for line in lines:
            flow.y += size * flow.style.leading
            set_line(flow.sheet, line, flow.left + flow.room / 2, flow.y, size)
        flow.y += 8
        return
    flow.y += size * flow.style.leading
    put(flow.sheet, words("Kính gửi:"), flow.left + flow.room * 0.22, flow.y, size)
    for place, name in enumerate(to):
        mark = "." if place == len(to) - 1 else ";"
        for line in broken(words(f"- {name}{mark}"), size, flow.room * 0.62):
            flow.y += size * flow.style.leading
            put(flow.sheet, line, flow.left + flow.room * 0.34, flow.y, size)
    flow.y += 8


def text(flow: Flow, dispatch: Dispatch, markup: str) -> None:
    """Print the paragraphs of a body or an annex."""
    for line in filter(None, map(str.strip, markup.split("\n"))):
        if line.startswith("[table "):
            tables.draw(flow, dispatch.tables[line[7:-1]])
        elif line == "[rule]":
            rule(flow)
        elif line == "[page]":
            flow.page()
        elif line.startswith("# "):
            flow.y += 6
            flow.centered(line[2:], flow.style.size, bold=True)
        elif line.startswith("## "):
            flow.centered(line[3:], flow.style.size, bold=True, share=0.86)
        elif line.startswith("= "):
            flow.centered(line[2:], flow.style.size)
        else:
            flow.paragraph(line)


def rule(flow: Flow) -> None:
    """Draw the short rule under the subject."""
    wide = line_width(words("thực hiện nhiệm vụ", bold=True), flow.style.size)
    middle = flow.left + flow.room / 2
    flow.sheet.rules.append(Rule(middle - wide / 2, flow.y + 7, middle + wide / 2, flow.y + 7))
    flow.y += 12
