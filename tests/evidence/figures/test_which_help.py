"""Which help helps, in counts: supports given for each standard, and what was said of it next (B16)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.evidence.domain.evidence_item import EvidenceClass, Kind, Polarity
from services.evidence.domain.plans.support import Support, Supported, SupportKind, SupportState
from services.evidence.domain.sessions.record import (
    Answer,
    Content,
    Dispute,
    RecordState,
    SessionRecord,
    View,
    ViewWord,
)
from services.evidence.domain.support_figures import Helped, Next, SupportFigure, count_supports
from tests.evidence.personal_file.build import EDITION, a_concern, an_item
from tests.evidence.plans.build import NOW, TODAY, a_need, accepted, opened

GIVEN_DAYS_AGO = 60


def given(**changes: Any) -> Support:
    """Return mentoring for an action about S2, given sixty days ago."""
    day = TODAY - timedelta(days=GIVEN_DAYS_AGO)
    return replace(accepted(**changes), state=SupportState.DELIVERED, delivered_on=day)


def a_person(*supports: Support, **known: Any) -> Helped:
    """Return somebody with one need and one action about S2."""
    usual: dict[str, Any] = {
        "needs": {"n1": a_need()}, "actions": {"a1": opened()}, "concerns": {}, "records": (), "items": (),
    }  # fmt: skip
    return Helped(supports, **usual | known)


def a_record(word: ViewWord, days: int, **changes: Any) -> SessionRecord:
    """Return a closed record of a session some days ago, with one view of S2."""
    content, on = Content((View("S2", word),)), TODAY - timedelta(days=days)
    record = SessionRecord(
        f"x{days}", "sg-one", on, "online", content, "manager-one", NOW, state=RecordState.CLOSED, shared_at=NOW
    )
    return replace(record, **changes)


def figure(*people: Helped, standard: str = "S2", kind: SupportKind = SupportKind.MENTORING) -> SupportFigure:
    """Return one figure."""
    return count_supports(people, EDITION, TODAY)[standard, kind]


def next_view(*records: SessionRecord) -> Next:
    (view,) = figure(a_person(given(), records=records)).views
    return view


def next_item(*items: Any) -> Polarity | None:
    (polarity,) = figure(a_person(given(), items=items)).items
    return polarity


def test_each_support_is_counted_with_the_standards_of_what_it_is_for() -> None:
    both = given(supported=Supported(needs=("n1",), actions=("a1",), concerns=("c1",)))
    person = a_person(both, concerns={"c1": a_concern(subject="S4.1")})
    assert set(count_supports([person], EDITION, TODAY)) == {("S2", "mentoring"), ("S4", "mentoring")}
    cited = a_person(
        given(supported=Supported(concerns=("c1",))), concerns={"c1": a_concern(subject="", standards=("S4", "S5"))}
    )
    assert [standard for standard, _ in count_supports([cited], EDITION, TODAY)] == ["S4", "S5"]
    unknown = a_person(given(supported=Supported(concerns=("gone",))))
    assert [standard for standard, _ in count_supports([unknown], EDITION, TODAY)] == [""]


def test_offered_declined_owed_and_given_stand_apart_and_only_what_was_given_has_a_next() -> None:
    states = (SupportState.DECLINED, SupportState.UNAVAILABLE, SupportState.OFFERED)
    person = a_person(given(), *(replace(accepted(), state=state) for state in states), accepted())
    found = figure(person, a_person(given()))
    assert (found.offered, found.states[SupportState.DELIVERED], found.states[SupportState.DECLINED]) == (6, 2, 1)
    assert found.views.total() == found.items.total() == 2


def test_the_first_view_after_it_was_given_counts_and_a_disputed_one_does_not() -> None:
    assert next_view() is Next.NO_VIEW
    assert next_view(a_record(ViewWord.CONCERN, GIVEN_DAYS_AGO)) is Next.NO_VIEW, "the same day is not after it"
    assert next_view(a_record(ViewWord.MET, 5), a_record(ViewWord.DEVELOPING, 20)) is Next.DEVELOPING
    assert next_view(a_record(ViewWord.NO_NEW_EVIDENCE, 20), a_record(ViewWord.MET, 5)) is Next.MET
    disputed = a_record(ViewWord.CONCERN, 20, answer=Answer(NOW, (Dispute("S2", "I asked first."),)))
    assert next_view(disputed) is Next.NO_VIEW
    assert next_view(a_record(ViewWord.MET, 20, shared_at=None)) is Next.NO_VIEW
    assert next_view(a_record(ViewWord.MET, 20, state=RecordState.WITHDRAWN)) is Next.NO_VIEW


def test_the_first_item_that_counts_is_counted_once_and_by_what_it_says_of_that_standard() -> None:
    assert next_item() is None
    assert next_item(an_item(days=GIVEN_DAYS_AGO)) is None, "it happened on that day, and not after it"
    assert next_item(an_item(1, polarity=Polarity.PRAISE, days=40), an_item(2, days=50)) is Polarity.NEUTRAL
    assert next_item(an_item(indicator="S4.1", days=40)) is None
    assert next_item(an_item(polarity=Polarity.CONCERN, days=3)) is None, "the time to reply still runs"
    assert next_item(an_item(polarity=Polarity.CONCERN, days=40)) is Polarity.CONCERN
    assert next_item(an_item(days=40, kind=Kind.ACTION_OUTCOME)) is None
    assert next_item(an_item(days=40, evidence_class=EvidenceClass.SAFETY)) is None
