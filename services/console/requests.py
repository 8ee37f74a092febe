"""One request as pages see it: who asks, what was sent, and whether a form came from a page of ours."""

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl

from starlette.requests import Request

from services.console.failures import Forged, TooLarge

MOST_BYTES, MOST_FIELDS = 1024 * 1024, 100
"""More than every box of our longest form holds, so that a text that is too long is said at its box, with the words."""
MOST_A_MINUTE = 120
MARK = "form_mark"
"""Name of the hidden field that marks a form of ours."""
FORM_TYPE = "application/x-www-form-urlencoded"
LAST_DAYS = 6
"""Days after its own on which a form can be sent, so that a long weekend loses no words. A service answers a repeat
with its first answer for seven days, so a form acts once in this time."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in. `subject` is the record about them, if there is one."""

    person: str
    role: str
    subject: str = ""
    name: str = ""
    """What the directory calls them; empty if it does not say."""
    session: str = ""
    """Names the token that calls are made with; empty in a demo."""


@dataclass(frozen=True, slots=True)
class Stay:
    """How long the reader stays signed in. `is_whole`: opening a page adds nothing any more."""

    until: datetime
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Message:
    """What a form did, as a code of a closed list, and the opaque id of the record. The page finds the words."""

    code: str
    about: str


@dataclass(slots=True)
class Visit:
    """One request while it is answered."""

    request: Request
    visitor: Visitor | None
    now: datetime
    today: date
    form: Mapping[str, str] = field(default_factory=dict)
    calls: int = 0
    """Calls made for it so far."""
    ended: datetime | None = None
    """When the session was over, if the reader had one that is."""
    stays: Stay | None = None
    message: Message | None = None
    """What the form before this page did, if there was one. A page reads it by `told`."""
    stays_in_history: bool = False
    """Whether *Back* shows the answer again, with what was typed."""
    has_told: bool = False
    """Whether the page shows the message, so that no page after it does."""
    is_bare: bool = False
    """Whether the page is for people who are not signed in and came by a link. Nothing then leads elsewhere."""
    says: Message | None = None
    """What the page after this one shows."""
    open_until: datetime | None = None
    """Until when the reader reads the file, if they opened it in an emergency. Known once its entry is answered."""

    def told(self, about: str) -> str:
        """Return the code of the message about a record, which is shown once; empty if there is none."""
        if self.message is None or self.message.about != about:
            return ""
        self.has_told = True
        return self.message.code

    @property
    def record(self) -> str:
        """Return the name of the record of the person whom the address is about."""
        return f"safeguarders/{self.request.path_params['safeguarder']}"

    @property
    def acts_as(self) -> str:
        """Return the role in which the reader may make steps in the file. Nobody makes any in an emergency (X38)."""
        return "" if self.open_until else self.signed_in.role

    @property
    def signed_in(self) -> Visitor:
        """Return who is signed in. The frame asks before it lets anybody reach a page that needs it."""
        assert self.visitor is not None  # noqa: S101
        return self.visitor


class Forms:
    """Marks of forms, which only we can make: bound to a person, an address and a day.

    Bound to the person and not to the session, so that a form can be sent again after signing in again, and fails for
    somebody else.
    """

    def __init__(self, keys: Callable[[], Sequence[bytes]]) -> None:
        """Prepare to mark. `keys`: asked each time, newest first."""
        self._keys = keys

    def mark(self, person: str, address: str, day: date) -> str:
        """Return the mark of a form that is sent to an address."""
        return _marked(self._keys()[0], person, address, day)

    def is_ours(self, mark: str, person: str, address: str, today: date) -> bool:
        """Return whether a mark was made by us, in the last days, for this person and this address."""
        days = [today - timedelta(days=days) for days in range(LAST_DAYS + 1)]
        made = [_marked(key, person, address, day) for key in self._keys() for day in days]
        return any(hmac.compare_digest(mark.encode(), one.encode()) for one in made)


def _marked(key: bytes, person: str, address: str, day: date) -> str:
    said = "\n".join((person, day.isoformat(), address))
    return hmac.digest(key, said.encode(), hashlib.sha256).hex()


def require_own_origin(headers: Mapping[str, str], public_url: str) -> None:
    """Refuse a form that a browser says was sent from another site.

    Under our referrer policy browsers send `Origin: null` from our own pages too, so that alone says nothing.

    Raises:
        Forged: it came from elsewhere.
    """
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise Forged
    if headers.get("origin", "null") not in ("null", public_url):
        raise Forged


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form. A field that is sent twice counts once, by its last value.

    Raises:
        TooLarge: there are too many bytes or fields.
        Forged: it is no form as browsers send it from our pages.
    """
    if request.headers.get("content-type", "").partition(";")[0] != FORM_TYPE:
        raise Forged
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise TooLarge
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except UnicodeDecodeError:
        raise Forged from None
    except ValueError:
        raise TooLarge from None


class Limits:
    """A limit of requests a minute for each person, held in memory: each copy of the console counts for itself."""

    def __init__(self, most: int = MOST_A_MINUTE) -> None:
        self._most = most
        self._minute = 0
        self._counted: dict[str, int] = {}

    def is_over(self, person: str, now: datetime) -> bool:
        """Count a request, and return whether it is one too many."""
        minute = int(now.timestamp()) // 60
        if minute != self._minute:
            self._minute, self._counted = minute, {}
        self._counted[person] = self._counted.get(person, 0) + 1
        return self._counted[person] > self._most
