"""Every word of a change of the rulebook that no event tells, made by the public methods."""

from psmf.rules.v1 import revisions_pb2 as revisions

from services.platform.calls.wire import to_date
from tests.builders import days_ago
from tests.operations.every_word_of_a_plan import Doing


def make_every_word_of_a_rulebook(office: Doing) -> None:
    """Hand in another value of a number, and have it sent back."""
    change = revisions.ParameterChange(
        parameter="late_reports_line",
        from_date=to_date(days_ago(-400)),
        value=3,
        why="One talk is enough",
        cites="Minute 14",
        origin="ours",
    )
    calls = office.client.revisions
    draft = office.does("policy-editor", calls.ChangeParameter, revisions.ChangeParameterRequest(change=change))
    back = revisions.SendBackRulebookRevisionRequest(name=draft.rulebook_revision.name, reason="Say which minute")
    office.does("policy-approver", calls.SendBackRulebookRevision, back)
