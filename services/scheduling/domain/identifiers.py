"""Opaque ids, and words that several parts of scheduling share."""

from enum import StrEnum
from typing import NamedTuple, NewType

SafeguarderId = NewType("SafeguarderId", str)
SupportManagerId = NewType("SupportManagerId", str)
ObligationId = NewType("ObligationId", str)
SessionId = NewType("SessionId", str)
ConcernId = NewType("ConcernId", str)
TrainingEventId = NewType("TrainingEventId", str)
DutyId = NewType("DutyId", str)
ActionId = NewType("ActionId", str)
SupportId = NewType("SupportId", str)
DelegationId = NewType("DelegationId", str)
LinkId = NewType("LinkId", str)
AccessId = NewType("AccessId", str)


class SessionName(NamedTuple):
    """The name of a support session in a command, with the Safeguarder it must belong to."""

    safeguarder_id: SafeguarderId
    session_id: SessionId


class Region(StrEnum):
    """The three regions of the Safeguarders Panel Team. Each has two support managers at the time of writing."""

    EAST = "east"
    NORTH = "north"
    WEST = "west"


class Party(StrEnum):
    """The side that asked for a change to a session, or caused it."""

    SAFEGUARDER = "safeguarder"
    TEAM = "team"


class AccessOutcome(StrEnum):
    """What the review of an emergency access says."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
