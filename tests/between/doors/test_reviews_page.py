"""docs/reviews.md is true: a review is asked for, given to somebody outside the chain, and decided.

The kind that this closes: a page tells people what to type, and the command answers something else.
"""

import re
import shlex
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from psmf.evidence.v1 import review_requests_pb2 as pb
from psmf.evidence.v1 import reviewers_pb2

from tests.between.doors.test_commands import Door
from tests.between.together import Together, together
from tests.builders import a_mapping, an_applicant, an_appointment
from tests.pages import DOCS, Command, says, steps
from tests.world import PEOPLE

PAGE = (DOCS / "reviews.md").read_text()
SAFEGUARDER, PERSON, MANAGER = "sg-02218697", "person-sg-02218697", "support-manager-east-1"
AS = re.compile(r" --as (\S+)")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """The services, with the people of the page."""
    others = {name: entry for name, entry in PEOPLE.items() if entry["role"] != "support_manager"}
    own = {MANAGER: PEOPLE["manager-one"], PERSON: {"role": "safeguarder", "subject": SAFEGUARDER}}
    own["senior-manager-head"] = {"role": "senior_manager", "level": 3}
    with together(tmp_path_factory.mktemp("reviews"), others | own) as services:
        entry = an_applicant(SAFEGUARDER, display_name="Demo Catriona Inverarity")
        services.safeguarders.CreateSafeguarder(entry, **services.as_("panel-team"))
        appointed = an_appointment(SAFEGUARDER, services.today - timedelta(days=730))
        services.safeguarders.RecordMinisterialDecision(appointed, **services.as_("recorder"))
        services.settle()
        yield services


def bars_of_its_reviewer(running: Together) -> list[int]:
    """Return what keeps the reviewer of the one open request from deciding it, as the list of reviewers has it."""
    everybody, team = pb.ListReviewRequestsRequest(parent=f"safeguarders/{SAFEGUARDER}"), running.as_("panel-team")
    (asked,) = running.reviews.ListReviewRequests(everybody, **team).review_requests
    listed = running.reviews.ListReviewers(reviewers_pb2.ListReviewersRequest(name=asked.name), **team).reviewers
    (bars,) = ([*one.bars] for one in listed if one.person == asked.reviewer)
    return bars


def test_a_review_is_asked_for_and_decided_as_the_page_has_it(running: Together, tmp_path: Path) -> None:
    """R92, R93, D6: a Safeguarder asks, the Team finds a reviewer, and what follows from the decision follows."""
    door, done = Door(running, tmp_path), []
    item = running.share(running.record(SAFEGUARDER, mappings=[a_mapping("S2.2")]))
    ids = {"49b6794c": item.name.rpartition("/")[2][:8]}
    for step in steps(PAGE):
        assert isinstance(step, Command)
        (person,) = AS.findall(step.line)
        typed = AS.sub("", step.line)
        for shown, known in ids.items():
            typed = typed.replace(shown, known)
        if typed.split()[2] == "decide":
            assert bars_of_its_reviewer(running) == [], "the one who has it is never below themselves"
        answered = door.psmf(person, *shlex.split(typed)[1:])
        answer = answered.stdout + answered.stderr
        assert says(answer, AS.sub("", step.answer)), f"$ {step.line}\n{answer}"
        running.settle()
        asked = running.reviews.ListReviewRequests(
            pb.ListReviewRequestsRequest(parent=f"safeguarders/{SAFEGUARDER}"), **running.as_("panel-team")
        ).review_requests
        ids["5d20aa11"] = asked[0].name.rpartition("/")[2][:8]
        done.append(typed.split()[2])
    assert done == ["ask", "list", "accept", "reviewers", "assign", "assign", "state", "decide", "show"]
