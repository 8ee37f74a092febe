"""Who may show the Safeguarder what came by a link, when its giver wants to talk about it first."""

from services.evidence.adapters.feedback.links import SqlFeedbackLinks
from services.evidence.handlers.feedback.versions import versions_of
from services.evidence.ports import File
from services.refusals import precondition


def require_giver_was_asked(safeguarder_id: str, evidence_id: str, links: SqlFeedbackLinks, file: File) -> None:
    """Refuse to read or share an item whose giver wants to talk first, also after a correction.

    An item that is read as praise is open to the Safeguarder, so reading is like sharing. Only the Team knows how to
    reach the giver, so only the Team does either.

    Raises:
        Refusal: GIVER_ASKS_FIRST.
    """
    for first in links.items_to_ask_about(safeguarder_id):
        if any(version.evidence_id == evidence_id for version in versions_of(first, file)):
            message = (
                "The giver of this feedback wants to talk about it first. The Team reads and shares it after that."
            )
            raise precondition("GIVER_ASKS_FIRST", message, "name")
