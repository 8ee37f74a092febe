"""The message after a step: a code of a closed list and an opaque id, in a cookie that is read once."""

import re
from datetime import date

from services.console.requests import Forms, Message

SECONDS = 120
"""How long a browser keeps it. The page that shows it is asked for at once."""
_SEALED = re.compile(r"([a-z_]{1,40}):([A-Za-z0-9_-]{0,64}):([0-9a-f]{64})")


def sealed(message: Message, forms: Forms, person: str, day: date) -> str:
    """Return a message as the value of a cookie: only we can make it, for one person."""
    return f"{message.code}:{message.about}:{forms.mark(person, _address(message), day)}"


def opened(cookie: str, forms: Forms, person: str, today: date) -> Message | None:
    """Return the message of a cookie; None if it was changed, is old, or is somebody else's."""
    found = _SEALED.fullmatch(cookie)
    if found is None:
        return None
    message = Message(found[1], found[2])
    return message if forms.is_ours(found[3], person, _address(message), today) else None


def _address(message: Message) -> str:
    # No form is sent to an address like this, so a mark of a form is never the seal of a message.
    return f"message:{message.code}:{message.about}"
