"""The addresses on which evidence is recorded, and those of drafts."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.addresses.roles import RECORDS, SAFEGUARDER, STAFF
from services.console.pages import item_steps
from services.console.pages.recording import check, drafts, questions


def of_recording(at: Addresses) -> list[Route]:
    """Return the pages on which evidence is recorded, and those of drafts."""
    of_all, begun = RECORDS | SAFEGUARDER, "/people/{safeguarder}/evidence/new"
    question, place = "/evidence/new/{draft}/{question}", "/evidence/new/{draft}"
    return [
        *at.form("/evidence/new", drafts.recording, drafts.recording_sent, roles=of_all),
        *at.form(begun, questions.recording_begun, questions.recording_begun_sent, roles=RECORDS),
        *at.form(f"{place}/who", drafts.recording_who, drafts.recording_who_sent, roles=RECORDS),
        *at.form(f"{place}/alike", check.recording_alike, check.recording_alike_sent, roles=of_all),
        *at.form(f"{place}/check", check.recording_check, check.recording_check_sent, roles=of_all),
        *at.form(question, questions.recording_question, questions.recording_question_sent, roles=of_all),
        *at.form(
            "/people/{safeguarder}/evidence/{item}/{step}",
            item_steps.item_step,
            item_steps.item_step_sent,
            roles=RECORDS,
        ),
        at.get("/drafts", drafts.drafts, roles=STAFF | SAFEGUARDER),
        *at.form("/drafts/{draft}/delete", drafts.draft_deletion, drafts.draft_deleted, roles=STAFF | SAFEGUARDER),
    ]
