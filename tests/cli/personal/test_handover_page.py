"""What somebody who takes over as support manager reads: what is left open first, then the Safeguarder's own view."""

from datetime import date

from psmf.evidence.v1 import personal_file_pb2 as pb

from services.cli.personal.handover import handover_text
from services.client.lines import UNLIMITED
from services.platform.calls.wire import to_date
from tests.cli.plan.a_plan import CONCERN, FILE, NAMES, RECORD, SUPPORT

DAY = to_date(date(2026, 11, 2))
STANDING = pb.MyStanding(name=f"{FILE}/standing", as_of_date=DAY, since_date=DAY, edition="2015-07")


def page(**parts: object) -> str:
    found = pb.Handover(name=f"{FILE}/handover", standing=STANDING, **parts)  # type: ignore[arg-type]
    return handover_text(found, NAMES, UNLIMITED)


def test_what_was_carried_stands_with_its_words_and_a_dispute_with_the_safeguarders() -> None:
    carried = pb.CarriedOver(about=CONCERN, record=RECORD, held_date=DAY, words="There was no time.")
    disputed = pb.CarriedOver(about="S2", record=RECORD, held_date=DAY, disputed=True, words="It was one agency.")
    text = page(carried=[carried, disputed])
    assert text.startswith("Handover · Demo Effie Lochend (sg-02218697) · 2 November 2026")
    assert 'carried forward on 2 November 2026: "There was no time."' in text
    assert 'S2 Relationships, disputed, and not answered yet on 2 November 2026: "It was one agency."' in text


def test_the_teams_debts_come_before_the_own_view() -> None:
    owed = pb.Due(
        kind=pb.Due.KIND_DELIVER_SUPPORT, owed_by=pb.Due.OWED_BY_PANEL_TEAM, about=SUPPORT, due_date=DAY, passed=True
    )
    text = page(team_owes=[owed])
    assert text.index("A support that was accepted, from the Team, by 2 November 2026.") < text.index("Standing ·")


def test_an_empty_page_says_that_nothing_is_open_or_owed() -> None:
    lines = page().splitlines()
    assert [" ".join(line.split()) for line in lines if line.startswith(("Left", "The Team"))] == [
        "Left open nothing.",
        "The Team owes nothing.",
    ]
