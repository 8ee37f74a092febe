"""Texts about changes of the rulebook: one that may name a child is refused, and not repeated (P23)."""

from datetime import date
from functools import partial
from typing import Any

from psmf.rules.v1 import revisions_pb2 as pb

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.between.test_who_says_it import NAMED
from tests.between.together import Together
from tests.builders import a_request_id


def a_change(**words: str) -> pb.ChangeParameterRequest:
    said = {"why": "Asked for", "cites": "Minute 14", "origin": "ours"} | words
    change = pb.ParameterChange(parameter="late_reports_line", from_date=to_date(date(2027, 4, 1)), value=3, **said)
    return pb.ChangeParameterRequest(change=change)


def a_title() -> pb.ChangeParameterRequest:
    request = a_change()
    request.examples.add(key="0" * 16, title=NAMED)
    return request


SENT_BACK = pb.SendBackRulebookRevisionRequest(name=f"rulebookRevisions/{'0' * 64}", reason=NAMED)
REFUSED: dict[str, tuple[str, str, Any]] = {
    "rules.SendBackRulebookRevisionRequest.reason": ("SendBackRulebookRevision", "approver", SENT_BACK),
    "rules.ParameterChange.why": ("ChangeParameter", "editor", a_change(why=NAMED)),
    "rules.ParameterChange.cites": ("ChangeParameter", "editor", a_change(cites=NAMED)),
    "rules.GuardingExample.title": ("ChangeParameter", "editor", a_title()),
}


def test_a_text_that_may_name_a_child_is_refused_before_anything_is_kept(suite_together: Together) -> None:
    """P23: its writer can put it another way, so nothing is lost."""
    for field, (method, person, request) in REFUSED.items():
        request.request_id = a_request_id()
        answer = refused(partial(getattr(suite_together.revisions, method), request, **suite_together.as_(person)))
        about = answer.field.rpartition(".")[2]
        assert (answer.reason, about) == ("TEXT_MAY_NAME_A_CHILD", field.rpartition(".")[2]), field
        assert "Jamie" not in answer.message
