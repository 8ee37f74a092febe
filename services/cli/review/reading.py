"""What `psmf review` reads: one person's requests, the one that somebody names, and what a request is about."""

from typing import Annotated, Any, NamedTuple

import typer

from services.cli.failure import CommandError
from services.cli.obligation.commands import owed_named
from services.cli.plan.reading import COLLECTIONS, named_in, parted, plan_named_by
from services.cli.plan.reviews import find_review
from services.cli.recommendation.reading import find_recommendation
from services.cli.terminal import Terminal
from services.client.words import EVERYBODY, safeguarder_of, short

REQUEST = Annotated[
    str,
    typer.Argument(
        metavar="PERSON/ID", help="The start of its id, after the person. A Safeguarder may leave out PERSON/."
    ),
]
_IN_A_PLAN = ("need", "action", "support", "approach")
"""Targets that are read with the plan."""
_PARTS = {"record": "record", "absence": "attendance", "training": "attendance"}
"""Targets that are one part of a session, or of a training owed."""
TARGETS = ("item", "concern", "override", *_PARTS, *_IN_A_PLAN, "action-review", "view", "recommendation")
"""What can be named as the target of a request, before a colon."""


class FoundRequest(NamedTuple):
    """A request, as somebody named it."""

    record: Any
    typed: str
    """How the same person names it again."""


def requests_of(terminal: Terminal, safeguarder: str) -> Any:
    """Return the requests of `safeguarders/{s}`; for `safeguarders/-` a Safeguarder's own, or the open ones of all."""
    from psmf.evidence.v1 import review_requests_pb2 as pb

    request = pb.ListReviewRequestsRequest(parent=safeguarder)
    return terminal.call(terminal.client.reviews.ListReviewRequests, request).review_requests


def find_request(terminal: Terminal, text: str) -> FoundRequest:
    """Return the request that a text names. It is looked up in one person's requests, or in all that are open.

    Raises:
        ClientError: NOT_FOUND; USAGE when several begin with it; and for a person who is not found.
    """
    from services.client.find import the_one

    person, begins = parted(text, "reviewRequests")
    found = requests_of(terminal, terminal.safeguarder(person) if person else EVERYBODY)
    by_id = {each.name.rpartition("/")[2]: each for each in found}
    record = by_id[the_one("review request", begins, by_id, f"psmf review list {person or '-'}")]
    typed = f"{safeguarder_of(record.name)}/{short(record.name)}" if person else short(record.name)
    return FoundRequest(record, typed)


def target_named(terminal: Terminal, text: str) -> str:
    """Return the name of what a request is about, typed as `item:49b6`, or in full.

    Raises:
        CommandError: USAGE for another form.
        ClientError: NOT_FOUND; USAGE when several begin with it.
    """
    if text.startswith("safeguarders/"):
        return text
    kind, _, known = text.partition(":")
    if kind not in TARGETS or not known:
        raise CommandError("USAGE", f"{text!r} has another form. Write {', '.join(f'{each}:ID' for each in TARGETS)}.")
    if kind in _PARTS:
        named = owed_named(terminal, known) if kind == "training" else terminal.name_of("session", known)
        return f"{named}/{_PARTS[kind]}"
    if kind == "view":
        return terminal.name_of("concern", known).replace("/concerns/", "/views/")
    if kind == "action-review":
        return str(find_review(terminal, known).record.name)
    if kind == "recommendation":
        return str(find_recommendation(terminal, known).record.name)
    if kind in _IN_A_PLAN:
        person, begins = parted(known, COLLECTIONS[kind])
        return named_in(plan_named_by(terminal, known, person), kind, begins)
    return terminal.name_of(kind, known)
