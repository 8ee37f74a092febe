"""What a Safeguarder answers on a page of its own: what each form asks for, by its place and its step."""

from collections.abc import Mapping

from services.console.forms.asked import AskedForm, Asks
from services.console.views.form import CHOICE, WORDS

OWN: Mapping[tuple[str, str], AskedForm] = {
    ("supports", "answer"): AskedForm("support", (Asks(CHOICE, "answer"), Asks(WORDS, "words", needed=False))),
    ("supports", "received"): AskedForm("received", (Asks(CHOICE, "received"), Asks(WORDS, "words", needed=False))),
    ("approach-changes", "read"): AskedForm("approach"),
    ("matters", "view"): AskedForm("view", (Asks(WORDS, "words"),)),
    ("matters", "invitation"): AskedForm("invitation", (Asks(CHOICE, "answer"),)),
}
"""Each form by the two parts of its address."""
