"""Pages of a list. A token says where the next page begins, and is valid for one set of filters."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Sequence, Sized
from typing import TypeVar

from services.refusals import Refusal, invalid

T = TypeVar("T")
Kept = TypeVar("Kept")
Place = TypeVar("Place")
DEFAULT_SIZE = 100
LARGEST_SIZE = 500
"""Bounds the answer, and the time of its snapshot, for which commits wait in SQLite."""

_SEAL_LENGTH = 32
"""Characters of a seal: 192 bits."""

MOST_AT_ONCE = 100
"""Records that one call reads by their names."""


def page_size(asked: int) -> int:
    """Return the page size to use. 0 asks for the default.

    Raises:
        Refusal: INVALID outside 0 to 500.
    """
    if not 0 <= asked <= LARGEST_SIZE:
        raise invalid("PAGE_SIZE_OUT_OF_RANGE", f"page_size goes from 1 to {LARGEST_SIZE}.", "page_size")
    return asked or DEFAULT_SIZE


def asked_at_once(values: Iterable[str], field: str) -> list[str]:
    """Return what a request names in a repeated field, each once and in its order.

    Raises:
        Refusal: INVALID for more than MOST_AT_ONCE. They bound the answer, and the parameters of one statement.
    """
    asked = list(dict.fromkeys(values))
    if len(asked) > MOST_AT_ONCE:
        message = f"{field} has more than {MOST_AT_ONCE} entries. Ask in parts."
        raise invalid("TOO_MANY_AT_ONCE", message, field, most=str(MOST_AT_ONCE))
    return asked


def require_few(values: Sized, field: str) -> None:
    """Refuse more entries of a field than a person can use. They bound the work of a call.

    Raises:
        Refusal: INVALID.
    """
    if len(values) > LARGEST_SIZE:
        message = f"{field} has more than {LARGEST_SIZE} entries. Ask in parts."
        raise invalid("TOO_MANY_AT_ONCE", message, field, most=str(LARGEST_SIZE))


def read_on(
    read: Callable[[Place | None], Sequence[T]],
    keep: Callable[[Sequence[T]], Iterable[Kept]],
    place: Callable[[T], Place],
    after: Place | None,
    most: int,
) -> list[Kept]:
    """Return at most `most` of what is kept of a list after a place, in its order.

    For lists that are limited by what stands in no column: pages are read on until they hold enough. `read` returns the
    rows after a place, fewer than `most` only at the end. `place` is where a row stands.
    """
    found: list[Kept] = []
    while len(found) < most:
        page = read(after)
        found += keep(page)
        if len(page) < most:
            break
        after = place(page[-1])
    return found[:most]


class PageSeal:
    """The seal on page tokens. The gate puts it on each that leaves, and asks for it on each that comes back (S1).

    So what a method reads out of a token is what it wrote itself. Anything else could have another shape than it
    expects, or be no value that the database takes.
    """

    def __init__(self, keys: Callable[[], Sequence[bytes]]) -> None:
        """Prepare to seal. `keys`: asked each time, newest first. The first seals, and all of them open."""
        self._keys = keys

    def sealed(self, method: str, token: str) -> str:
        """Return a token of a method with its seal. The token of the last page is empty and stays so."""
        return f"{_seal(self._keys()[0], method, token)}{token}" if token else ""

    def opened(self, method: str, token: str) -> str:
        """Return a token without its seal.

        Raises:
            Refusal: INVALID if another method, another service or nobody of ours sealed it.
        """
        seal, inner = token[:_SEAL_LENGTH], token[_SEAL_LENGTH:]
        made = (_seal(key, method, inner) for key in self._keys()) if token else ()
        if token and not any(hmac.compare_digest(seal.encode(), one.encode()) for one in made):
            raise _not_valid()
        return inner


def _seal(key: bytes, method: str, token: str) -> str:
    mac = hmac.digest(key, f"{method} {token}".encode(), "sha256")
    return base64.urlsafe_b64encode(mac)[:_SEAL_LENGTH].decode()


def _not_valid() -> Refusal:
    message = "This page_token is not valid for these filters. Start at the first page."
    return invalid("PAGE_TOKEN_NOT_VALID", message, "page_token")


def _mark(filters: tuple[object, ...]) -> str:
    # It only finds a token used with other filters. The gate seals it.
    return hashlib.sha256(repr(filters).encode()).hexdigest()[:16]


def page_token(last: list[str | int], *filters: object) -> str:
    """Make the token of the page after the row whose order keys are `last`.

    It holds keys and not a row number, so rows added or removed meanwhile neither repeat nor skip others.
    """
    return base64.urlsafe_b64encode(json.dumps([_mark(filters), *last]).encode()).decode()


def read_page_token(token: str, *filters: object) -> list[str | int] | None:
    """Return the order keys after which the page begins; None for the first page.

    Raises:
        Refusal: INVALID if the token is not ours or was made for other filters.
    """
    if not token:
        return None
    try:
        mark, *last = json.loads(base64.urlsafe_b64decode(token.encode("ascii")))
    except (ValueError, TypeError, RecursionError):
        mark, last = "", []
    if mark != _mark(filters) or not all(isinstance(key, str | int) for key in last):
        raise _not_valid()
    return list(last)
