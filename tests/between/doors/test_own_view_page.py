"""The first part of docs/safeguarders.md is true: what waits for a Safeguarder, their answer, and where they stand.

The kind that this closes: a page tells people what to type, and the command answers something else.
"""

import re
import shlex
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as items

from services.platform.calls.wire import to_date
from tests.between.doors.test_commands import Door
from tests.between.together import Together, together
from tests.builders import a_mapping, a_request_id, an_applicant, an_appointment
from tests.pages import DOCS, Command, says, steps
from tests.world import PEOPLE

HEADING, NEXT = "## What waits for you, and where you stand", "## What is held about you"
PAGE = (DOCS / "safeguarders.md").read_text().partition(HEADING)[2].partition(NEXT)[0]
SAFEGUARDER, PERSON, MANAGER = "sg-02218697", "person-sg-02218697", "support-manager-east-1"
AS = re.compile(r" --as (\S+)")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """The services, with the two people of the page."""
    others = {name: entry for name, entry in PEOPLE.items() if entry["role"] != "support_manager"}
    own = {MANAGER: PEOPLE["manager-one"], PERSON: {"role": "safeguarder", "subject": SAFEGUARDER}}
    with together(tmp_path_factory.mktemp("standing"), others | own) as services:
        entry = an_applicant(SAFEGUARDER, display_name="Demo Effie Lochend")
        services.safeguarders.CreateSafeguarder(entry, **services.as_("panel-team"))
        appointed = an_appointment(SAFEGUARDER, services.today - timedelta(days=730))
        services.safeguarders.RecordMinisterialDecision(appointed, **services.as_("recorder"))
        services.settle()
        yield services


def on_file(running: Together) -> dict[str, str]:
    """Put on file what the page shows. Return the start of each id by the id on the page."""
    praise = running.record(
        SAFEGUARDER,
        kind=items.EVIDENCE_KIND_COMMENDATION,
        source=items.EVIDENCE_SOURCE_PANEL_MEMBER,
        mappings=[a_mapping("S2.1", items.POLARITY_PRAISE)],
        received_date=to_date(running.today - timedelta(days=22)),
    )
    feedback = running.share(running.record(SAFEGUARDER, mappings=[a_mapping("S2.2")]))
    action = running.plans.CreateAction(
        plans.CreateActionRequest(
            parent=f"safeguarders/{SAFEGUARDER}",
            kind=plans.Action.KIND_CHANGE_PRACTICE,
            purpose=plans.Action.PURPOSE_IMPROVE,
            standard="S2",
            aim="Reporters know of each visit.",
            measure="A note of each call is on file.",
            owner=plans.Action.OWNER_SAFEGUARDER,
            due_date=to_date(running.today + timedelta(days=60)),
            request_id=a_request_id(),
        ),
        **running.as_(MANAGER),
    )
    running.settle()
    found: dict[str, Any] = {"b71e90c2": praise, "49b6794c": feedback, "a40f1200": action}
    return {known: record.name.rpartition("/")[2][:8] for known, record in found.items()}


def test_what_waits_and_where_somebody_stands_is_as_the_page_has_it(running: Together, tmp_path: Path) -> None:
    """R9, R16: a Safeguarder reads what waits, answers, and reads where they stand."""
    door, ids, done = Door(running, tmp_path), on_file(running), []
    for step in steps(PAGE):
        assert isinstance(step, Command)
        (person,) = AS.findall(step.line)
        typed = AS.sub("", step.line)
        for shown, known in ids.items():
            typed = typed.replace(shown, known)
        answered = door.psmf(person, *shlex.split(typed)[1:])
        assert answered.returncode == 0, f"$ {step.line}\n{answered.stderr}"
        answer = answered.stdout + answered.stderr
        assert says(answer, AS.sub("", step.answer)), f"$ {step.line}\n{answer}"
        running.settle()
        done.append(typed.split()[1])
    assert done == ["waiting", "action", "standing"]
    assert door.data(PERSON, "standing") | {"sources": []} == door.data("senior-manager", "standing", SAFEGUARDER) | {
        "sources": []
    }


def test_somebody_who_is_no_safeguarder_names_one_and_has_no_list_of_their_own(
    running: Together, tmp_path: Path
) -> None:
    door = Door(running, tmp_path)
    for command, said in (("standing", "Name the Safeguarder."), ("waiting", "Only a Safeguarder has this list.")):
        answered = door.psmf("panel-team", command)
        assert answered.returncode != 0
        assert said in answered.stderr
