"""The requests of the steps on a development plan, on leave and on suspensions, filled with what was answered."""

from datetime import date
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from psmf.evidence.v1 import approach_changes_pb2, development_plans_pb2, overlays_pb2

from services.client.words import enum_of
from services.console.calls.caller import fill
from services.console.forms.answers import Sent, TypedDay
from services.console.forms.asked import Answers, Given, RecordStep
from services.console.forms.plan.steps import EXTEND, MORE_TIME
from services.console.views.form import CHOICE, TICKS
from services.platform.calls.wire import from_word

NONE = "none"
"""The choice that names nothing."""
CLOSE = "close"
"""What follows from a review from which nothing else follows."""


def request_of(name: str, step: RecordStep, sent: Sent, answers: Answers, action: str = "") -> Any:
    """Return the request of a step. The names of its questions are those of the fields that they fill.

    `action`: of a review that is corrected.
    """
    kind = f"{step.method}Request"
    modules: tuple[Any, ...] = (development_plans_pb2, approach_changes_pb2, overlays_pb2)
    module = next(one for one in modules if hasattr(one, kind))
    person, request = "/".join(name.split("/")[:2]), getattr(module, kind)(request_id=sent.request_id)
    fields = request.DESCRIPTOR.fields_by_name
    if "parent" in fields:
        request.parent = person
        if step.named_as == "replaces":
            request.replaces = name
    else:
        is_whole = name == person or step.named_as == "carried"
        request.name = f"{person}/developmentPlan" if is_whole else name
    if "etag" in fields:
        request.etag = sent.etag
    if step.named_as == "carried":
        request.carried.add(need=name, because=answers.text("because"))
        return request
    if step.named_as in ("reviewed", "corrected"):
        return _with_review(request, action or name, sent, answers)
    choices = {one.name for one in step.asks if one.kind in (CHOICE, TICKS)}
    for field, given in answers.given.items():
        _fill_in(request, field, _under(person, given) if field in choices else given)
    for field, word in step.fixed.items():
        _fill_in(request, field, word)
    return request


def _fill_in(request: Any, field: str, given: Given | bool) -> None:
    """Fill a field of a request with what was answered. What was left open stays unset."""
    is_yes = request.DESCRIPTOR.fields_by_name[field].type == FieldDescriptor.TYPE_BOOL
    if is_yes or isinstance(given, bool):
        setattr(request, field, bool(given))
    elif isinstance(given, tuple):
        getattr(request, field).extend(given)
    elif isinstance(given, TypedDay):
        if isinstance(given.read, date):
            fill(request, field, given.read)
    elif given:
        fill(request, field, given)


def _under(person: str, given: Given) -> Given:
    """Return a choice with the name of the person before each name of a record below them. `none` names nothing."""
    if given == NONE:
        return ""
    if isinstance(given, tuple):
        return tuple(f"{person}/{one}" if "/" in one else one for one in given)
    return f"{person}/{given}" if isinstance(given, str) and "/" in given else given


def _with_review(request: Any, action: str, sent: Sent, answers: Answers) -> Any:
    """Fill what was found of one action: an outcome, or more time. More time is one of the things that follow."""
    outcome, later = answers.text("outcome"), answers.day("extended_date")
    reviewed = request.actions.add(action=action)
    if "parent" in request.DESCRIPTOR.fields_by_name:
        reviewed.etag = sent.etag
    if outcome != MORE_TIME:
        fill(reviewed, "outcome", outcome)
    elif isinstance(later.read, date):
        fill(reviewed, "extended_date", later.read)
    held = answers.day("held_date").read
    if isinstance(held, date):
        fill(request, "held_date", held)
    follows = (*((EXTEND,) if outcome == MORE_TIME else ()), *answers.ticked("follows")) or (CLOSE,)
    kinds = enum_of(request, "follows")
    request.follows.extend(from_word(kinds, word) for word in follows)
    for field in ("words", "safeguarder_words", "because"):
        if field in request.DESCRIPTOR.fields_by_name:
            fill(request, field, answers.text(field))
    return request
