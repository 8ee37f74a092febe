"""The one place that writes to a terminal. Whatever is stored or sent, it can move no cursor and hide no word (A6)."""

import json
import sys
from typing import Any

from services.plain_text import in_json, shown


def put(text: str = "") -> None:
    """Write an answer to standard output."""
    print(shown(text), flush=True)


def put_json(value: Any, indent: int | None = None) -> None:
    """Write plain values as JSON. Characters that cannot be seen stand there as escapes."""
    print(in_json(json.dumps(value, indent=indent, ensure_ascii=False)), flush=True)


def tell(text: str) -> None:
    """Write a message to standard error, beside the answer."""
    print(shown(text), file=sys.stderr, flush=True)
