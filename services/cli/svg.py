"""Pictures as SVG that reads without colour and is described in words."""

from collections.abc import Iterable, Sequence
from html import escape

FONT = "font-family='Arial, sans-serif' font-size='13'"
INK, OLD, NEW = "#333e48", "#8a95a0", "#0065bd"


def picture(width: int, height: int, title: str, about: str, parts: Iterable[str]) -> str:
    """A whole file. `about` says in words what is to be seen."""
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
    """Words at a place."""
    weight = " font-weight='bold'" if bold else ""
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}'{weight}>{escape(words)}</text>"


def bar(x: float, y: float, width: float, height: float, colour: str, *, hollow: bool = False) -> str:
    """A bar; hollow ones are told from full ones without colour."""
    fill = f"fill='white' stroke='{colour}' stroke-width='1.5'" if hollow else f"fill='{colour}'"
    return f"<rect x='{x:.1f}' y='{y:.1f}' width='{max(width, 1.5):.1f}' height='{height:.1f}' {fill}/>"


def steps(points: Sequence[tuple[float, float]], colour: str) -> str:
    """A step line through points, level from each to the next."""
    path = f"M {points[0][0]:.1f} {points[0][1]:.1f}" + "".join(f" H {x:.1f} V {y:.1f}" for x, y in points[1:])
    return f"<path d='{path}' fill='none' stroke='{colour}' stroke-width='2'/>"
