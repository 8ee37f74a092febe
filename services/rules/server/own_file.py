"""What Safeguarders take with them of what rules keeps, read by the methods that show it to them."""

from collections.abc import Iterator
from typing import Any

from psmf.platform.v1 import own_file_pb2 as file_pb
from psmf.rules.v1 import overrides_pb2
from psmf.rules.v1 import rules_pb2 as pb

from services.platform.process.own_records import OwnFile, OwnKind, OwnRecord, listed, single
from services.rules.server.concerns import ConcernServer
from services.rules.server.overrides import OverrideServer

_LEFT_OUT = (
    ("concerns that are not open to you yet, such as a matter of safety", file_pb.GROUND_NAMED_PERSON_FIRST),
    ("the stored evaluations. Each concern says what it rests on and why", file_pb.GROUND_ASK_THE_TEAM),
)


def own_file(concerns: ConcernServer, overrides: OverrideServer) -> OwnFile:
    """Return what people take with them of what rules keep."""
    method = "psmf.rules.v1.ConcernService/GetConcern"
    aside = listed(
        overrides.ListRuleOverrides, overrides_pb2.ListRuleOverridesRequest, "rule_overrides", include_ended=True
    )
    kinds = [
        OwnKind(method, lambda person: _concerns(person, concerns)),
        OwnKind("psmf.rules.v1.RuleOverrideService/ListRuleOverrides", aside),
    ]
    return OwnFile(kinds, _LEFT_OUT)


def _concerns(person: str, server: ConcernServer) -> Iterator[OwnRecord]:
    """Yield every concern with its history, which the list leaves out."""
    every = listed(server.ListConcerns, pb.ListConcernsRequest, "concerns", include_closed=True)
    for kept in every(person):
        concern: Any = kept.record
        yield from single(server.GetConcern, pb.GetConcernRequest, concern.name.removeprefix(person))(person)
