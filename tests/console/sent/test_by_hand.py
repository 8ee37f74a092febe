"""Forms that no page of ours makes: missing, repeated and unknown fields, wrong words, and texts far too long."""

import random
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from services.console.failures import NotDone, SentBefore
from services.console.forms.answers import REUSED
from services.console.requests import MARK
from services.refusals import conflict, invalid, precondition
from tests.console.sent.forms import FORMS, Form, fields
from tests.console.sent.world import MANAGER, everything
from tests.console.site import Answer, Site
from tests.sizes import part_of

LONG = "I told the office on the day before. " * 2000
ODD = (
    "", LONG, "²", "\x00", "-1", "999999999999999999999", "../../etc/passwd", "//elsewhere.invalid", 
    "<script>x</script>",
    "\u202etxet", "a\r\nset-cookie: b=c", "none,none", "S9.9", "u-1-none_given", "{0}", "%s", "e\u0301" * 500,
)  # fmt: skip
"""What somebody may send in place of an answer."""
TAKEN = (200, 303, 404, 409, 422)
"""Statuses of a form that is read: taken, shown again, or not possible. None is a fault of ours."""
Pairs = list[tuple[str, str]]


def opened(served: Site, form: Form) -> Answer:
    """Open a form, as somebody who has signed in, where it is possible."""
    served.jar = {}
    served.clock.instant += timedelta(minutes=1)
    served.sign_in(form.person)
    served.gateway._call = everything(**form.instead).call  # type: ignore[method-assign]
    return served.get(form.address)


def made_by_hand(sent: Pairs, chance: random.Random, most: int) -> Iterator[Pairs]:
    """Yield forms that differ from the one that was opened, each with its mark."""
    (mark,) = (one for one in sent if one[0] == MARK)
    rest = [one for one in sent if one[0] != MARK]
    names = list(dict.fromkeys(name for name, _ in rest))
    made: list[Pairs] = [[], [*rest, *rest], [*rest, ("nobody-asked", "x")]]
    made += [[one for one in rest if one[0] != name] for name in names]
    made += [[*(one for one in rest if one[0] != name), (name, odd)] for name in names for odd in ODD]
    made += [[(name, odd) for name in names] for odd in ODD if odd is not LONG]
    yield from ([mark, *each] for each in chance.sample(made, min(most, len(made))))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.address)
def test_a_form_that_is_made_by_hand_is_never_a_fault_of_ours(served: Site, form: Form) -> None:
    """The seed is the address, so that a run tries the same forms each time, and `make long` all of them."""
    answer = opened(served, form)
    assert answer.status == 200
    sent = fields(answer, form.address)
    assert len(sent) > 1, "the form is not open"
    for number, pairs in enumerate(made_by_hand(sent, random.Random(form.address), part_of(4000) // 50)):
        if number % 40 == 0:
            served.clock.instant += timedelta(minutes=1)
        with capture_logs() as logged:
            given = served.post(form.address, pairs)
        assert given.status in TAKEN, (pairs, [line for line in logged if line["event"] == "page_failed"])
        assert "elsewhere.invalid" not in given.header("location")
        assert "b=c" not in str(given.headers)
        assert "I told the office" not in str(logged)


REFUSALS = (
    invalid("TEXT_MAY_NAME_A_CHILD", "For programs.", "words"),
    invalid("SOMETHING_NEW", "For programs.", "a.field[7].nobody_knows"),
    precondition("SOMETHING_NEW", "For programs."),
    conflict("ETAG_MISMATCH", "For programs.", "etag"),
)
"""Of each kind one, and two that only a later release knows."""
WORDS = "I told the office on the day before."


def filled(answer: Answer, address: str) -> dict[str, str]:
    """Return a form filled in: the first of each choice, a day, and words in every box for words."""
    sent: dict[str, str] = {}
    for name, value in fields(answer, address):
        day = {"-day": "4", "-month": "12", "-year": "2026"}.get(f"-{name.rpartition('-')[2]}", value)
        sent.setdefault(name, day)
    boxes = re.findall(r'<textarea[^>]* name="([^"]+)"', answer.text)
    return sent | dict.fromkeys(boxes, WORDS)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.address)
def test_whatever_a_service_refuses_the_words_stand_on_the_page_that_says_so(served: Site, form: Form) -> None:
    answer = opened(served, form)
    sent = filled(answer, form.address)
    refusals: list[Exception] = [*map(NotDone, REFUSALS), SentBefore(invalid(REUSED, "For programs.", "request_id"))]
    for refusal in random.Random(form.address).sample(refusals, part_of(len(refusals), least=2)):
        services = everything(**form.instead)
        services.fails = refusal
        served.gateway._call = services.call  # type: ignore[method-assign]
        given = served.post(form.address, sent)
        assert given.status in TAKEN, refusal
        assert given.status == 303 or WORDS not in sent.values() or WORDS in given.text, refusal


def test_every_form_of_the_console_is_among_them(served: Site) -> None:
    """A form that is added stands in `forms.py`, with what makes it open.

    Those of people who came by a link are tried in tests/console/feedback.
    """
    sent_to = [route for route in served.app.routes if "POST" in (getattr(route, "methods", None) or ())]
    found = [route.path for route in sent_to if not any(route.path_regex.match(form.address) for form in FORMS)]  # type: ignore[attr-defined]
    assert found == ["/sign-in", "/sign-out", "/feedback", "/feedback/stage"]


def test_a_text_that_is_far_too_long_comes_back_with_what_is_wrong_and_every_word(served: Site) -> None:
    form = Form(MANAGER, "/people/sg-1/matters/c-1/record-view")
    sent = dict(fields(opened(served, form), form.address)) | {"given": "words", "words": LONG}
    answer = served.post(form.address, sent)
    assert (answer.status, len(LONG) > 64 * 1024) == (422, True)
    assert re.search(r'href="#words"', answer.text)
    assert LONG.strip() in answer.text
