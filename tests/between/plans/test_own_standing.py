"""What rules raise, what both sides agree, and what the Safeguarder reads of it: the same as their support manager.

The kind that this closes: the word that a person reads depends on which event came first, or on who asks.
"""

import random
from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import personal_file_pb2 as pb
from psmf.rules.v1 import rules_pb2 as rules

from services.calendar_days import WorkingCalendar, add_working_days
from services.platform.calls.wire import to_date
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id

PARENT, PERSON, MANAGER = "safeguarders/sg-one", "person-one", "manager-one"
WORD = pb.StandardStanding


def standing(running: Together, person: str = PERSON) -> pb.MyStanding:
    """Return the standing as a person reads it, without the instants of what each service told."""
    request = pb.GetMyStandingRequest(name=f"{PARENT}/standing")
    found: pb.MyStanding = running.personal_file.GetMyStanding(request, **running.as_(person))
    for source in found.sources:
        source.ClearField("known_time")
    return found


def on(running: Together, standard: str) -> pb.StandardStanding:
    return next(each for each in standing(running).standards if each.standard == standard)


def plan(running: Together, method: str, person: str, **fields: Any) -> Any:
    request = getattr(plans, f"{method}Request")(request_id=a_request_id(), **fields)
    answer = getattr(running.plans, method)(request, **running.as_(person))
    running.settle()
    return answer


def test_a_word_follows_what_is_raised_agreed_and_ended_in_any_order_of_hearing(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one")
    for source in (items.EVIDENCE_SOURCE_SHERIFF, items.EVIDENCE_SOURCE_REPORTER):
        running.share(running.record("sg-one", source=source, mappings=[a_mapping("S3.2")]))
    assert on(running, "S3").word == WORD.WORD_NOT_ENOUGH_EVIDENCE, "the time to reply runs"
    running.held_back.add(("evidence", "rules"))
    running.until(add_working_days(WorkingCalendar.OFFICE, running.today, 10) + timedelta(days=1))
    (concern,) = [one for one in running.open_concerns("sg-one").values() if one.lane == rules.LANE_SUPPORT_NEED]
    assert on(running, "S3").word == WORD.WORD_NOT_ENOUGH_EVIDENCE, "what speaks of a concern alone is no *met*"
    running.held_back.clear()
    running.settle()
    assert (on(running, "S3").word, list(on(running, "S3").concerns)) == (WORD.WORD_CONCERN, [concern.name])
    assert on(running, "S2").word == WORD.WORD_NOT_ENOUGH_EVIDENCE
    action = plan(
        running, "CreateAction", MANAGER, parent=PARENT, kind=plans.Action.KIND_CHANGE_PRACTICE,
        purpose=plans.Action.PURPOSE_IMPROVE, standard="S3", concern=concern.name, aim="Read the file first.",
        measure="Each report says so.", owner=plans.Action.OWNER_SAFEGUARDER,
        due_date=to_date(running.today + timedelta(days=60)),
    )  # fmt: skip
    assert on(running, "S3").word == WORD.WORD_CONCERN, "nobody has agreed yet"
    agreed = plans.AnswerActionRequest.ANSWER_AGREED
    plan(running, "AnswerAction", PERSON, name=action.name, answer=agreed, etag=action.etag)
    assert on(running, "S3").word == WORD.WORD_DEVELOPING
    before = standing(running)
    for service in ("rules", "scheduling"):
        running.deliver_again("evidence", service, random.Random(7))
    assert standing(running) == before
    for reader in (MANAGER, "senior-manager", "panel-team"):
        assert standing(running, reader) == before
    why = rules.DismissConcernRequest(
        name=concern.name, reason=rules.CONCERN_REASON_EXPLAINED, request_id=a_request_id()
    )
    running.concerns.DismissConcern(why, **running.as_("panel-team"))
    running.settle()
    assert (on(running, "S3").word, list(on(running, "S3").concerns)) == (WORD.WORD_DEVELOPING, [])
