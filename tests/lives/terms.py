"""What people do in a life about a membership: recommend, answer, approve, and decide for Ministers."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import recommendations_pb2 as pb
from psmf.evidence.v1 import safeguarder_pb2 as register

from services.platform.calls.wire import from_date, to_date
from tests.builders import BASIS
from tests.lives.life import PEOPLE, Life

Made, Decides = pb.Recommendation, register.RecordMinisterialDecisionRequest
TEAM = ("panel-team", "panel-second", "senior-manager", "senior-head", "recorder")
BEFORE = (Made.STATE_DRAFTED, Made.STATE_CHECKED, Made.STATE_SHARED, Made.STATE_APPROVED)
OUTCOMES = (
    *(Made.OUTCOME_WITH_CONDITIONS,) * 4,
    *(Made.OUTCOME_RECOMMEND,) * 2,
    *(Made.OUTCOME_MORE_TIME,) * 2,
    Made.OUTCOME_DO_NOT_RECOMMEND,
)
NEXT = {
    Made.STATE_DRAFTED: "Check",
    Made.STATE_CHECKED: "Share",
    Made.STATE_SHARED: "Approve",
    Made.STATE_APPROVED: "Submit",
}
REASONS = ("RESIGNED", "TERM_ENDED", "NOT_REAPPOINTED", "REMOVED", "DISQUALIFIED")


@dataclass(frozen=True)
class Read:
    """A pack as somebody read it, byte by byte."""

    reader: str
    name: str
    hash: str
    entries: bytes


def readiness_of(life: Life, safeguarder: str, person: str = "panel-team") -> pb.Readiness:
    """Return how ready everything is, with the recommendations that somebody may read."""
    request = pb.GetReadinessRequest(parent=f"safeguarders/{safeguarder}")
    found: pb.Readiness = life.running.recommendations.GetReadiness(request, **life.running.as_(person))
    return found


def pack_of(life: Life, name: str, person: str = "panel-team") -> pb.RecommendationPack:
    """Return the pack of a recommendation as somebody reads it."""
    request = pb.GetRecommendationPackRequest(name=name)
    found: pb.RecommendationPack = life.running.recommendations.GetRecommendationPack(
        request, **life.running.as_(person)
    )
    return found


def entry_of(life: Life, safeguarder: str) -> register.Safeguarder:
    """Return somebody's entry on the register."""
    request = register.GetSafeguarderRequest(name=f"safeguarders/{safeguarder}")
    found: register.Safeguarder = life.running.safeguarders.GetSafeguarder(request, **life.running.as_("panel-team"))
    return found


def recommend(life: Life) -> None:
    """Draft a recommendation, or go on with one: mostly with what comes next."""
    safeguarder, person, _ = life.someone()
    known = list(readiness_of(life, safeguarder).recommendations)
    working = [each for each in known if each.state in BEFORE]
    if not known or (not working and life.choices.random() < 0.5):
        _draft(life, safeguarder)
        return
    chosen, what = life.choices.choice(working or known), life.choices.random()
    if what < 0.15 or (what < 0.5 and chosen.state == Made.STATE_SHARED):
        _represent(life, chosen, person)
    elif what < 0.2:
        _next(life, chosen, life.choices.choice(sorted(NEXT.values())))
    elif what < 0.9 and chosen.state in NEXT and not _is_stuck(life, chosen):
        _next(life, chosen, NEXT[chosen.state])
    elif what < 0.98:
        again = pb.UpdateRecommendationRequest(name=chosen.name, etag=chosen.etag, text=_text(life, safeguarder))
        life.call(_who(life), "recommendations", "UpdateRecommendation", again)
    else:
        back = pb.WithdrawRecommendationRequest(name=chosen.name, etag=chosen.etag, because="It is not the time.")
        life.call(_who(life), "recommendations", "WithdrawRecommendation", back)


def decide(life: Life) -> None:
    """Record what Ministers decided: on a recommendation that they have, or on the law alone."""
    safeguarder, _, _ = life.someone()
    sent = [each for each in readiness_of(life, safeguarder).recommendations if each.state == Made.STATE_SUBMITTED]
    last_on = from_date(entry_of(life, safeguarder).terms[-1], "end_date") or life.running.today
    request = Decides(name=f"safeguarders/{safeguarder}", legal_basis=BASIS)
    if sent and life.choices.random() < 0.85:
        named = life.choices.choice(sent)
        _on_recommendation(life, request, named, last_on)
    elif life.choices.random() < 0.25:
        request.kind = Decides.KIND_ENDED
        request.end_reason = f"END_REASON_{life.choices.choice(REASONS)}"  # type: ignore[assignment]
        ended = last_on if request.end_reason == register.END_REASON_TERM_ENDED else life.running.today
        request.effective_date.CopyFrom(to_date(ended))
    else:
        _reappoint(life, request, last_on)
        request.recommended_by = "panel-team"
    life.call(life.choices.choice(("recorder", "recorder", "recorder", *TEAM)), "safeguarders", DECISION, request)


DECISION = "RecordMinisterialDecision"


def leave(life: Life) -> None:
    """Let somebody who serves resign, and the day after begin. Each life ends so: few end a membership by chance."""
    serving = [each for each in sorted(PEOPLE) if entry_of(life, each).state == register.Safeguarder.STATE_APPOINTED]
    for safeguarder in life.choices.sample(serving, len(serving)):
        request = Decides(name=f"safeguarders/{safeguarder}", legal_basis=BASIS, kind=Decides.KIND_ENDED)
        request.end_reason = register.END_REASON_RESIGNED
        request.effective_date.CopyFrom(to_date(life.running.today))
        if life.call("recorder", "safeguarders", DECISION, request) is not None:
            break
    life.running.days(1)
    life.settle()


def _on_recommendation(life: Life, request: Any, named: pb.Recommendation, last_on: date) -> None:
    request.recommendation = named.name
    request.pack_hash = named.pack_hash if life.choices.random() < 0.9 else "0" * 64
    request.decided_as = life.choices.choice((0, 0, 0, named.text.outcome, Made.OUTCOME_RECOMMEND))
    request.reasons = life.choices.choice(("", "Ministers see it so."))
    if named.kind == Made.PURPOSE_CONTINUING and life.choices.random() < 0.9:
        request.kind = Decides.KIND_CONTINUING
        request.effective_date.CopyFrom(to_date(life.running.today))
    elif life.choices.random() < 0.9:
        _reappoint(life, request, last_on)
    else:
        request.kind, request.end_reason = Decides.KIND_ENDED, register.END_REASON_NOT_REAPPOINTED
        request.effective_date.CopyFrom(to_date(last_on))


def _reappoint(life: Life, request: Any, last_on: date) -> None:
    request.kind = Decides.KIND_REAPPOINTED
    request.effective_date.CopyFrom(to_date(last_on + timedelta(days=life.choices.choice((1, 1, 1, 0, 40)))))
    request.term_months = life.choices.choice((12, 24, 36, 36, 11, 37, 0))


def _is_stuck(life: Life, chosen: pb.Recommendation) -> bool:
    """Return whether people draft one again that is against the person: the record seldom shows what it needs."""
    against = chosen.text.outcome == Made.OUTCOME_DO_NOT_RECOMMEND or chosen.kind == Made.PURPOSE_REMOVAL
    return against and chosen.state == Made.STATE_DRAFTED and life.choices.random() < 0.6


def _who(life: Life) -> str:
    return life.choices.choice((*TEAM[:2] * 6, *TEAM))


def _draft(life: Life, safeguarder: str) -> None:
    kinds = (Made.PURPOSE_REAPPOINTMENT,) * 7 + (Made.PURPOSE_CONTINUING,) * 2 + (Made.PURPOSE_REMOVAL,)
    made = pb.CreateRecommendationRequest(
        parent=f"safeguarders/{safeguarder}", kind=life.choices.choice(kinds), text=_text(life, safeguarder)
    )
    life.call(_who(life), "recommendations", "CreateRecommendation", made)


def _text(life: Life, safeguarder: str) -> pb.RecommendationText:
    outcome = life.choices.choice(OUTCOMES)
    items = [item.name for item in life.items_of(safeguarder) if item.HasField("shared_date")]
    concerns = [each.name for each in life.running.concerns_of(safeguarder)]
    text = pb.RecommendationText(outcome=outcome)
    for what in pb.Criterion.What.values()[1:]:
        text.criteria.add(what=what, answer=pb.Criterion.ANSWER_YES, words="Both sides have read it.")
    if items and life.choices.random() < 0.6:
        text.criteria[0].names.append(life.choices.choice(items))
    if concerns and (outcome == Made.OUTCOME_DO_NOT_RECOMMEND or life.choices.random() < 0.3):
        text.concerns.append(life.choices.choice(concerns))
    if outcome == Made.OUTCOME_WITH_CONDITIONS:
        due = to_date(life.running.today + timedelta(days=life.choices.randint(30, 200)))
        text.conditions.add(
            words="Offer each child a meeting before the report.",
            measure="Each report says so.",
            due_date=due,
            support="A mentor, by the Team.",
            support_kind=plans.Support.KIND_MENTORING,
            standard="S2",
        )
    if outcome == Made.OUTCOME_MORE_TIME:
        until = to_date(life.running.today + timedelta(days=life.choices.randint(0, 400)))
        text.more_time.CopyFrom(pb.MoreTime(until_date=until, what="Two reports.", where_from="From the reporter."))
    return text


def _represent(life: Life, chosen: pb.Recommendation, person: str) -> None:
    seen = [each for each in readiness_of(life, _of(chosen), person).recommendations if each.name == chosen.name]
    etag = seen[0].etag if seen else chosen.etag
    words = f"As I see it, {life.requests}." if life.choices.random() < 0.6 else ""
    said = pb.AddRepresentationRequest(
        name=chosen.name, etag=etag, words=words, nothing_more=not words or life.choices.random() < 0.5
    )
    life.call(person if life.choices.random() < 0.9 else "panel-team", "recommendations", "AddRepresentation", said)


def _next(life: Life, chosen: pb.Recommendation, verb: str) -> None:
    request = getattr(pb, f"{verb}RecommendationRequest")(name=chosen.name, etag=chosen.etag)
    if verb == "Approve":
        waiting = [each for each in chosen.representations if not each.answer]
        request.answers.extend("We read it." for _ in waiting)
    who = life.choices.choice(("senior-head", "panel-second")) if verb == "Approve" else _who(life)
    life.call(who, "recommendations", f"{verb}Recommendation", request)


def _of(chosen: pb.Recommendation) -> str:
    return chosen.name.split("/")[1]


def person_of(name: str) -> str:
    """Return the login of the Safeguarder whom a name is about."""
    return PEOPLE[name.split("/")[1]][0]
