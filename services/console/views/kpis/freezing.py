"""Freezing the figures of a quarter for the review meeting: what that does, before it is done."""

from datetime import date

from services.console.forms.answers import Sent
from services.console.views.asked import FormPage
from services.console.views.form import Button, FormView, Notice, sent_with
from services.console.views.heading import Heading, Link
from services.console.views.kpis.periods import Period
from services.console.words import words

FROZEN = "frozen"
"""Code of the message after a pack is frozen."""


def build(period: Period, today: date, sent: Sent, *, is_frozen: bool, notice: str = "") -> FormPage:
    """Return the page. Without a form it says why. `notice`: why the figures were not frozen just now."""
    said = words("kpis")
    heading = said.say("freeze_h1", period=period.name)
    can = period.is_over(today) and not is_frozen
    form = FormView(
        address=f"{period.href}/freeze",
        questions=(),
        buttons=(Button(said["freeze_button"]),),
        hidden=sent_with(sent.request_id, ""),
        effect=said["freeze_effect"],
        notice=Notice(said["freeze_not"], (notice,)) if notice else None,
    )
    return FormPage(
        heading=Heading(heading, f"{said['freeze_title']} - {said['title']}", "kpis", Link(said["back"], period.href)),
        about="",
        lines=(said["freeze_lead"],),
        quoted=(),
        form=form if can else None,
        none=() if can else (said["freeze_done_before" if is_frozen else "freeze_not_over"],),
    )
