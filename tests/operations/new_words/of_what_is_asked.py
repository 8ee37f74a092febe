"""Every word of drafts, searches and lists of what waits, made by the public methods. No event tells of them."""

from typing import Any

from psmf.evidence.v1 import drafts_pb2 as drafts
from psmf.evidence.v1 import evidence_pb2 as evidence
from psmf.evidence.v1 import safeguarder_pb2 as register
from psmf.rules.v1 import rules_pb2 as rules

from services.platform.calls.wire import to_date
from tests.builders import an_item, days_ago
from tests.operations.every_word_of_a_plan import TEAM, Doing


def make_every_word_of_what_is_asked(office: Doing, person: str) -> None:
    """Begin drafts about a person, search for the person, and ask what waits and what each rule answers."""
    client, parent = office.client, f"safeguarders/{person}"
    for kind in _each(drafts.Draft.Kind):
        begun = drafts.CreateDraftRequest(kind=kind, safeguarder=parent, step="summary")
        office.does(TEAM, client.drafts.CreateDraft, begun)
    # The whole id, its beginning, the beginning of a name, and a slip of the pen.
    for query in (person, person[:-1], "Demo", "Dmeo Person"):
        wanted = register.SearchSafeguardersRequest(query=query)
        office.does(TEAM, client.safeguarders.SearchSafeguarders, wanted)
    for waiting_for in _each(evidence.WaitingFor):
        asked = evidence.ListEvidenceItemsRequest(parent=parent, waiting_for=waiting_for)
        office.answers.append(asked)
        office.does(TEAM, client.evidence.ListEvidenceItems, asked)
    office.does(TEAM, client.concerns.EvaluateSafeguarder, rules.EvaluateSafeguarderRequest(name=parent))


def ask_what_is_alike(office: Doing, person: str, **said: Any) -> None:
    """Ask what is like an item on file: one of the same day, and one of the day before."""
    for ago in (22, 23):
        item = an_item(happened_date=to_date(days_ago(ago)), **said)
        asked = evidence.FindSimilarEvidenceItemsRequest(parent=f"safeguarders/{person}", evidence_item=item)
        office.does(TEAM, office.client.evidence.FindSimilarEvidenceItems, asked)


def _each(words: Any) -> list[Any]:
    return [number for number in words.values() if number]
