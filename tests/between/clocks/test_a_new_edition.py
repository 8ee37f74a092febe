"""A new edition of the Practice Standards takes effect while something is open: each page reads it under the new ones.

This closes the kind of fault in which a service goes on by the standards of the edition before.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import personal_file_pb2 as pb

from services.cli.personal.shown import standing_text
from services.cli.session.reading import Names
from services.client.lines import UNLIMITED
from tests.between.together import START, Together, together
from tests.builders import a_mapping
from tests.rules.domain.evidence.editions import NEW, SECOND_FROM, a_folder_with_two_editions

CHANGE_ON = (START + timedelta(days=29)).date()
"""1 December 2026."""


@pytest.fixture
def running(database_kind: str, tmp_path: Path) -> Iterator[Together]:
    """The four services by a rulebook with a second edition from 1 December 2026, and its crosswalk."""
    folder = a_folder_with_two_editions(tmp_path / "rulebook")
    edition = folder / "standards" / "2026-07.yaml"
    edition.write_text(edition.read_text().replace(str(SECOND_FROM), str(CHANGE_ON)))
    with together(tmp_path, rulebook=folder) as suite:
        yield suite


def standing(suite: Together, safeguarder_id: str, person: str) -> pb.MyStanding:
    request = pb.GetMyStandingRequest(name=f"safeguarders/{safeguarder_id}/standing")
    answer: pb.MyStanding = suite.personal_file.GetMyStanding(request, **suite.as_(person))
    return answer


def test_an_open_concern_is_read_under_what_its_standard_became_on_the_day_itself(running: Together) -> None:
    """P13: over the wire. Before, the person's standing left it out, and P12 stood before P2."""
    running.appoint("sg-one")
    for source in (items.EVIDENCE_SOURCE_SHERIFF, items.EVIDENCE_SOURCE_REPORTER):
        running.share(running.record("sg-one", source=source, mappings=[a_mapping("S3.2")]))
    running.until(CHANGE_ON - timedelta(days=1))
    before = {each.standard: each for each in standing(running, "sg-one", "person-one").standards}
    assert list(before) == ["E", *(f"S{number}" for number in range(1, 8))]
    (concern,) = before["S3"].concerns
    running.days(1)
    for person in ("person-one", "panel-team"):
        now = standing(running, "sg-one", person)
        assert now.edition == "2026-07"
        assert [each.standard for each in now.standards] == list(NEW)
        assert {each.standard for each in now.standards if list(each.concerns) == [concern]} == {"P3"}
        assert {each.standard for each in now.standards if each.word == pb.StandardStanding.WORD_CONCERN} == {"P3"}
    page = standing_text(now, Names("Demo One", "sg-one", {"P3": "P3 Invented"}, {concern: "a theme"}), UNLIMITED)
    assert "\nP3 Invented\n  Concern. No action is open for it yet.\n" in page
