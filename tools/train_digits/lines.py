"""A gap of a letterhead as it would be cut from a scan: its picture, its text, what wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from tools.train_digits.glyphs import (
    Mask,
    Pen,
    Sources,
    from_digits,
    from_font,
    from_strokes,
    typeset,
)
from tools.train_digits.paper import age

Dice = np.random.Generator
EM, TALL, BASE = 44, 80, 55  # the size of the print, the crop's height, the baseline's row
KINDS = ("hand", "print", "blank")
LEFT = {
    "sequence": ("Số:", "Số:", "Số", "Số :", "số:", "SỐ:"),
    "day": ("ngày", "Ngày", "ngày"),
    "month": ("tháng",),
    "year": ("năm",),
}
RIGHT = {
    "sequence": (
        "/UBND",
        "/CT-",
        "/QĐ-",
        "/BC-",
        "/SYT",
        "/KH-",
        "/VP",
        "/TB",
        "/STC",
        "/2024/",
        "UBND",
        "BC-",
        "SYT",
    ),  # whose slash the scan lost
    "day": ("tháng", "tháng"),
    "month": ("năm",),
    "year": ("", "", "."),
}
BODY = "của Ủy ban nhân dân tỉnh về việc thực hiện công tác năm Độc lập Tự do UBND SỞ Y TẾ"


@dataclass(frozen=True)
class Sample:
    """A training picture: 40 rows, ink from 0 to 1."""

    image: Mask
    text: str
    kind: int


@dataclass
class Canvas:
    """A strip of paper on which things are put down."""

    ink: Mask = field(default_factory=lambda: np.zeros((TALL, 640), np.float32))

    def put(self, mask: Mask, x: float, y: float, dark: float = 1.0) -> None:
        """Put a picture down with its top left corner at (x, y); what falls outside is cut."""
        left, top = round(x), round(y)
        x0, y0 = max(left, 0), max(top, 0)
        x1 = min(left + mask.shape[1], self.ink.shape[1])
        y1 = min(top + mask.shape[0], self.ink.shape[0])
        if x1 > x0 and y1 > y0:
            part = mask[y0 - top : y1 - top, x0 - left : x1 - left] * dark
            self.ink[y0:y1, x0:x1] = np.maximum(self.ink[y0:y1, x0:x1], part)


@dataclass
class Draft:
    """A gap while it is drawn: what is to stand in it, and the print around it."""

    sources: Sources
    dice: Dice
    name: str
    kind: str
    text: str
    font: Path
    size: int
    base: float
    canvas: Canvas = field(default_factory=Canvas)


def make_sample(sources: Sources, dice: Dice) -> Sample:
    """Make one gap."""
    kind = KINDS[dice.choice(3, p=(0.72, 0.2, 0.08))]
    name = ("sequence", "day", "month", "year")[dice.choice(4, p=(0.58, 0.28, 0.07, 0.07))]
    text = "" if kind == "blank" else some_text(name, dice)
    font, size = print_font(sources, name, dice), round(EM * dice.uniform(0.88, 1.12))
    draft = Draft(sources, dice, name, kind, text, font, size, BASE + dice.normal(0, 1.6))
    start, x = left_print(draft)
    end = write(draft, x)
    stop = right_print(draft, end)
    if dice.random() < {"hand": 0.12, "blank": 0.35, "print": 0}[kind]:
        leaders(draft, x, end)
    strangers(draft)
    start, stop = cut(start, stop, x, end, dice)
    return Sample(age(draft.canvas.ink[:, start:stop], dice), text, KINDS.index(kind))


def some_text(name: str, dice: Dice) -> str:
    """Return a text as it may stand in the gap.

    Digits are alike likely, so that no number is learnt, but equal neighbors and ones are met more
    often than chance would have it: slanting ones side by side are the hardest to count.
    """
    digits = "".join(str(d) for d in dice.integers(0, 10, 5))
    if dice.random() < 0.3:
        once = "1" if dice.random() < 0.7 else digits[0]
        digits = "".join(once if dice.random() < 0.6 else digit for digit in digits)
    if name == "sequence":
        text = digits[: dice.choice((1, 2, 3, 4, 5), p=(0.08, 0.3, 0.24, 0.33, 0.05))]
        return text + "aabbcd"[dice.integers(6)] if dice.random() < 0.06 else text
    if name == "year":
        return f"20{digits[:2]}"
    top = 32 if name == "day" else 13
    number = 11 if dice.random() < 0.12 else int(dice.integers(1, top))
    return f"{number:02d}" if dice.random() < 0.6 else str(number)


def print_font(sources: Sources, name: str, dice: Dice) -> Path:
    """Return a font of print: upright for the number, mostly italic for the date."""
    upright = name == "sequence" or dice.random() < 0.15
    serif = dice.random() < 0.88
    fitting = [
        path
        for path in sources.prints
        if ("Italic" in path.stem) != upright and ("Tinos" in path.stem) == serif
    ]
    weights = [4.0 if "Bold" not in path.stem else 1.0 for path in fitting]
    return fitting[dice.choice(len(fitting), p=np.array(weights) / sum(weights))]


def left_print(draft: Draft) -> tuple[int, float]:
    """Put down the end of the anchor to the left; return where the crop and the gap begin."""
    word = LEFT[draft.name][draft.dice.integers(len(LEFT[draft.name]))]
    mask, above = typeset(draft.font, word, draft.size)
    x = 300.0 - mask.shape[1]
    draft.canvas.put(mask, x, draft.base - above, worn(draft.dice))
    return int(300 - draft.dice.uniform(0.0, 1.3) * EM), 300.0


def right_print(draft: Draft, end: float) -> int:
    """Put down the beginning of the anchor to the right; return where the crop ends."""
    dice, word = draft.dice, RIGHT[draft.name][draft.dice.integers(len(RIGHT[draft.name]))]
    if not word:
        return int(end + dice.uniform(0, 0.8) * EM)
    tight = draft.kind == "print" and draft.name == "sequence" and dice.random() < 0.7
    crossing = draft.kind == "hand" and dice.random() < 0.15  # a tail runs through the slash
    apart = dice.uniform(-0.35, 0) if crossing else max(-0.15, dice.gamma(1.2, 0.28) - 0.1)
    x = end + (1 if tight else EM * apart)
    mask, above = typeset(draft.font, word, draft.size)
    draft.canvas.put(mask, x, draft.base - above, worn(dice))
    return int(x + dice.uniform(0.1, 1.4) * EM)


def worn(dice: Dice) -> float:
    """Return how dark the print is: thin print fades before the pen does."""
    return dice.uniform(0.8, 1) if dice.random() < 0.8 else dice.uniform(0.35, 0.8)


def write(draft: Draft, x: float) -> float:
    """Write or print the text into the gap; return where it ends."""
    dice, text = draft.dice, draft.text
    if draft.kind == "blank":
        return x + EM * dice.uniform(0.2, 2.8)
    if draft.kind == "print":
        x += EM * dice.choice((0.02, 0.25, 0.3, 0.5))
        return set_digits(draft, text, x, round(draft.size * dice.uniform(0.96, 1.04)))
    x += EM * max(-0.12, dice.gamma(1.2, 0.28) - 0.12)
    if draft.name == "year" and dice.random() < 0.25:  # only the last digits are by hand
        printed = int(dice.integers(2, 4))
        x, text = set_digits(draft, text[:printed], x, draft.size) + 2, text[printed:]
    return scribble(draft, text, x)


def set_digits(draft: Draft, text: str, x: float, size: int) -> float:
    """Print digits; return where they end."""
    mask, above = typeset(draft.font, text, size)
    draft.canvas.put(mask, x, draft.base - above, draft.dice.uniform(0.75, 1))
    return x + mask.shape[1]


def scribble(draft: Draft, text: str, x: float) -> float:
    """Write characters by hand, one after the other, in one writer's manner."""
    dice, pen = draft.dice, some_pen(draft.dice)
    source = ("strokes", "digits", "font")[dice.choice(3, p=(0.45, 0.2, 0.35))]
    font = draft.sources.fonts[dice.integers(len(draft.sources.fonts))]
    climb, y = dice.normal(0, 0.05), draft.base + EM * raised(dice)
    apart, dark = dice.normal(0.08, 0.1) * pen.height, dice.uniform(0.4, 1.0)
    for char in text:
        mask = character(draft.sources, source, font, char, pen, dice)
        top = y - mask.shape[0] + dice.normal(0, 0.05) * pen.height
        draft.canvas.put(mask, x, top, dark)
        gap = apart + dice.normal(0, 0.04) * pen.height
        step = mask.shape[1] + max(gap, -0.2 * pen.height)
        x, y = x + step, y - climb * step
    return x - max(apart, 0)


def raised(dice: Dice) -> float:
    """Return how far below the print's baseline one writes; some write well above it."""
    return dice.normal(-0.02, 0.13) if dice.random() < 0.8 else dice.uniform(-0.45, 0.25)


def character(sources: Sources, source: str, font: Path, char: str, pen: Pen, dice: Dice) -> Mask:
    """Write one character; the digit set has no letters."""
    if source == "font":
        return from_font(font, char, pen, dice)
    if source == "digits" and char.isdigit():
        return from_digits(sources, char, pen, dice)
    return from_strokes(sources, char, pen, dice)


def some_pen(dice: Dice) -> Pen:
    """Return the manner of one writer; small digits take a fine pen."""
    height = EM * dice.triangular(0.5, 0.9, 1.25)
    return Pen(
        height=height,
        width=max(1.6, dice.triangular(1.8, 3.5, 9.0) * min(1, height / EM)),
        slant=dice.normal(0.18, 0.22),
        wobble=dice.uniform(0.3, 1.6),
    )


def leaders(draft: Draft, x: float, end: float) -> None:
    """Draw the dots, or the rule, on which the number is to be written."""
    dice, base = draft.dice, draft.base
    if dice.random() < 0.15:
        draft.canvas.put(np.ones((2, max(1, int(end - x))), np.float32), x, base, 0.9)
        return
    size = int(dice.integers(2, 5))
    for at in np.arange(x, end, dice.uniform(7, 14)):
        draft.canvas.put(np.ones((size, size), np.float32), at, base - size, 0.9)


def strangers(draft: Draft) -> None:
    """Let what stands above and below look into the crop: lines, rules, specks."""
    dice, canvas = draft.dice, draft.canvas
    upright = next(path for path in draft.sources.prints if path.stem.startswith("Tinos-R"))
    words = BODY.split()
    if dice.random() < 0.18:
        above = dice.random() < 0.5
        for x in range(120, 600, 110):
            mask, up = typeset(upright, words[dice.integers(len(words))], EM)
            low = dice.uniform(-4, 8) if above else TALL + 30 - dice.uniform(0, 10)
            canvas.put(mask, x + dice.uniform(0, 30), low - up, 0.9)
    if dice.random() < 0.08:
        canvas.put(np.ones((2, int(dice.integers(40, 200))), np.float32), 260, dice.uniform(0, 12))
    for _ in range(dice.poisson(8 if dice.random() < 0.25 else 0.6)):  # dust, at times much of it
        speck = np.ones(dice.integers(1, 7, 2), np.float32)
        canvas.put(speck, *dice.uniform((240, 0), (560, TALL)), dice.uniform(0.4, 1))


def cut(start: int, stop: int, x: float, end: float, dice: Dice) -> tuple[int, int]:
    """Return where the crop is cut; now and then inside the writing or far outside."""
    if dice.random() < 0.06:
        start = int(x + dice.uniform(0, 0.12) * EM)
    if dice.random() < 0.06:
        stop = int(end - dice.uniform(0, 0.12) * EM)
    return max(start, 0), min(max(stop, start + EM), start + 8 * EM, 640)


def shown(image: Mask) -> Mask:
    """Return a sample as a picture for people."""
    return cv2.resize(255 - image * 255, None, fx=3, fy=3, interpolation=cv2.INTER_NEAREST)
