"""Pages of a list: a token that says where to go on, and that belongs to one filter."""

import base64
import hashlib
import json

from services.refusals import invalid

DEFAULT_SIZE = 100
LARGEST_SIZE = 500


def page_size(asked: int) -> int:
    """The size to use for the size asked; 0 means the default.

    Raises:
        Refusal: INVALID outside 0 to 500.
    """
    if not 0 <= asked <= LARGEST_SIZE:
        raise invalid("PAGE_SIZE_OUT_OF_RANGE", f"page_size goes from 1 to {LARGEST_SIZE}.", "page_size")
    return asked or DEFAULT_SIZE


def _mark(filters: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(filters).encode()).hexdigest()[:16]


def page_token(last: list[str | int], *filters: object) -> str:
    """A token to go on after the row whose order keys are `last`."""
    return base64.urlsafe_b64encode(json.dumps([_mark(filters), *last]).encode()).decode()


def read_page_token(token: str, *filters: object) -> list[str | int] | None:
    """The order keys to go on after; None at the beginning.

    Raises:
        Refusal: INVALID when the token is not ours, or came with other filters.
    """
    if not token:
        return None
    try:
        mark, *last = json.loads(base64.urlsafe_b64decode(token.encode("ascii")))
    except (ValueError, TypeError, RecursionError):
        mark, last = "", []
    if mark != _mark(filters) or not all(isinstance(key, str | int) for key in last):
        raise invalid(
            "PAGE_TOKEN_NOT_VALID",
            "This page_token is not valid for these filters. Start at the first page.",
            "page_token",
        )
    return list(last)
