"""The Safeguarder's own view over gRPC: the same for every reader, and silent about nothing it was not told."""

from functools import partial
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import personal_file_pb2 as pb
from psmf.evidence.v1 import personal_file_pb2_grpc
from psmf.rules.v1 import events_pb2 as rules_events
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import duties_pb2
from psmf.scheduling.v1 import events_pb2 as scheduling_events

from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.builders import a_mapping, days_ago
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.plans.desk import MANAGER, PARENT, PERSON, SENIOR, TEAM, Desk
from tests.evidence.steps import appoint, kept, record
from tests.waiting import until

WORD, KIND, BY, SOURCE = pb.StandardStanding, pb.Due, pb.Due, pb.StandingSource
HELD, SUPPORT_NEED = rules_pb2.Concern.STATE_HELD, rules_pb2.LANE_SUPPORT_NEED
READERS = (PERSON, MANAGER, SENIOR, TEAM)


class View(Desk):
    """Both sides at work on one file, and the Safeguarder's own view of it."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(evidence)
        self.own = personal_file_pb2_grpc.PersonalFileServiceStub(evidence.channel)

    def standing(self, person: str = PERSON, name: str = f"{PARENT}/standing") -> pb.MyStanding:
        """Return the standing as a person reads it."""
        found: pb.MyStanding = self.own.GetMyStanding(pb.GetMyStandingRequest(name=name), **self.evidence.as_(person))
        return found

    def waiting(self, parent: str = PARENT) -> list[pb.Waiting]:
        """Return what waits, as the Safeguarder reads it."""
        request = pb.ListWaitingForMeRequest(parent=parent)
        return list(self.own.ListWaitingForMe(request, **self.evidence.as_(PERSON)).waiting)

    def on(self, standard: str) -> pb.StandardStanding:
        """Return where practice stands against one standard."""
        return next(each for each in self.standing().standards if each.standard == standard)

    def source(self, service: str) -> pb.StandingSource:
        """Return what is known of what a service told."""
        return next(each for each in self.standing().sources if each.service == service)

    def praise(self) -> Any:
        """Put praise on S4 on file."""
        return record(self.evidence, mappings=[a_mapping("S4.1", items.POLARITY_PRAISE)])

    def duty(self, kind: Any, about: str, days: int) -> None:
        """Have evidence follow a duty that is due some days from now."""
        duty = scheduling_events.DutyChanged(
            safeguarder_id="sg-one",
            duty_id=f"duty-{about[-12:]}-{kind}",
            version=1,
            kind=kind,
            about=f"{PARENT}/{about}",
            state=duties_pb2.Duty.STATE_RUNNING,
            due_date=to_date(days_ago(-days)),
        )
        self.evidence.scheduling.publish("sg-one", duty)
        row = f"SELECT 1 FROM known_duty WHERE duty_id = '{duty.duty_id}'"  # noqa: S608
        until(lambda: read_rows(self.evidence.file, row))


@pytest.fixture(scope="module")
def view(evidence: Evidence) -> View:
    appoint(evidence, "sg-one")
    appoint(evidence, "sg-two")
    return View(evidence)


def test_before_anything_is_known_every_standard_lacks_evidence_and_the_team_owes_a_plan(view: View) -> None:
    found = view.standing()
    assert {each.standard: each.word for each in found.standards} == dict.fromkeys(
        ("S4", "S5"), WORD.WORD_NOT_ENOUGH_EVIDENCE
    )
    assert [(each.kind, each.owed_by, each.due_date.year) for each in found.due] == [
        (KIND.KIND_FINALISE_PLAN, BY.OWED_BY_PANEL_TEAM, 0)
    ]
    assert (found.edition, found.support_manager, found.more_is_open) == ("2015-07", MANAGER, False)
    assert view.waiting() == []


def test_the_day_of_what_others_owe_is_the_one_that_scheduling_told(view: View) -> None:
    view.duty(duties_pb2.Duty.KIND_FINALISE_PLAN, "developmentPlan", 12)
    (plan,) = view.standing().due
    assert from_date(plan, "due_date") == days_ago(-12)


def test_a_service_that_told_of_others_only_is_known_and_has_no_time(view: View) -> None:
    """Rules have published an edition, and nothing about this person."""
    assert {each.service: each.state for each in view.standing().sources} == dict.fromkeys(
        ("evidence", "rules", "scheduling"), SOURCE.STATE_KNOWN
    )
    assert view.source("scheduling").HasField("known_time")
    assert not view.source("rules").HasField("known_time")


def test_a_concern_turns_the_word_a_hold_takes_it_back_and_the_end_leaves_nothing(view: View) -> None:
    view.praise()
    assert view.on("S4").word == WORD.WORD_MET
    about = {"lane": SUPPORT_NEED, "subject": "S4.1", "standards": ["S4"]}
    name = view.follow_concern("late", **about)
    assert (view.on("S4").word, list(view.on("S4").concerns)) == (WORD.WORD_CONCERN, [name])
    assert view.on("S5").word == WORD.WORD_NOT_ENOUGH_EVIDENCE
    assert view.source("rules").HasField("known_time")
    view.follow_concern("late", rules_events.ConcernMoved, state=HELD, **about)
    until(lambda: view.on("S4").under_review)
    assert view.on("S4").word == WORD.WORD_MET
    view.follow_concern("late", rules_events.ConcernMoved, state=rules_pb2.Concern.STATE_ACKNOWLEDGED, **about)
    until(lambda: not view.on("S4").under_review)
    assert view.on("S4").word == WORD.WORD_CONCERN
    view.follow_concern("late", rules_events.ConcernClosed, **about)
    assert (view.on("S4").word, list(view.on("S4").concerns)) == (WORD.WORD_MET, [])


def test_a_quiet_concern_says_nothing_before_a_person_takes_it_on(view: View) -> None:
    about = {"lane": SUPPORT_NEED, "subject": "S4.1", "standards": ["S4"]}
    fact = rules_events.ConcernFact(concern_id="quiet", safeguarder_id="sg-one", **about)  # type: ignore[arg-type]
    view.evidence.rules.publish("sg-one", rules_events.ConcernRaised(concern=fact, quiet=True))
    until(lambda: read_rows(view.evidence.file, "SELECT 1 FROM known_concern WHERE concern_id = 'quiet'"))
    assert (view.on("S4").word, list(view.on("S4").concerns)) == (WORD.WORD_MET, [])
    view.evidence.rules.publish("sg-one", rules_events.ConcernUpdated(concern=fact, quiet=True))
    view.evidence.rules.publish("sg-one", rules_events.ConcernAcknowledged(concern=fact, owner=MANAGER))
    until(lambda: view.on("S4").word == WORD.WORD_CONCERN)
    view.follow_concern("quiet", rules_events.ConcernClosed, **about)


def test_a_concern_of_which_only_the_id_is_known_is_said_to_be_missing_from_the_words(view: View) -> None:
    """A release before kept no more. It is in no word, and the page says that something is."""
    view.follow_agenda("unknown")
    until(lambda: view.standing().more_is_open)
    assert view.on("S4").word == WORD.WORD_MET
    view.follow_concern("unknown", lane=rules_pb2.LANE_EXCELLENCE, subject="S4.1", standards=["S4"])
    until(lambda: not view.standing().more_is_open)
    assert view.on("S4").word == WORD.WORD_MET


def test_every_reader_gets_the_same_and_nobody_gets_what_was_not_shared(view: View) -> None:
    hidden = record(view.evidence)
    found = [view.standing(reader) for reader in READERS]
    for each in found:
        for source in each.sources:
            source.ClearField("known_time")
    assert found[1:] == found[:-1]
    assert hidden.name not in str(found[0])
    view.evidence.items.ShareEvidenceItem(items.ShareEvidenceItemRequest(name=hidden.name), **view.evidence.as_(TEAM))
    (seen,) = [each for each in view.on("S4").items if each.name == hidden.name]
    assert not seen.counts
    assert seen.HasField("reply_due_date")
    assert list(seen.polarities) == [items.POLARITY_CONCERN]


def test_what_waits_names_the_method_the_day_and_what_happens_if_nothing_is_done(view: View) -> None:
    action = view.action()
    support = view.support(action.name)
    waiting = {each.due.about: each for each in view.waiting()}
    assert waiting[action.name].due.kind == KIND.KIND_ANSWER_ACTION
    assert waiting[action.name].due.due_date == action.answer_due_date
    assert waiting[support.name].method == "psmf.evidence.v1.DevelopmentPlanService/AnswerSupport"
    (reply,) = [each for each in waiting.values() if each.due.kind == KIND.KIND_REPLY]
    assert reply.method == "psmf.evidence.v1.EvidenceService/AddReply"
    assert all(each.if_nothing.endswith("Nothing is taken as agreed.") for each in waiting.values())
    assert [each.due.owed_by for each in waiting.values()] == [BY.OWED_BY_SAFEGUARDER] * 3
    due = {each.about: each for each in view.standing().due}
    assert {about: each.due for about, each in waiting.items()}.items() <= due.items(), "one thing is said once"


def test_an_action_shows_and_turns_the_word_once_both_sides_agreed(view: View) -> None:
    (action,) = view.standing().actions
    assert list(view.on("S4").actions) == [action.name]
    assert view.on("S4").word == WORD.WORD_MET
    view.agreed(action)
    assert view.on("S4").word == WORD.WORD_DEVELOPING


def test_a_safeguarder_means_themselves_by_a_hyphen_and_nobody_else_may(view: View) -> None:
    assert view.standing(PERSON, "safeguarders/-/standing").name == f"{PARENT}/standing"
    assert view.waiting("safeguarders/-")
    everybody = partial(view.standing, TEAM, "safeguarders/-/standing")
    assert refused(everybody).reason == "NAME_NOT_VALID"
    assert refused(lambda: view.standing(TEAM, PARENT)).reason == "NAME_NOT_VALID"
    assert refused(lambda: view.standing(TEAM, "safeguarders/sg-nobody/standing")).reason == "SAFEGUARDER_NOT_FOUND"


def test_reading_leaves_nothing_but_a_line_in_the_audit_log(view: View) -> None:
    before = kept(view.evidence)
    view.standing()
    assert kept(view.evidence) == before


def test_a_handover_is_the_same_view_with_what_the_team_owes_and_not_for_the_safeguarder(view: View) -> None:
    request = pb.GetHandoverRequest(name=f"{PARENT}/handover")
    found = [view.own.GetHandover(request, **view.evidence.as_(person)) for person in (MANAGER, SENIOR, TEAM)]
    for each in found:
        each.standing.sources[0].ClearField("known_time")
    assert found[0] == found[1] == found[2]
    standing = view.standing()
    standing.sources[0].ClearField("known_time")
    assert found[0].standing == standing
    assert list(found[0].team_owes) == [due for due in standing.due if due.owed_by != BY.OWED_BY_SAFEGUARDER]
    assert refused(partial(view.own.GetHandover, request, **view.evidence.as_(PERSON))).code == "PERMISSION_DENIED"
    for name in (f"{PARENT}/standing", PARENT):
        wrong = pb.GetHandoverRequest(name=name)
        assert refused(partial(view.own.GetHandover, wrong, **view.evidence.as_(TEAM))).code == "INVALID_ARGUMENT"
