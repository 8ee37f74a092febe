"""What people do in a life about the approach to a concern."""

from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.rules.v1 import rules_pb2 as rules

from services.platform.calls.wire import to_date
from tests.builders import a_mapping, an_item_request
from tests.lives.life import PEOPLE, Life

REQUIRED = changes.ApproachChange.APPROACH_REQUIRED_ACTION
NO_PRACTICE = (rules.LANE_DATA_GAP, rules.LANE_EXCELLENCE)


def change_approach(life: Life) -> None:
    """Serve a change to a concern, or acknowledge or end one, or agree on an action that one may require."""
    safeguarder, person, _ = life.someone()
    found, what = _concerns(life, safeguarder), life.choices.random()
    known = life.plan_of(safeguarder).approach_changes
    if all(concern.lane in NO_PRACTICE for concern in found) and what < 0.5:
        _record_a_leak(life, safeguarder)
    elif what < 0.2 and found:
        _agree_on_an_action(life, safeguarder, life.choices.choice(found).name)
    elif what < 0.6 and found:
        concern = life.choices.choice(found).name
        if life.choices.random() < 0.8:
            _answer_supports(life, safeguarder, concern)
        _serve(life, safeguarder, concern)
    elif known:
        change = life.choices.choice(known)
        named: dict[str, Any] = {"name": change.name, "etag": change.etag}
        if what < 0.85:
            life.call(person, "plans", "AcknowledgeApproach", changes.AcknowledgeApproachRequest(**named))
        else:
            outcome = life.word(changes.ApproachChange.State, 2)
            ended = changes.EndApproachRequest(**named, outcome=outcome, words="We spoke of it.")
            life.call(PEOPLE[safeguarder][1], "plans", "EndApproach", ended)


def _concerns(life: Life, safeguarder: str) -> list[rules.Concern]:
    """Return the concerns about somebody's practice; now and then any, because people may name another one too."""
    found = life.running.concerns_of(safeguarder)
    practice = [concern for concern in found if concern.lane not in NO_PRACTICE]
    return practice if practice and life.choices.random() < 0.9 else found


def _record_a_leak(life: Life, safeguarder: str) -> None:
    """Record an item of safety, which raises a concern at once, and take the concern on."""
    safety: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}
    day = to_date(life.running.today)
    request = an_item_request(safeguarder, happened_date=day, received_date=day, **safety)
    request.request_id = ""
    life.call("panel-team", "evidence", "CreateEvidenceItem", request)
    life.running.settle()
    for concern in life.running.concerns_of(safeguarder):
        if concern.rule == "confidentiality":
            taken = rules.AcknowledgeConcernRequest(name=concern.name, next_date=day)
            life.call(PEOPLE[safeguarder][1], "concerns", "AcknowledgeConcern", taken)


def _serve(life: Life, safeguarder: str, concern: str) -> None:
    to, today = life.word(changes.ApproachChange.Approach, 1), life.running.today
    actions = [action.name for action in life.plan_of(safeguarder).actions if action.concern == concern]
    request = changes.ChangeApproachRequest(
        parent=f"safeguarders/{safeguarder}",
        concerns=[concern],
        to_approach=to,
        expectation="Each report names whom you spoke with.",
        because="Two reports name nobody.",
        skip_because="We gave the advice before.",
        discussed_date=to_date(today - timedelta(days=life.choices.randint(0, 10))),
        how=life.word(changes.ApproachChange.How, 1),
        actions=actions[:1] if to == REQUIRED else [],
    )
    if life.choices.random() < 0.2:
        request.reported_serve_date.CopyFrom(to_date(today - timedelta(days=life.choices.randint(0, 9))))
    life.call(PEOPLE[safeguarder][1], "plans", "ChangeApproach", request)


def _answer_supports(life: Life, safeguarder: str, concern: str) -> None:
    """Have every offer of support for a concern answered, and one offered if there is none."""
    person, manager, _ = PEOPLE[safeguarder]
    named = [support for support in life.plan_of(safeguarder).supports if concern in support.supported]
    if not named:
        offer = plans.OfferSupportRequest(
            parent=f"safeguarders/{safeguarder}",
            kind=plans.Support.KIND_INFORMATION,
            supported=[concern],
            discussed_date=to_date(life.running.today),
        )
        named = [offered for offered in [life.call(manager, "plans", "OfferSupport", offer)] if offered]
    for support in named:
        if support.state == plans.Support.STATE_OFFERED:
            declined = plans.AnswerSupportRequest.ANSWER_DECLINED
            answer = plans.AnswerSupportRequest(
                name=support.name, answer=declined, words="I know it.", etag=support.etag
            )
            life.call(person, "plans", "AnswerSupport", answer)


def _agree_on_an_action(life: Life, safeguarder: str, concern: str) -> None:
    person, manager, _ = PEOPLE[safeguarder]
    proposal = plans.CreateActionRequest(
        parent=f"safeguarders/{safeguarder}",
        kind=plans.Action.KIND_CHANGE_PRACTICE,
        purpose=plans.Action.PURPOSE_IMPROVE,
        standard="S2",
        aim="Reports say more.",
        measure="Each names whom you spoke with.",
        owner=plans.Action.OWNER_SAFEGUARDER,
        due_date=to_date(life.running.today + timedelta(days=life.choices.randint(20, 90))),
        concern=concern,
        too_short_because="A hearing comes soon.",
        again=True,
    )
    if proposed := life.call(manager, "plans", "CreateAction", proposal):
        agreed = plans.AnswerActionRequest.ANSWER_AGREED
        answer = plans.AnswerActionRequest(name=proposed.name, answer=agreed, etag=proposed.etag)
        life.call(person, "plans", "AnswerAction", answer)
