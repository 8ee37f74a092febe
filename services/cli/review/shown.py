"""The pages of review requests: what was asked and why, who decides it, and what was decided."""

from typing import Any

from services.cli.plan.shown import rows
from services.client.lines import folded
from services.client.words import day_of, london_time, safeguarder_of, short, spaced, word_of

_TARGETS = {
    "evidence_item": "evidence",
    "concern": "concern",
    "session_record": "the record of session",
    "action": "action",
    "support": "support",
    "approach_change": "change of approach",
    "recommendation": "recommendation",
    "need": "need",
    "view": "the view of concern",
    "action_review": "the review of actions",
    "rule_override": "override",
    "session_absence": "the absence from session",
    "training_absence": "the absence from training",
}
_STATES = {
    "submitted": "asked for; dates that depend on it stand still",
    "accepted": "accepted; nobody decides it yet",
    "not_accepted": "not accepted. It can be asked for once more, one level up",
    "assigned": "a reviewer decides it; dates that depend on it stand still",
    "decided": "decided",
    "withdrawn": "taken back",
}
_BARS = {
    "level": "is not of a higher level",
    "manager": "is the Safeguarder's support manager or a delegate, or was in this term",
    "took_part": "took part in what is looked at, or wrote in the file in this term",
    "did_not_accept": "did not accept the request before",
    "link": "has a declared link to the Safeguarder",
}


def about(request: Any) -> str:
    """Return what a request is about, in words."""
    what = _TARGETS.get(word_of(request, "target_kind"), "something")
    return f"{what} {short(request.target.removesuffix('/record').removesuffix('/attendance'))}"


def stands(request: Any) -> str:
    """Return where a request stands, in words."""
    state = word_of(request, "state")
    if state == "decided":
        return f"decided: {spaced(word_of(request, 'decision'))}"
    return _STATES.get(state, spaced(state))


def request_text(request: Any, width: int) -> str:
    """Return one request with every word of it."""
    due = f", until {day_of(request, 'decide_due_date')}" if request.HasField("decide_due_date") else ""
    late = ". It was asked for later than our days allow" if request.late else ""
    made = f"on {day_of(request, 'made_date')}, entered by {request.entered_by}{late}"
    shown = [
        ("About", f"{about(request)}, version {request.target_version}" if request.target_version else about(request)),
        ("Grounds", ", ".join(_grounds(request))),
        ("Why", request.words),
        ("Asks for", request.asks_for),
        ("Made", made),
        ("Stands", f"{stands(request)}."),
        ("Accepted", f"by {request.accepted_by}" if request.accepted_by else ""),
        ("", request.accept_words),
        ("Reviewer", f"{request.reviewer}, level {request.level}{due}" if request.reviewer else ""),
        ("Went up", _went_up(request)),
        *(("Staff", f"{said.words} ({said.person}, {london_time(said.create_time)})") for said in request.statements),
        ("Reasons", request.reasons),
        ("Concerns", ", ".join(map(short, request.concerns))),
        ("Follows", short(request.follows) if request.follows else ""),
    ]
    head = folded(f"Review request {short(request.name)} · {safeguarder_of(request.name)}", width)
    return "\n".join([head, *rows(shown, width)])


def why_not(reviewer: Any) -> str:
    """Return why somebody cannot decide a request; that they can, if nothing keeps them from it."""
    from psmf.evidence.v1 import reviewers_pb2 as pb

    from services.platform.calls.wire import to_word

    bars = [to_word(pb.Reviewer.Bar, bar) for bar in reviewer.bars]
    return "; ".join(_BARS.get(bar, spaced(bar)) for bar in bars) or "can decide it"


def _went_up(request: Any) -> str:
    """Return that a request went to a higher level, and who finds a reviewer since then; empty if it did not."""
    if not request.moved_up:
        return ""
    finds = request.assigner and not request.reviewer
    due = f", until {day_of(request, 'assign_due_date')}" if request.HasField("assign_due_date") else ""
    who = f" {request.assigner} finds a reviewer{due}." if finds else ""
    return f"to a higher level, because its time was over.{who}"


def _grounds(request: Any) -> list[str]:
    from psmf.evidence.v1 import review_requests_pb2 as pb

    from services.platform.calls.wire import to_word

    return [spaced(to_word(pb.ReviewRequest.Ground, ground)) for ground in request.grounds]
