"""A gap of a letterhead as it would be cut from a scan: its picture, its text, what wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field

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

EM, TALL, BASE = 44, 80, 55  # the size of the print, the crop's height, the baseline's row
KINDS = ("hand", "print", "blank")
LEFT = {
    "sequence": ("Số:", "Số:", "Số", "Số :", "số:", "SỐ:"),
    "day": ("ngày", "Ngày", "ngày"),
    "month": ("tháng",),
    "year": ("năm",),
}
RIGHT = {
    "sequence": ("/UBND", "/CT-", "/QĐ-", "/BC-", "/SYT", "/KH-", "/VP", "/TB", "/STC", "/2024/"),
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


def make_sample(sources: Sources, rng: np.random.Generator) -> Sample:
    """Make one gap."""
    kind = KINDS[rng.choice(3, p=(0.72, 0.2, 0.08))]
    name = ("sequence", "day", "month", "year")[rng.choice(4, p=(0.58, 0.28, 0.07, 0.07))]
    text = "" if kind == "blank" else some_text(name, rng)
    font = print_font(sources, name, rng)
    size = round(EM * rng.uniform(0.88, 1.12))
    canvas, base = Canvas(), BASE + rng.normal(0, 1.6)
    start, x = left_print(canvas, font, size, base, name, rng)
    end = write(canvas, sources, text, kind, (x, base, size, font), rng)
    stop = right_print(canvas, font, size, base, name, kind, end, rng)
    if rng.random() < (0.12 if kind == "hand" else 0.35 if kind == "blank" else 0):
        leaders(canvas, x, end, base, rng)
    strangers(canvas, sources, rng)
    start, stop = cut(start, stop, x, end, rng)
    gray = age(canvas.ink[:, start:stop], rng)
    return Sample(gray, text, KINDS.index(kind))


def some_text(name: str, rng: np.random.Generator) -> str:
    """Return a text as it may stand in the gap.

    Digits are alike likely, so that no number is learnt, but equal neighbors and ones are met more
    often than chance would have it: slanting ones side by side are the hardest to count.
    """
    digits = "".join(str(d) for d in rng.integers(0, 10, 5))
    if rng.random() < 0.25:
        once = "1" if rng.random() < 0.6 else digits[0]
        digits = "".join(once if rng.random() < 0.6 else digit for digit in digits)
    if name == "sequence":
        text = digits[: rng.choice((1, 2, 3, 4, 5), p=(0.08, 0.3, 0.24, 0.33, 0.05))]
        return text + "abcd"[rng.integers(4)] if rng.random() < 0.05 else text
    if name == "year":
        return f"20{digits[:2]}"
    top = 32 if name == "day" else 13
    number = 11 if rng.random() < 0.12 else int(rng.integers(1, top))
    return f"{number:02d}" if rng.random() < 0.6 else str(number)


def print_font(sources: Sources, name: str, rng: np.random.Generator):
    """Return a font of print: upright for the number, mostly italic for the date."""
    upright = name == "sequence" or rng.random() < 0.15
    serif = rng.random() < 0.88
    fitting = [
        path
        for path in sources.prints
        if ("Italic" in path.stem) != upright and ("Tinos" in path.stem) == serif
    ]
    weights = [4.0 if "Bold" not in path.stem else 1.0 for path in fitting]
    return fitting[rng.choice(len(fitting), p=np.array(weights) / sum(weights))]


def left_print(canvas, font, size, base, name, rng):
    """Put down the end of the anchor to the left; return where the crop and the gap begin."""
    word = LEFT[name][rng.integers(len(LEFT[name]))]
    mask, above = typeset(font, word, size)
    x = 300.0 - mask.shape[1]
    canvas.put(mask, x, base - above, rng.uniform(0.8, 1))
    return int(300 - rng.uniform(0.0, 1.3) * EM), 300.0


def right_print(canvas, font, size, base, name, kind, end, rng):
    """Put down the beginning of the anchor to the right; return where the crop ends."""
    word = RIGHT[name][rng.integers(len(RIGHT[name]))]
    if not word:
        return int(end + rng.uniform(0, 0.8) * EM)
    tight = kind == "print" and name == "sequence" and rng.random() < 0.7
    x = end + (1 if tight else EM * max(-0.15, rng.gamma(1.2, 0.28) - 0.1))
    mask, above = typeset(font, word, size)
    canvas.put(mask, x, base - above, rng.uniform(0.8, 1))
    return int(x + rng.uniform(0.1, 1.4) * EM)


def write(canvas, sources, text, kind, place, rng):
    """Write or print the text into the gap; return where it ends."""
    x, base, size, font = place
    if kind == "blank":
        return x + EM * rng.uniform(0.2, 2.8)
    if kind == "print":
        mask, above = typeset(font, text, round(size * rng.uniform(0.96, 1.04)))
        x += EM * rng.choice((0.02, 0.25, 0.3, 0.5))
        canvas.put(mask, x, base - above, rng.uniform(0.75, 1))
        return x + mask.shape[1]
    x += EM * max(-0.12, rng.gamma(1.2, 0.28) - 0.12)
    fixed = int(rng.integers(2, 4)) if len(text) == 4 and text[:2] == "20" else 0
    if fixed and rng.random() < 0.25:
        mask, above = typeset(font, text[:fixed], size)
        canvas.put(mask, x, base - above)
        x, text = x + mask.shape[1] + 2, text[fixed:]
    return scribble(canvas, sources, text, x, base, rng)


def scribble(canvas, sources, text, x, base, rng):
    """Write characters by hand, one after the other, in one writer's manner."""
    pen = some_pen(rng)
    source = rng.choice(3, p=(0.55, 0.15, 0.3))
    font = sources.fonts[rng.integers(len(sources.fonts))]
    climb, y = rng.normal(0, 0.05), base + EM * rng.normal(-0.02, 0.13)
    apart = rng.normal(0.08, 0.1) * pen.height
    dark = rng.uniform(0.55, 1.0)
    for char in text:
        if source == 0 or (source == 1 and not char.isdigit()):
            mask = from_strokes(sources, char, pen, rng)
        elif source == 1:
            mask = from_digits(sources, char, pen, rng)
        else:
            mask = from_font(font, char, pen, rng)
        canvas.put(mask, x, y - mask.shape[0] + rng.normal(0, 0.05) * pen.height, dark)
        step = mask.shape[1] + max(apart + rng.normal(0, 0.04) * pen.height, -0.2 * pen.height)
        x, y = x + step, y - climb * step
    return x - max(apart, 0)


def some_pen(rng: np.random.Generator) -> Pen:
    """Return the manner of one writer."""
    return Pen(
        height=EM * rng.uniform(0.5, 1.15),
        width=rng.triangular(1.8, 3.5, 9.0),
        slant=rng.normal(0.18, 0.22),
        wobble=rng.uniform(0.3, 1.6),
    )


def leaders(canvas: Canvas, x: float, end: float, base: float, rng: np.random.Generator) -> None:
    """Draw the dots on which the number is to be written."""
    step, size = rng.uniform(7, 14), int(rng.integers(2, 5))
    if rng.random() < 0.15:
        canvas.put(np.ones((2, max(1, int(end - x))), np.float32), x, base, 0.9)
        return
    for at in np.arange(x, end, step):
        canvas.put(np.ones((size, size), np.float32), at, base - size, 0.9)


def strangers(canvas: Canvas, sources: Sources, rng: np.random.Generator) -> None:
    """Let what stands above and below look into the crop: lines, rules, specks."""
    upright = next(path for path in sources.prints if path.stem.startswith("Tinos-R"))
    words = BODY.split()
    if rng.random() < 0.18:
        above = rng.random() < 0.5
        for x in range(120, 600, 110):
            mask, up = typeset(upright, words[rng.integers(len(words))], EM)
            low = rng.uniform(-4, 8) if above else TALL + 30 - rng.uniform(0, 10)
            canvas.put(mask, x + rng.uniform(0, 30), low - up, 0.9)
    if rng.random() < 0.08:
        canvas.put(np.ones((2, int(rng.integers(40, 200))), np.float32), 260, rng.uniform(0, 12))
    for _ in range(rng.poisson(0.6)):
        size = int(rng.integers(1, 5))
        canvas.put(np.ones((size, size), np.float32), *rng.uniform((160, 0), (600, TALL)))


def cut(start: int, stop: int, x: float, end: float, rng: np.random.Generator) -> tuple[int, int]:
    """Return where the crop is cut; now and then inside the writing or far outside."""
    if rng.random() < 0.06:
        start = int(x + rng.uniform(0, 0.12) * EM)
    if rng.random() < 0.06:
        stop = int(end - rng.uniform(0, 0.12) * EM)
    return max(start, 0), min(max(stop, start + EM), start + 8 * EM, 640)


def shown(image: Mask) -> Mask:
    """Return a sample as a picture for people."""
    return cv2.resize(255 - image * 255, None, fx=3, fy=3, interpolation=cv2.INTER_NEAREST)
