"""Recommendations as people name them, and readiness as it is read."""

from typing import Annotated, Any, NamedTuple

import typer

from services.cli.plan.reading import person_or_oneself
from services.cli.terminal import Terminal
from services.client.words import safeguarder_of, short

RECOMMENDATION = Annotated[
    str,
    typer.Argument(
        metavar="PERSON/ID", help="The start of its id, after the person. A Safeguarder may leave out PERSON/."
    ),
]
_COLLECTION = "recommendations"


class Found(NamedTuple):
    """A recommendation with its pack, as somebody named it."""

    pack: Any
    typed: str
    """How the same person names it again."""

    @property
    def record(self) -> Any:
        """The recommendation."""
        return self.pack.recommendation


def readiness_of(terminal: Terminal, safeguarder: str) -> Any:
    """Return how ready everything is for the reappointment of `safeguarders/{s}`."""
    from psmf.evidence.v1 import recommendations_pb2 as pb

    request = pb.GetReadinessRequest(parent=safeguarder)
    return terminal.call(terminal.client.recommendations.GetReadiness, request)


def find_recommendation(terminal: Terminal, text: str) -> Found:
    """Return the recommendation that a text names, with its pack. A full name is asked for without a look-up.

    Raises:
        ClientError: NOT_FOUND; USAGE when several begin with it.
        CommandError: USAGE without a person, unless it is the caller's own.
    """
    from psmf.evidence.v1 import recommendations_pb2 as pb

    from services.client.find import the_one

    name = text
    if not text.startswith("safeguarders/"):
        person, begins = person_or_oneself(terminal, text, _COLLECTION)
        known = readiness_of(terminal, person).recommendations
        by_id = {each.name.rpartition("/")[2]: str(each.name) for each in known}
        command = f"psmf recommendation readiness {safeguarder_of(person)}"
        name = by_id[the_one("recommendation", begins, by_id, command)]
    request = pb.GetRecommendationPackRequest(name=name)
    pack = terminal.call(terminal.client.recommendations.GetRecommendationPack, request)
    return Found(pack, text if text.startswith("safeguarders/") else typed_name(text, name))


def typed_name(text: str, name: str) -> str:
    """Return how a recommendation is named again: with its person if it was typed so."""
    return f"{safeguarder_of(name)}/{short(name)}" if "/" in text else short(name)
