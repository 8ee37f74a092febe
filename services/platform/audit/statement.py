"""A checkpoint: a signed statement of how long the audit log of a service is, and of the hash at its end."""

import base64
import json
from dataclasses import asdict, dataclass

TYPE = "psmf-audit-checkpoint"
"""What the signature is for. It keeps a statement from passing as a token, and a token as a statement."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a service says of its audit log at one instant."""

    service: str
    origin: str
    """Which database, and how often it was restored, as `read_origin` gives it."""
    position: int
    """Rows in the chain. The newest one has this position."""
    head: str
    """The hash of that row, as hexadecimal digits."""
    at: int
    """Microseconds since 1970."""
    number: int = 0
    """The number of the newest row that was looked at for rows without a hash."""
    unchained: int = 0
    """Rows up to that number without a hash: those of a release that kept no chain."""
    digest: str = ""
    """The digest of those rows, as hexadecimal digits."""

    def to_bytes(self) -> bytes:
        """Return what is signed."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, signed: bytes) -> "Statement":
        """Return the statement that was signed. A field that a later release added is left out.

        Raises:
            ValueError: it is none.
        """
        try:
            held = json.loads(signed)
            return cls(**{name: held[name] for name in cls.__slots__ if name in held})
        except (TypeError, KeyError, ValueError):
            raise ValueError("no statement") from None


def said_in(signed: str) -> Statement | None:
    """Return what a signed statement says, without a look at its signature; None if it says nothing readable."""
    part = signed.split(".")[1] if signed.count(".") == 2 else ""
    try:
        return Statement.from_bytes(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except ValueError:
        return None
