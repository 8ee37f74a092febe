"""A candidate run as a shadow of the service, on the same events: it finds what the what-if forecasts (B2)."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from psmf.rules.v1 import rules_pb2 as pb
from psmf.rules.v1 import rules_pb2_grpc, simulations_pb2_grpc
from psmf.rules.v1 import simulations_pb2 as sim

from services.rules.compose import HERE, compose
from tests.rules.conftest import Rules, settings
from tests.rules.forecasts.test_simulations import a_late_report, ended, files, three_late_reports
from tests.waiting import until
from tests.world import running

PEOPLE = 6


@pytest.fixture
def shadow(rules: Rules, tmp_path: Path) -> Iterator[rules_pb2_grpc.ConcernServiceStub]:
    """The same program on another folder and an empty database, receiving from the same services."""
    folder = tmp_path / "candidate"
    shutil.copytree(HERE / "rulebook", folder)
    numbers = folder / "parameters.yaml"
    numbers.write_text(three_late_reports(numbers.read_text()))
    others = {"evidence": rules.evidence, "scheduling": rules.scheduling}
    live = settings(rules.world, folder, others)
    own = live.model_copy(update={"database": f"sqlite:///{tmp_path}/shadow.db"})
    with running(compose(own)) as channel:
        yield rules_pb2_grpc.ConcernServiceStub(channel)


def test_a_shadow_on_the_same_events_raises_what_the_what_if_foretells(
    rules: Rules, shadow: rules_pb2_grpc.ConcernServiceStub
) -> None:
    people = [f"sg-shadow-{number}" for number in range(PEOPLE)]
    for number, person in enumerate(people):
        rules.appoint(person, days=300)
        rules.record(person, *(a_late_report(person, f"late-{n}", 40 - n) for n in range(number)))
    for person in people[2:]:
        rules.raised(person, "report-late")

    def late_in_shadow() -> set[str]:
        request = pb.ListConcernsRequest(parent="safeguarders/-", page_size=500)
        listed = shadow.ListConcerns(request, **rules.as_("panel-team")).concerns
        return {concern.name.split("/")[1] for concern in listed if concern.rule == "report-late"} & set(people)

    until(lambda: late_in_shadow() == set(people[3:]), 30)
    stub = simulations_pb2_grpc.SimulationServiceStub(rules.channel)
    request = sim.SimulateRulebookRequest(files=files(change=three_late_reports), as_dated=True)
    found = ended(rules, stub, stub.SimulateRulebook(request, **rules.as_("editor")))
    gone = {c.safeguarder for c in found.what_if.concerns if c.rule == "report-late" and not c.after} & set(people)
    assert gone == set(people[2:3])
