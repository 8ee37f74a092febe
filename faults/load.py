"""Load: four clients send twenty commands a second about forty people, unevenly, and repeat one in twenty."""

import random
import threading
import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import grpc
from psmf.evidence.v1 import evidence_pb2, safeguarder_pb2

from faults.history import History, Kind, Operation, Outcome
from services.client.client import Client, may_pass
from services.demo.telling.loading import DECISION_RECORDER
from services.demo.telling.wire import PANEL_TEAM
from services.platform.calls.wire import from_word, to_date

CLIENTS, PER_SECOND = 4, 20
KEYS, SPARE = 40, 3_000
SAID_TWICE, NEW_PERSON, GIVES_UP = 0.05, 0.05, 0.3
PATIENCE_SECONDS, BETWEEN_TRIES_SECONDS = 20.0, 0.1
PEOPLE = tuple(f"sg-{number:08x}" for number in range(1, KEYS + SPARE + 1))
"""The first forty get all the load. Each of the others is entered during the load and raises one concern."""


class Asker:
    """One client's requests. It records the outcome of each in the history."""

    def __init__(self, client: Client, history: History, chance: random.Random, today: date) -> None:
        self._client = client
        self._history = history
        self._chance = chance
        self._today = today
        self.over = threading.Event()

    def enter(self, person: str) -> bool:
        """Enter a person in the register and appoint them. Return whether both were acknowledged."""
        entry = self._ask(Kind.ENTRY, person, sure=True)
        return entry.outcome is Outcome.OK and self._ask(Kind.APPOINTMENT, person, sure=True).outcome is Outcome.OK

    def tell(self, kind: Kind, person: str) -> Operation:
        """Send an item about a person."""
        return self._ask(kind, person)

    def _ask(self, kind: Kind, person: str, sure: bool = False) -> Operation:
        operation = self._history.invoke(kind, person)
        method, request = self._request(operation)
        end = time.monotonic() + PATIENCE_SECONDS
        while operation.outcome is Outcome.INVOKED:
            self._try(operation, method, request, may_give_up=time.monotonic() > end or not sure)
        if operation.outcome is Outcome.OK and self._chance.random() < SAID_TWICE:
            self._try(operation, method, request, may_give_up=True, again=True)
        return operation

    def _try(self, operation: Operation, method: Any, request: Any, may_give_up: bool, again: bool = False) -> None:
        operation.tries += 1
        started = time.monotonic()
        try:
            person = DECISION_RECORDER if operation.kind is Kind.APPOINTMENT else PANEL_TEAM
            answer = self._client.call(person, method, request)
        except grpc.RpcError as error:
            operation.problem = f"{error.code()} {error.details()}"
            if again:
                return
            if not may_pass(error):
                # After a broken attempt even a refusal does not prove that the command had no effect.
                operation.outcome = Outcome.FAIL if operation.tries == 1 else Outcome.UNKNOWN
            elif may_give_up and (self.over.is_set() or self._chance.random() < GIVES_UP):
                operation.outcome = Outcome.UNKNOWN
            self.over.wait(BETWEEN_TRIES_SECONDS)
            return
        operation.seconds = max(operation.seconds, time.monotonic() - started)
        operation.answers.add(answer.SerializeToString(deterministic=True))
        operation.outcome = Outcome.OK

    def _request(self, operation: Operation) -> tuple[Any, Any]:
        if operation.kind is Kind.ENTRY:
            return self._client.safeguarders.CreateSafeguarder, safeguarder_pb2.CreateSafeguarderRequest(
                safeguarder_id=operation.person,
                safeguarder=safeguarder_pb2.Safeguarder(display_name="Somebody invented", areas=["glasgow"], demo=True),
                request_id=operation.request_id,
                again=True,  # everybody in a load has one name
            )
        if operation.kind is Kind.APPOINTMENT:
            return self._client.safeguarders.RecordMinisterialDecision, self._appointment(operation)
        return self._client.evidence.CreateEvidenceItem, self._item(operation)

    def _appointment(self, operation: Operation) -> Any:
        return safeguarder_pb2.RecordMinisterialDecisionRequest(
            name=f"safeguarders/{operation.person}",
            kind=safeguarder_pb2.RecordMinisterialDecisionRequest.KIND_APPOINTED,
            effective_date=to_date((self._today - timedelta(days=45)).replace(day=1)),
            term_months=36,
            legal_basis=safeguarder_pb2.LegalBasis(
                instrument="SSI 2012/54", provision="reg 7(1)", version="as amended by SSI 2016/61"
            ),
            recommended_by=PANEL_TEAM,
            request_id=operation.request_id,
        )

    def _item(self, operation: Operation) -> Any:
        incident = operation.kind is Kind.INCIDENT
        indicator, polarity = ("S5.1", "concern") if incident else ("S2.2", "neutral")
        mapping = evidence_pb2.Mapping(
            standard=indicator[:2], indicator=indicator, polarity=from_word(evidence_pb2.Polarity, polarity)
        )
        seen = to_date(self._today - timedelta(days=self._chance.randint(2, 20)))
        item = evidence_pb2.EvidenceItem(
            kind=from_word(evidence_pb2.EvidenceKind, "feedback"),
            source=from_word(evidence_pb2.EvidenceSource, "local_authority"),
            aspect=from_word(evidence_pb2.Aspect, "practice"),
            setting=from_word(evidence_pb2.Setting, "appointment"),
            evidence_class=from_word(evidence_pb2.EvidenceClass, "safety" if incident else "standard"),
            happened_date=seen,
            received_date=to_date(self._today),
            summary="Invented.",
            case_reference=operation.mark,
            mappings=[mapping],
        )
        return evidence_pb2.CreateEvidenceItemRequest(
            parent=f"safeguarders/{operation.person}", evidence_item=item, request_id=operation.request_id
        )


class Load:
    """Four clients that work until they are stopped. Use it as a context manager."""

    def __init__(
        self,
        askers: Sequence[Asker],
        spare: list[str],
        seed: str,
        per_second: float = PER_SECOND,
        new_people: float = NEW_PERSON,
    ) -> None:
        self._new_people = new_people
        self._askers = askers
        self._spare = spare
        self._pause = len(askers) / per_second
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(asker, random.Random(f"{seed} {number}")), daemon=True)
            for number, asker in enumerate(askers)
        ]

    def __enter__(self) -> "Load":
        for asker in self._askers:
            asker.over.clear()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._over.set()
        for asker in self._askers:
            asker.over.set()
        for thread in self._threads:
            thread.join()

    def _work(self, asker: Asker, chance: random.Random) -> None:
        weights = [1 / place for place in range(1, KEYS + 1)]
        while not self._over.wait(self._pause * chance.uniform(0.5, 1.5)):
            if chance.random() < self._new_people and self._spare:
                person = self._spare.pop()
                if asker.enter(person):
                    asker.tell(Kind.INCIDENT, person)
            else:
                asker.tell(Kind.ITEM, chance.choices(PEOPLE[:KEYS], weights)[0])
