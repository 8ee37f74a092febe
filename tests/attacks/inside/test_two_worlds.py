"""Two worlds that differ in one person's secrets answer alike to whom they are not for (reliability S8, S17).

One world is the other before something was recorded. Nothing else happens between, and the clock stands still: who can
tell the answers apart has learnt of it. The person themselves must not either, before a person shares it with them.
"""

import random
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor_pool import Default
from google.protobuf.message_factory import GetMessageClass
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import drafts_pb2, drafts_pb2_grpc, safeguarder_pb2
from psmf.evidence.v1 import evidence_pb2 as items

from services.platform.calls.wire import to_date
from tests.access.table import Method, methods
from tests.answers import is_answered
from tests.attacks.attempts import attempted
from tests.attacks.inside.plausible import names_on_file
from tests.attacks.inside.whole_suite import Whole
from tests.builders import a_mapping, a_request_id
from tests.sizes import WHOLE, part_of
from tests.waiting import HUNG
from tests.world import SERVICES

PAIRS = part_of(500) // (1 if WHOLE else 10)
ASKED = 40 if WHOLE else 12
"""Calls in each of the two worlds, chosen again for each pair."""
STRANGERS = ("person-two", "manager-three", "manager-four", "partner", "official", "recorder", "editor")
SUBJECT = "person-one"
FOR_ALL = {"ReadFeed", "WatchAlerts"}
"""Streams that never end."""
FIGURES = {"GetKpiReport", "GetKpiSeries", "ListKpiReports", "ListRules", "GetRule", "GetSupportFigures"}
"""Figures over everybody. They change with what they count, and are withheld where they count fewer than five."""
SOURCES = (items.EVIDENCE_SOURCE_REPORTER, items.EVIDENCE_SOURCE_CHILD, items.EVIDENCE_SOURCE_SHERIFF)
AUTHORS = ("manager-one", "manager-two", "panel-team")
"""Who begins drafts: nobody may have more than fifty."""
STANDARDS = ("S2.1", "S3.2", "S4.1")
PARTS = ("", "/standing", "/handover", "/developmentPlan", "/file", "/allocation", "/duties", "/timeline")
Call = tuple[str, str, str, bytes]
"""Who calls which service, by which path, with what."""


@pytest.fixture(scope="module")
def names(doors: Whole) -> list[str]:
    """Names of what is on file about sg-one, and of records of both people that each has once."""
    of_one = ("safeguarders/-", "safeguarders/sg-one", "safeguarders/sg-two", "safeguarders/sg-nobody")
    return [*names_on_file(doors), *(one + part for one in of_one for part in PARTS)]


def reads() -> list[Method]:
    """Return every method that reads and ends."""
    return [each for each in methods() if not each.rules.writes and each.name not in FOR_ALL | FIGURES]


def calls(names: list[str], people: tuple[str, ...], chance: random.Random, latest: str) -> list[Call]:
    """Return calls that read something, by people who may or may not. `latest`: what was recorded last."""
    made: list[Call] = []
    for method in chance.choices(reads(), k=ASKED):
        request: Any = GetMessageClass(Default().FindMethodByName(method.rules.path[1:].replace("/", ".")).input_type)()
        for field in ("name", "parent"):
            if field in request.DESCRIPTOR.fields_by_name:
                setattr(request, field, chance.choice([*names, latest] if field == "name" else names[:2]))
        service = chance.choice(SERVICES) if method.service == "platform" else method.service
        made.append((chance.choice(people), service, method.rules.path, request.SerializeToString()))
    return made


def answers(doors: Whole, asked: list[Call]) -> list[tuple[Any, ...]]:
    """Return all that the callers are told."""
    told: list[tuple[Any, ...]] = []
    for person, service, path, body in asked:
        method: Any = doors.running.services[service].channel.unary_stream(path)
        try:
            told.append(tuple(method(body, timeout=HUNG, **doors.running.as_(person))))
        except grpc.RpcError as problem:
            told.append((problem.code().name, problem.details()))
    return told


def _sees(doors: Whole, person: str) -> bool:
    """Return whether somebody may read the file. Tests of hostile texts before this one may have declared a link."""
    running, request = doors.running, safeguarder_pb2.GetSafeguarderRequest(name="safeguarders/sg-one")
    return is_answered(lambda: running.safeguarders.GetSafeguarder(request, **running.as_(person)))


def record_secret(doors: Whole, chance: random.Random, *, shown: bool) -> str:
    """Record something about sg-one, and return its name. `shown`: whether it may be such as the person is shown."""
    running = doors.running
    # That there is a draft about them is the person's to know, and so is what they name themselves.
    kind = chance.choice(["item", *(["draft", "need", "shared", "safety"] if shown else [])])
    author = chance.choice(AUTHORS)
    if kind == "draft" and _sees(doors, author):
        stub = drafts_pb2_grpc.DraftServiceStub(running.services["evidence"].channel)
        asked = drafts_pb2.CreateDraftRequest(
            kind=drafts_pb2.Draft.KIND_EVIDENCE_ITEM, safeguarder="safeguarders/sg-one", request_id=a_request_id()
        )
        return str(stub.CreateDraft(asked, **running.as_(author)).name)
    if kind == "need":
        need = plans.CreateNeedRequest(
            parent="safeguarders/sg-one", standard="S2", words="To ring before.", request_id=a_request_id(), again=True
        )
        return str(running.plans.CreateNeed(need, **running.as_(SUBJECT)).name)
    # What the Team reads as praise or as neutral is the person's to read at once.
    polarities = items.Polarity.values()[1:] if shown else [items.POLARITY_CONCERN]
    day = to_date(running.ago(chance.randint(1, 300)))
    indicator = "S5.1" if kind == "safety" else chance.choice(STANDARDS)
    # In the words of a complaint nobody records feedback.
    words = "".join(chance.choices("aeioulmnr", k=9))
    item = running.record(
        "sg-one",
        kind=chance.choice([items.EVIDENCE_KIND_FEEDBACK, items.EVIDENCE_KIND_COMPLAINT]),
        source=chance.choice(SOURCES),
        happened_date=day,
        received_date=day,
        mappings=[a_mapping(indicator, polarity=chance.choice(polarities))],
        evidence_class=items.EVIDENCE_CLASS_SAFETY if kind == "safety" else None,
        summary=f"They said {words}:",
    )
    return str(running.share(item).name if kind == "shared" else item.name)


@pytest.mark.parametrize("people", [STRANGERS, (SUBJECT,)], ids=["others", "the person"])
def test_nobody_learns_of_what_is_not_for_them(doors: Whole, names: list[str], people: tuple[str, ...]) -> None:
    """In `make long` five hundred pairs, for each of which forty calls are made in both worlds."""
    got_through, latest = [], "safeguarders/sg-one/evidenceItems/none"
    for pair in range(PAIRS):
        chance = random.Random(f"{people}{pair}")
        asked = calls(names, people, chance, latest)
        before = answers(doors, asked)
        latest = record_secret(doors, chance, shown=people != (SUBJECT,))
        doors.running.settle()
        found = zip(asked, before, answers(doors, asked), strict=True)
        got_through += [(call[0], call[2], was, is_now) for call, was, is_now in found if was != is_now]
    attempted("Pairs of worlds that differ in one person's secrets", PAIRS, got_through)
