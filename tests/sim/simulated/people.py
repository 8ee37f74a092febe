"""The people in every run, and their calls."""

import functools

from psmf.evidence.v1 import evidence_pb2, safeguarder_pb2
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import scheduling_pb2

from services.platform.calls.commands import Call
from services.platform.calls.identity import Directory, Person, Principal, _People
from services.platform.calls.method_rules import MethodPolicy, method_policies

SAFEGUARDERS = {"sg-east": "fife", "sg-north": "moray", "sg-west": "glasgow"}
"""Each person with their area. Their support managers differ, so the order of appointments does not matter."""
MANAGERS = {"manager-east": "east", "manager-north": "north", "manager-west": "west"}


def _mail(person: str) -> str:
    return f"{person}@example.invalid"


_ENTRIES = [
    Person("panel-team", "panel_team"),
    Person("operator", "operator", email=_mail("operator")),
    Person("recorder", "decision_recorder"),
    Person("senior-manager", "senior_manager", email=_mail("senior-manager")),
    *(Person(name, "support_manager", email=_mail(name), region=region) for name, region in MANAGERS.items()),
    *(Person(f"person-{name}", "safeguarder", subject=name, email=_mail(name)) for name in SAFEGUARDERS),
]
_PEOPLE = {entry.person: entry for entry in _ENTRIES}


class _NoFile:
    """What stands in place of the file of people. It never changes."""

    def now(self) -> _People:
        return _People(_PEOPLE, {})


class Known(Directory):
    """The people directory without its file."""

    def __init__(self) -> None:
        self._people = _NoFile()  # type: ignore[assignment]  # it answers as the file does


@functools.cache
def _methods() -> dict[str, MethodPolicy]:
    files = (evidence_pb2, safeguarder_pb2, rules_pb2, scheduling_pb2)
    found = method_policies([file.DESCRIPTOR for file in files])
    return {policy.method: policy for policy in found.values()}


def call(person: str, method: str, subject: str) -> Call:
    """Return a call as the access gate passes it on."""
    entry = _PEOPLE[person]
    relation = "own" if entry.subject == subject else "any"
    return Call(Principal(person, entry.role, entry.subject), _methods()[method], subject, relation, "")
