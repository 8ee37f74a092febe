"""No text of a session, its papers or its record names a child (P23). The kind: a new text without a screen."""

from functools import partial
from typing import Any

from psmf.evidence.v1 import session_records_pb2 as sessions_pb2

from tests.answers import refused
from tests.between.test_who_says_it import MANAGER, NAMED, PERSON, TEAM
from tests.between.together import Together
from tests.builders import a_request_id

_SESSION, _RECORD = "safeguarders/sg-one/supportSessions/x1", "safeguarders/sg-one/supportSessions/x1/record"
AT_A_SESSION: dict[str, tuple[str, str, Any, str]] = {
    "evidence.AddOwnItemRequest.words": (
        "AddOwnItem", PERSON, sessions_pb2.AddOwnItemRequest(parent=_SESSION, words=NAMED), "words",
    ),
    "evidence.StandardView.words": (
        "CreateSessionRecord", MANAGER,
        sessions_pb2.CreateSessionRecordRequest(parent=_SESSION, content={"views": [
            {"standard": "S1", "word": sessions_pb2.StandardView.WORD_MET, "words": NAMED}]}),
        "content.views[0].words",
    ),
    "evidence.AgendaOutcome.words": (
        "CreateSessionRecord", MANAGER,
        sessions_pb2.CreateSessionRecordRequest(parent=_SESSION, content={"outcomes": [
            {"item": "i", "word": sessions_pb2.AgendaOutcome.WORD_ACTION, "words": NAMED}]}),
        "content.outcomes[0].words",
    ),
    "evidence.RecordContent.child_interest": (
        "CreateSessionRecord", MANAGER,
        sessions_pb2.CreateSessionRecordRequest(parent=_SESSION, content={"child_interest": NAMED}),
        "content.child_interest",
    ),
    "evidence.Dispute.words": (
        "AnswerSessionRecord", PERSON,
        sessions_pb2.AnswerSessionRecordRequest(name=_RECORD, edition=1, disputes=[{"section": "S1", "words": NAMED}]),
        "disputes[0].words",
    ),
    "evidence.DisputeResponse.words": (
        "CloseSessionRecord", MANAGER,
        sessions_pb2.CloseSessionRecordRequest(name=_RECORD, etag="1", responses=[{"section": "S1", "words": NAMED}]),
        "responses[0].words",
    ),
    "evidence.CorrectSessionRecordRequest.reason": (
        "CorrectSessionRecord", MANAGER,
        sessions_pb2.CorrectSessionRecordRequest(
            name=_RECORD, etag="1", reason=NAMED, content={"child_interest": "Each was met."}),
        "reason",
    ),
    "evidence.WithdrawSessionRecordRequest.reason": (
        "WithdrawSessionRecord", TEAM,
        sessions_pb2.WithdrawSessionRecordRequest(name=_RECORD, reason=NAMED), "reason",
    ),
}  # fmt: skip


def test_no_text_of_a_session_record_that_may_name_a_child_is_kept(suite_together: Together) -> None:
    """P23: the refusal says in which field it stands, and does not repeat it."""
    suite_together.appoint("sg-one")
    for field, (method, person, request, path) in AT_A_SESSION.items():
        request.request_id = a_request_id()
        call = getattr(suite_together.session_records, method)
        answer = refused(partial(call, request, **suite_together.as_(person)))
        assert (answer.reason, answer.field) == ("TEXT_MAY_NAME_A_CHILD", path), field
        assert "Jamie" not in answer.message
