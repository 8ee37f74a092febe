"""The words of a form as a draft keeps them: a service stores the bytes, and does not read them."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What was typed, and the request id of the form in which it was. One form may keep its words several times."""

    text: str = ""
    form: str = ""


def as_bytes(kept: KeptWords) -> bytes:
    """Return words as a draft holds them."""
    return json.dumps({"text": kept.text, "form": kept.form}, ensure_ascii=False).encode()


def read(answers: bytes) -> KeptWords:
    """Return the words of a draft. What another release wrote, in a form that is not known here, is shown as it is."""
    try:
        held = json.loads(answers)
        return KeptWords(str(held["text"]), str(held["form"]))
    except (ValueError, KeyError, TypeError):
        return KeptWords(answers.decode(errors="replace"))
