"""A small notation for flat pictures, and its translation to SVG.

One line of a picture is one shape on a 96 × 96 canvas, painted in order: a shade, a blank, and
the outline. The shade is one letter; `*2` after it draws a line of that width instead of filling,
and `~` adds the mirror image about the vertical middle. The outline is SVG path data or one of
`rect x y width height radius`, `circle x y radius`, `ellipse x y rx ry`. The line
`ground x rx y` lays a soft shadow under what stands; a line that begins with `. ` goes on with
the outline of the line before.

Shades: `l` `m` `d` are light, main and dark of the product's own colour; `i` ink, `w` white,
`c` cream, `s` `S` steel, `o` `O` wood, `f` `F` warm light and flame, `r` a red and `g` a green of all
pictures; `h` brightens and `k` darkens what lies below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

CANVAS = 96
CORNER = 18


@dataclass(frozen=True, slots=True)
class Palette:
    """Background, light, main and dark of one colour family, as #rrggbb."""

    background: str
    light: str
    main: str
    dark: str


PALETTES: Mapping[str, Palette] = {
    "black": Palette("#e9ecee", "#727c84", "#414a52", "#2a3138"),
    "white": Palette("#dfe6ea", "#ffffff", "#f6f7f7", "#c9d1d6"),
    "grey": Palette("#ebeef0", "#bcc5ca", "#8f9aa1", "#69747b"),
    "navy": Palette("#e4e9f1", "#6c83aa", "#374f7a", "#25375a"),
    "blue": Palette("#e2edf6", "#93c0e2", "#4b8cc3", "#316998"),
    "red": Palette("#f8e8e4", "#e89a8d", "#cb5547", "#9b3a30"),
    "green": Palette("#e4f0e8", "#95c7a4", "#4f9568", "#36704c"),
    "orange": Palette("#fbeddf", "#f6c08f", "#e58b40", "#b7672c"),
    "yellow": Palette("#fbf3d9", "#f9e093", "#ecbe45", "#bd922f"),
    "khaki": Palette("#f2eee2", "#dacba4", "#b8a271", "#8d7a50"),
    "brown": Palette("#f1e8e1", "#bd9677", "#8d6345", "#664630"),
    "pink": Palette("#fbe9ee", "#f6bfd0", "#e38ba6", "#b96381"),
    "purple": Palette("#ece7f4", "#bda9da", "#8b6fb7", "#674d90"),
    "silver": Palette("#e9eef0", "#dde4e8", "#b1bcc3", "#84919a"),
    "beige": Palette("#f5efe4", "#f3e8d3", "#dcc9a5", "#b39c74"),
    "olive": Palette("#ecefe0", "#b0b788", "#767f4d", "#555d36"),
    "teal": Palette("#def0ee", "#8bccc7", "#429c97", "#2c7470"),
}

_FIXED = {
    "i": "#30383f", "w": "#ffffff", "c": "#f7f0e2", "s": "#b7c1c7", "S": "#7f8b93",
    "o": "#cba071", "O": "#97714a", "f": "#f6c453", "F": "#e57f35", "r": "#cb5547", "g": "#5b9c6f",
}  # fmt: skip
_CONTINUED = re.compile(r"\n\s*\. ")
_VEILS = {"h": ("#ffffff", "0.38"), "k": ("#1d2730", "0.16")}


def _paint(shade: str, palette: Palette, width: str) -> str:
    color, opacity = _VEILS.get(shade, ("", ""))
    if not color:
        color = {"l": palette.light, "m": palette.main, "d": palette.dark}.get(shade) or _FIXED[shade]
    if width:
        veil = f' stroke-opacity="{opacity}"' if opacity else ""
        return (
            f'fill="none" stroke="{color}"{veil} stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"'
        )
    return f'fill="{color}"' + (f' fill-opacity="{opacity}"' if opacity else "")


def _outline(text: str) -> str:
    name, *numbers = text.split()
    if name == "rect":
        x, y, width, height, radius = numbers
        return f'rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"'
    if name == "circle":
        x, y, radius = numbers
        return f'circle cx="{x}" cy="{y}" r="{radius}"'
    if name == "ellipse":
        x, y, rx, ry = numbers
        return f'ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}"'
    return f'path d="{text}"'


def _element(line: str, palette: Palette) -> str:
    head, _, outline = line.partition(" ")
    if head == "ground":
        x, rx, y = outline.split()
        return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="3.2" fill="#1d2730" fill-opacity="0.1"/>'
    mirrored = head.endswith("~")
    shade, _, width = head.removesuffix("~").partition("*")
    element = f"<{_outline(outline)} {_paint(shade, palette, width)}/>"
    if not mirrored:
        return element
    return f'{element}<g transform="translate({CANVAS} 0) scale(-1 1)">{element}</g>'


def svg(picture: str, palette: Palette) -> str:
    """The SVG document of a picture in a palette. Raises KeyError on an unknown shade."""
    joined = _CONTINUED.sub(" ", picture.strip())
    elements = [_element(line.strip(), palette) for line in joined.splitlines()]
    size = f'width="{CANVAS}" height="{CANVAS}" viewBox="0 0 {CANVAS} {CANVAS}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
            f'<rect width="{CANVAS}" height="{CANVAS}" rx="{CORNER}" fill="{palette.background}"/>',
            *elements,
            "</svg>",
            "",
        ]
    )
