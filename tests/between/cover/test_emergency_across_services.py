"""A file that is opened in an emergency is open in all four services, for one person, to read, until its end (X38).

The kind that this closes: a right that was given for some hours goes on somewhere, or gives more than was meant.
"""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import pytest
from psmf.evidence.v1 import evidence_pb2, safeguarder_pb2
from psmf.notifications.v1 import notifications_pb2
from psmf.platform.v1 import audit_pb2, own_file_pb2
from psmf.platform.v1.audit_pb2_grpc import AuditServiceStub
from psmf.platform.v1.own_file_pb2_grpc import OwnFileServiceStub
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import cover_pb2, duties_pb2, scheduling_pb2
from psmf.scheduling.v1 import emergency_access_pb2 as pb

from services.platform.calls.wire import from_instant
from tests.answers import refused
from tests.between.cover.test_cover_across_services import code
from tests.between.together import Together, together
from tests.builders import a_request_id, an_item_request
from tests.sizes import part_of
from tests.world import PEOPLE, SERVICES

LEAD, MANAGER = "lead", "manager-two"
STRANGERS = (MANAGER, "manager-three")
FILES = ("sg-one", "sg-two")
READERS = ("evidence", "rules", "notifications")
HOUR = timedelta(hours=1)
WORDS = "Nobody of the region answers the phone."


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """Two Safeguarders whom manager-one supports, and two support managers who have nobody."""
    people = PEOPLE | {
        "manager-three": {"role": "support_manager", "region": "north"},
        LEAD: {"role": "data_lead", "email": "lead@example.invalid"},
        "auditor": {"role": "auditor"},
    }
    with together(tmp_path_factory.mktemp("emergency"), people) as started:
        for one in FILES:
            started.appoint(one)
            asked = scheduling_pb2.GetAllocationRequest(parent=f"safeguarders/{one}")
            if (
                started.allocations.GetAllocation(asked, **started.as_("senior-manager")).support_manager
                == "manager-one"
            ):
                continue
            request = scheduling_pb2.CreateAllocationRequest(
                parent=asked.parent, support_manager="manager-one", reason="workload", request_id=a_request_id()
            )
            started.allocations.CreateAllocation(request, **started.as_("senior-manager"))
        started.settle()
        yield started


@pytest.fixture(autouse=True)
def everything_ends(running: Together) -> Iterator[None]:
    """Let a night pass after a test, so that every emergency access has ended and the office is open."""
    yield
    tomorrow = running.clock.instant + timedelta(days=1)
    running.pass_time(tomorrow.replace(hour=9) - running.clock.instant)


def open_file(running: Together, one: str = "sg-one", by: str = MANAGER, **changes: Any) -> pb.EmergencyAccess:
    request = pb.OpenEmergencyAccessRequest(
        parent=f"safeguarders/{one}",
        kind=pb.EmergencyAccess.KIND_CHILD_AT_RISK,
        reason=WORDS,
        request_id=a_request_id(),
    )
    request.MergeFrom(pb.OpenEmergencyAccessRequest(**changes))
    made: pb.EmergencyAccess = running.emergencies.OpenEmergencyAccess(request, **running.as_(by))
    return made


def close(running: Together, name: str, by: str = MANAGER) -> None:
    request = pb.CloseEmergencyAccessRequest(name=name, request_id=a_request_id())
    running.emergencies.CloseEmergencyAccess(request, **running.as_(by))


def review(running: Together, name: str, by: str = LEAD, reasons: str = "It was so.") -> None:
    request = pb.ReviewEmergencyAccessRequest(
        name=name, outcome=pb.EmergencyAccess.OUTCOME_JUSTIFIED, reasons=reasons, request_id=a_request_id()
    )
    running.emergencies.ReviewEmergencyAccess(request, **running.as_(by))


def listed(running: Together, person: str, parent: str = "safeguarders/-") -> list[pb.EmergencyAccess]:
    request = pb.ListEmergencyAccessesRequest(parent=parent, include_reviewed=True, page_size=500)
    return list(running.emergencies.ListEmergencyAccesses(request, **running.as_(person)).emergency_accesses)


def reads(running: Together, service: str, one: str, person: str) -> bool:
    """Return whether a person may read about somebody in a service."""
    as_, parent = running.as_(person), f"safeguarders/{one}"
    asked: dict[str, Callable[[], Any]] = {
        "evidence": lambda: running.evidence.ListEvidenceItems(
            evidence_pb2.ListEvidenceItemsRequest(parent=parent), **as_
        ),
        "rules": lambda: running.concerns.ListConcerns(rules_pb2.ListConcernsRequest(parent=parent), **as_),
        "scheduling": lambda: running.sessions.ListSupportSessions(
            scheduling_pb2.ListSupportSessionsRequest(parent=parent), **as_
        ),
        "notifications": lambda: running.alerts.ListAlerts(notifications_pb2.ListAlertsRequest(parent=parent), **as_),
    }
    refused = code(asked[service])
    assert refused in ("", "PERMISSION_DENIED"), refused
    return not refused


def read_in(running: Together, one: str = "sg-one", person: str = MANAGER) -> set[str]:
    """Return the services in which a person may read about somebody."""
    return {service for service in SERVICES if reads(running, service, one, person)}


def told(running: Together, subject: int) -> list[str]:
    """Return who was told of a subject about sg-one, in order."""
    request = notifications_pb2.ListNotificationsRequest(parent="safeguarders/sg-one", page_size=500)
    answer = running.notifications.ListNotifications(request, **running.as_("senior-manager"))
    return sorted(one.recipient for one in answer.notifications if one.subject == subject)


def test_an_opened_file_is_read_in_every_service_and_nothing_is_changed(running: Together) -> None:
    item = running.record("sg-one")
    running.settle()
    assert read_in(running) == set()
    open_file(running)
    running.settle()
    assert read_in(running) == set(SERVICES)
    assert read_in(running, "sg-two") == read_in(running, person="manager-three") == set(), "one file, one person"
    as_ = running.as_(MANAGER)
    running.evidence.GetEvidenceItem(evidence_pb2.GetEvidenceItemRequest(name=item.name), **as_)
    writes: list[Callable[[], Any]] = [
        lambda: running.evidence.CreateEvidenceItem(an_item_request("sg-one"), **as_),
        lambda: running.evidence.ShareEvidenceItem(evidence_pb2.ShareEvidenceItemRequest(name=item.name), **as_),
        lambda: running.cover.CreateDelegation(cover_pb2.CreateDelegationRequest(parent="safeguarders/sg-one"), **as_),
    ]
    assert {code(write) for write in writes} == {"PERMISSION_DENIED"}
    across = running.safeguarders.ListSafeguarders(safeguarder_pb2.ListSafeguardersRequest(), **as_)
    assert list(across.safeguarders) == [], "it is in no list across files"
    running.pass_time(4 * HOUR)
    assert read_in(running) == set(), "time alone ends it"


def test_those_who_look_after_the_file_are_told_at_once_and_the_review_is_asked_for(running: Together) -> None:
    subjects = notifications_pb2.Notification
    before = [told(running, what) for what in (subjects.SUBJECT_FILE_OPENED, subjects.SUBJECT_ACCESS_REVIEWED)]
    made = open_file(running)
    running.settle()
    for reader in READERS:
        running.deliver_again(reader, "scheduling", random.Random(3))
    assert told(running, subjects.SUBJECT_FILE_OPENED) == sorted([*before[0], LEAD, "manager-one"]), "each once"
    close(running, made.name)
    running.settle()
    review(running, made.name)
    running.settle()
    assert told(running, subjects.SUBJECT_ACCESS_REVIEWED) == sorted([*before[1], MANAGER])
    assert code(lambda: review(running, made.name)) == "FAILED_PRECONDITION"
    again = open_file(running)
    duties = running.duties.ListDuties(duties_pb2.ListDutiesRequest(parent="safeguarders/sg-one"), **running.as_(LEAD))
    owed = {duty.about for duty in duties.duties if duty.kind == duties_pb2.Duty.KIND_REVIEW_ACCESS}
    assert again.name in owed
    assert made.name not in owed
    running.days(4)
    assert LEAD in told(running, subjects.SUBJECT_ACCESS_TO_REVIEW), "who answers for the data is reminded"


def test_each_reading_is_marked_and_the_safeguarder_sees_it_without_words(running: Together) -> None:
    open_file(running)
    running.settle()
    assert read_in(running) == set(SERVICES)
    as_ = running.as_("person-one")
    for name, service in running.services.items():
        reading = own_file_pb2.ListReadsRequest(parent="safeguarders/sg-one", page_size=1)
        (seen,) = OwnFileServiceStub(service.channel).ListReads(reading, **as_).reads
        assert (seen.reader, seen.right) == (MANAGER, own_file_pb2.Read.RIGHT_EMERGENCY)
        asked = audit_pb2.ListAuditEntriesRequest(parent="safeguarders/sg-one", caller=MANAGER, page_size=1)
        (row,) = AuditServiceStub(service.channel).ListAuditEntries(asked, **running.as_("auditor")).entries
        assert (row.relation, row.outcome) == ("emergency", audit_pb2.AuditEntry.OUTCOME_DONE), name
    (newest, *_) = listed(running, "person-one", "safeguarders/sg-one")
    assert (newest.opened_by, newest.reason) == (MANAGER, "")
    assert listed(running, LEAD)[0].reason == WORDS
    assert {one.name for one in listed(running, MANAGER)} >= {newest.name}
    assert listed(running, "manager-three") == []


@pytest.mark.parametrize(
    ("changes", "by", "why"),
    [
        ({}, "manager-one", "FAILED_PRECONDITION"),
        *(({}, person, "PERMISSION_DENIED") for person in ("panel-team", "partner", "operator", LEAD, "person-two")),
        ({"parent": "safeguarders/sg-nobody"}, MANAGER, "NOT_FOUND"),
    ],
)
def test_nobody_opens_a_file_who_may_read_it_or_never_could(
    running: Together, changes: dict[str, str], by: str, why: str
) -> None:
    before = len(listed(running, LEAD))
    assert code(lambda: open_file(running, by=by, **changes)) == why
    assert len(listed(running, LEAD)) == before


TEXTS = ("scheduling.OpenEmergencyAccessRequest.reason", "scheduling.ReviewEmergencyAccessRequest.reasons")


@pytest.mark.parametrize("field", TEXTS)
def test_a_text_that_may_name_a_child_is_refused(running: Together, field: str) -> None:
    """P23"""
    text = "The child is called Jamie Example and is six years old."
    name = "safeguarders/sg-one/emergencyAccesses/none"
    ask = (
        partial(review, running, name, reasons=text)
        if field.endswith("s")
        else partial(open_file, running, reason=text)
    )
    answer = refused(ask)
    assert (answer.reason, answer.field) == ("TEXT_MAY_NAME_A_CHILD", field.rpartition(".")[2])


def test_who_opened_a_file_learns_until_when_they_read_it_and_nobody_else_does(running: Together) -> None:
    made, asked = open_file(running), safeguarder_pb2.GetSafeguarderRequest(name="safeguarders/sg-one")
    running.settle()
    assert running.safeguarders.GetSafeguarder(asked, **running.as_(MANAGER)).open_until_time == made.end_time
    for other in ("manager-one", "senior-manager", "person-one"):
        assert not running.safeguarders.GetSafeguarder(asked, **running.as_(other)).HasField("open_until_time")


def test_a_check_opens_nothing_and_a_repeat_opens_once(running: Together) -> None:
    before = len(listed(running, LEAD))
    open_file(running, validate_only=True)
    assert not reads(running, "scheduling", "sg-one", MANAGER)
    request_id = a_request_id()
    assert open_file(running, request_id=request_id) == open_file(running, request_id=request_id)
    assert len(listed(running, LEAD)) == before + 1


class Known(NamedTuple):
    """An emergency access as a service knows it."""

    one: str
    person: str
    ends_at: datetime
    closed: bool


class Model:
    """What each service has heard of each emergency access. Nothing else opens a file here."""

    def __init__(self, running: Together, choices: random.Random) -> None:
        self.running, self.choices = running, choices
        self.known: dict[str, dict[str, Known]] = {service: {} for service in SERVICES}
        self.reviewed: set[str] = set()

    def may_read(self, service: str, one: str, person: str) -> bool:
        now = self.running.clock.now()
        mine = (known for known in self.known[service].values() if (known.one, known.person) == (one, person))
        return any(not known.closed and now < known.ends_at for known in mine)

    def open(self) -> None:
        one, person = self.choices.choice(FILES), self.choices.choice(STRANGERS)
        if self.may_read("scheduling", one, person):
            assert code(lambda: open_file(self.running, one, person)) == "FAILED_PRECONDITION"
            return
        made = open_file(self.running, one, person)
        self.known["scheduling"][made.name] = Known(one, person, from_instant(made.end_time), closed=False)

    def close(self) -> None:
        if not self.known["scheduling"]:
            return
        name = self.choices.choice(sorted(self.known["scheduling"]))
        known = self.known["scheduling"][name]
        by = self.choices.choice((LEAD, *STRANGERS))
        is_open = not known.closed and self.running.clock.now() < known.ends_at
        refused = code(lambda: close(self.running, name, by))
        assert (refused == "") == (is_open and by in (LEAD, known.person)), (refused, by)
        if not refused:
            self.known["scheduling"][name] = known._replace(closed=True)

    def review(self) -> None:
        if not self.known["scheduling"]:
            return
        name = self.choices.choice(sorted(self.known["scheduling"]))
        known = self.known["scheduling"][name]
        over = known.closed or self.running.clock.now() >= known.ends_at
        refused = code(lambda: review(self.running, name))
        assert (refused == "") == (over and name not in self.reviewed)
        self.reviewed.update({name} if not refused else ())

    def deliver(self) -> None:
        reader = self.choices.choice(READERS)
        self.running.deliver(reader, "scheduling")
        self.known[reader] = dict(self.known["scheduling"])

    def deliver_again(self) -> None:
        reader = self.choices.choice(READERS)
        self.running.deliver_again(reader, "scheduling", self.choices)
        self.deliver_to(reader)

    def deliver_to(self, reader: str) -> None:
        self.running.deliver(reader, "scheduling")
        self.known[reader] = dict(self.known["scheduling"])

    def time_passes(self) -> None:
        self.running.clock.instant += self.choices.choice((HOUR / 2, HOUR, 3 * HOUR, 4 * HOUR))

    def holds(self, history: list[str]) -> None:
        service = self.choices.choice(SERVICES)
        for one in FILES:
            for person in STRANGERS:
                expected = self.may_read(service, one, person)
                assert reads(self.running, service, one, person) == expected, (service, one, person, history)


@pytest.mark.parametrize("seed", range(part_of(60, least=4)))
def test_nobody_reads_without_an_open_emergency_access_in_whatever_order_things_come(
    running: Together, seed: int
) -> None:
    """Each service lets somebody read exactly as far as it has heard, and never after the end."""
    choices = random.Random(seed)
    model = Model(running, choices)
    history: list[str] = []
    for _step in range(12):
        step = choices.choice(("open", "open", "close", "review", "deliver", "deliver_again", "time_passes"))
        history.append(step)
        getattr(model, step)()
        model.holds(history)
    for reader in READERS:
        model.deliver_to(reader)
    running.clock.instant += 4 * HOUR
    for one in FILES:
        for person in STRANGERS:
            assert read_in(running, one, person) == set(), "it ends everywhere"
