#!/usr/bin/env python3
"""Turns what a terminal shows into an SVG picture. How quickstart.svg was made, from a real run:

    tmux new-session -d -s run -x 106 -y 70 './nabla quickstart; sleep 600'
    # … when it is done:
    tmux capture-pane -e -J -p -S - -t run | docs/pictures/terminal_svg.py > docs/pictures/quickstart.svg

explain.svg in the same way, from nabla explain 'softmax(QKᵀ/√d_k)V' with the numbers that it shows and --grad Q.
"""
import re
import sys
from xml.sax.saxutils import escape

BASE = ["#2e3440", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d8dee9"]
BRIGHT = ["#6b7280", "#ff7b86", "#b5e890", "#ffd787", "#82c4ff", "#e29bf5", "#7fdbe6", "#ffffff"]
BACKGROUND, TEXT = "#1b1e26", "#d8dee9"
CELL_WIDTH, CELL_HEIGHT, MARGIN = 8.4, 18, 16


def palette(index):
    if index < 8:
        return BASE[index]
    if index < 16:
        return BRIGHT[index - 8]
    if index < 232:
        index -= 16
        return "#%02x%02x%02x" % tuple(0 if v == 0 else 55 + 40 * v for v in (index // 36, index // 6 % 6, index % 6))
    return "#%02x%02x%02x" % ((8 + 10 * (index - 232),) * 3)


def apply(style, codes):
    codes = [int(code or 0) for code in codes.split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            style.clear()
        elif code == 1:
            style["bold"] = True
        elif code == 2:
            style["dim"] = True
        elif code == 22:
            style.pop("bold", None), style.pop("dim", None)
        elif 30 <= code <= 37:
            style["color"] = BASE[code - 30]
        elif 90 <= code <= 97:
            style["color"] = BRIGHT[code - 90]
        elif code == 38 and codes[:1] == [5]:
            style["color"] = palette(codes[1])
            codes = codes[2:]
        elif code == 38 and codes[:1] == [2]:
            style["color"] = "#%02x%02x%02x" % tuple(codes[1:4])
            codes = codes[4:]
        elif code == 39:
            style.pop("color", None)


def spans(line, style):
    column = 0
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if part.startswith("\x1b["):
            apply(style, part[2:-1])
        elif part:
            yield column, part, dict(style)
            column += len(part)


lines = [line.rstrip() for line in sys.stdin.read().rstrip("\n").split("\n")]
columns = max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines)
width, height = columns * CELL_WIDTH + 2 * MARGIN, len(lines) * CELL_HEIGHT + 2 * MARGIN
print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" font-size="14" '
      'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace">')
print(f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>')
style = {}
for row, line in enumerate(lines):
    y = MARGIN + (row + 0.75) * CELL_HEIGHT
    for column, text, look in spans(line, style):
        if not text.strip():
            continue
        attributes = f'x="{MARGIN + column * CELL_WIDTH:.1f}" y="{y:.1f}" fill="{look.get("color", TEXT)}"'
        attributes += ' font-weight="bold"' if look.get("bold") else ""
        attributes += ' opacity="0.6"' if look.get("dim") else ""
        # The length keeps block characters on their columns whatever font is there.
        print(f'<text {attributes} xml:space="preserve" textLength="{len(text) * CELL_WIDTH:.1f}" '
              f'lengthAdjust="spacingAndGlyphs">{escape(text)}</text>')
print("</svg>")
