"""Opaque ids, and the words that several parts of scheduling share."""

from enum import StrEnum
from typing import NamedTuple, NewType

SafeguarderId = NewType("SafeguarderId", str)
SupportManagerId = NewType("SupportManagerId", str)
ObligationId = NewType("ObligationId", str)
SessionId = NewType("SessionId", str)
ConcernId = NewType("ConcernId", str)


class SessionName(NamedTuple):
    """A support session as a command names it: with the Safeguarder whose it must be."""

    safeguarder_id: SafeguarderId
    session_id: SessionId


class Region(StrEnum):
    """The three regions of the Safeguarders Panel Team, two support managers in each at the time of writing."""

    EAST = "east"
    NORTH = "north"
    WEST = "west"


class Party(StrEnum):
    """Who asked for, or caused, a change to a session."""

    SAFEGUARDER = "safeguarder"
    TEAM = "team"
