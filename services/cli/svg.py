"""Pictures as SVG that can be read without colour and carry a description in words."""

from collections.abc import Iterable, Sequence
from html import escape

FONT = "font-family='Arial, sans-serif' font-size='13'"
INK, OLD, NEW = "#333e48", "#8a95a0", "#0065bd"


def picture(width: int, height: int, title: str, about: str, parts: Iterable[str]) -> str:
    """Return a whole SVG file. `about` describes the picture for people who cannot see it."""
    return "\n".join(
        [
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' role='img' "
            f"aria-labelledby='title about' {FONT} fill='{INK}'>",
            f"<title id='title'>{escape(title)}</title>",
            f"<desc id='about'>{escape(about)}</desc>",
            f"<rect width='{width}' height='{height}' fill='white'/>",
            text(16, 24, title, bold=True),
            *parts,
            "</svg>\n",
        ]
    )


def text(x: float, y: float, words: str, *, bold: bool = False, anchor: str = "start") -> str:
    """Return words at a point, in pixels from the top left."""
    weight = " font-weight='bold'" if bold else ""
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}'{weight}>{escape(words)}</text>"


def bar(x: float, y: float, width: float, height: float, colour: str, *, hollow: bool = False) -> str:
    """Return a bar. Hollow and full bars differ without colour."""
    fill = f"fill='white' stroke='{colour}' stroke-width='1.5'" if hollow else f"fill='{colour}'"
    # A span of one day would be narrower than a pixel on a long axis.
    return f"<rect x='{x:.1f}' y='{y:.1f}' width='{max(width, 1.5):.1f}' height='{height:.1f}' {fill}/>"


def steps(points: Sequence[tuple[float, float]], colour: str) -> str:
    """Return a line through points that is level from each point to the next."""
    path = f"M {points[0][0]:.1f} {points[0][1]:.1f}" + "".join(f" H {x:.1f} V {y:.1f}" for x, y in points[1:])
    return f"<path d='{path}' fill='none' stroke='{colour}' stroke-width='2'/>"
