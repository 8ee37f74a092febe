"""Tell people of corrections of recorded decisions (R86)."""

import hashlib

from services.notifications.domain.recommendations.corrections import Correction, news_of
from services.notifications.domain.recommendations.news import Told
from services.notifications.handlers.ask import RECORDER_ROLE
from services.notifications.handlers.context import AlertContext
from services.notifications.handlers.tell import tell_newest

_ENDING = {Told.RECORDER: "dcr", Told.PERSON: "dcp", Told.SUPPORT_MANAGER: "dcm"}


def tell_of_correction(known: Correction, context: AlertContext) -> None:
    """Ask another recorder of decisions to confirm a correction. Tell both sides once it is confirmed."""
    # The id of a decision is one of its person alone, and a message holds 36 characters of what it is about.
    about = hashlib.sha256(f"{known.safeguarder_id}/decisions/{known.decision_id}".encode()).hexdigest()[:32]
    second = context.somebody(RECORDER_ROLE, known.safeguarder_id, but=known.entered_by)
    for who, news in news_of(known):
        if who is not Told.RECORDER or second:
            tell_newest(f"{about}-{_ENDING[who]}", news, context, second if who is Told.RECORDER else "")
