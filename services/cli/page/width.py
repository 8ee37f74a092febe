"""How wide answers and help may be."""

import os
import sys

from services.client.lines import UNLIMITED

NARROWEST, WIDEST = 40, 120
"""Ours, in characters. Narrower columns hold no whole word, and the eye loses its place in longer lines."""


def output_width() -> int:
    """Return the width for text on standard output: COLUMNS if it is set, else the terminal's, else unlimited."""
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given):
        return _readable(int(given))
    try:
        return _readable(os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError):  # a file, a pipe, or a stream without a descriptor
        return UNLIMITED


def _readable(columns: int) -> int:
    return min(max(columns, NARROWEST), WIDEST) if columns else UNLIMITED
