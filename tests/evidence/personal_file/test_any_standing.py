"""Over random files: the order in which anything came is nothing, and what people say of themselves never counts."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.evidence.domain.evidence_item import EvidenceClass, Kind, Polarity
from services.evidence.domain.personal_file.own_standing import Practice, StandingWord, on_each_standard
from services.evidence.domain.plans.action import ActionState, Purpose
from services.evidence.domain.sessions.record import Content, RecordState, SessionRecord, View, ViewWord
from tests.evidence.personal_file.build import EDITION, a_concern, an_item, practice, words
from tests.evidence.plans.build import MANAGER, NOW, PERSON, TODAY, a_need, proposed

INDICATORS = sorted(each for ids in EDITION.indicators.values() for each in ids)
SIDES = st.sampled_from([PERSON, MANAGER])
CONCERNS = st.sampled_from(["", "c0", "c1"])


@st.composite
def items(draw: Any) -> list[Any]:
    return [
        an_item(
            number,
            draw(st.sampled_from(INDICATORS)),
            draw(st.sampled_from(Polarity)),
            draw(st.sampled_from([1, 20, 20, 200, 500])),
            kind=draw(st.sampled_from([Kind.FEEDBACK, Kind.ACTION_OUTCOME])),
            evidence_class=draw(st.sampled_from(EvidenceClass)),
        )
        for number in range(draw(st.integers(0, 4)))
    ]


@st.composite
def concerns(draw: Any) -> list[Any]:
    return [
        a_concern(
            f"c{number}",
            is_open=draw(st.booleans()),
            lane=draw(st.sampled_from(["support_need", "escalation", "safety", "data_gap"])),
            subject=draw(st.sampled_from(["", "S4", *INDICATORS])),
            on_hold=draw(st.booleans()),
            quiet=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 3)))
    ]


@st.composite
def needs(draw: Any) -> list[Any]:
    return [
        replace(a_need(draw(SIDES), concern=draw(CONCERNS)), need_id=f"n{number}")
        for number in range(draw(st.integers(0, 3)))
    ]


@st.composite
def actions(draw: Any) -> list[Any]:
    return [
        replace(
            proposed(
                draw(SIDES),
                standard=draw(st.sampled_from(sorted(EDITION.indicators))),
                purpose=draw(st.sampled_from(Purpose)),
                concern=draw(CONCERNS),
                needs=tuple(draw(st.sets(st.sampled_from(["n0", "n1", "n2"])))),
            ),
            action_id=f"a{number}",
            state=draw(st.sampled_from(ActionState)),
        )
        for number in range(draw(st.integers(0, 4)))
    ]


@st.composite
def records(draw: Any) -> list[Any]:
    return [
        SessionRecord(
            f"x{number}", "sg-one", TODAY - timedelta(days=draw(st.sampled_from([5, 5, 90]))), "online",
            Content((View("S2", draw(st.sampled_from(ViewWord))),)), "manager-one", NOW, state=RecordState.CLOSED,
            shared_at=draw(st.sampled_from([NOW, None])),
        )
        for number in range(draw(st.integers(0, 3)))
    ]  # fmt: skip


PRACTICES = st.builds(
    lambda *known: practice(**dict(zip(("items", "concerns", "needs", "actions", "records"), known, strict=True))),
    items(), concerns(), needs(), actions(), records(),
)  # fmt: skip
LISTS = ("items", "concerns", "needs", "actions", "records")


@given(known=PRACTICES, data=st.data())
def test_the_order_in_which_anything_came_is_nothing(known: Practice, data: st.DataObject) -> None:
    shuffled: dict[str, Any] = {name: data.draw(st.permutations(getattr(known, name))) for name in LISTS}
    assert on_each_standard(replace(known, **shuffled)) == on_each_standard(known)


def against(before: Practice, after: Practice) -> set[str]:
    """Return the standards whose word turned against the person."""
    adverse = {StandingWord.CONCERN: 2, StandingWord.DEVELOPING: 1}
    was, is_now = words(before), words(after)
    return {standard for standard in was if adverse.get(is_now[standard], 0) > adverse.get(was[standard], 0)}


@given(known=PRACTICES, standard=st.sampled_from(sorted(EDITION.indicators)), concern=CONCERNS)
def test_own_needs_and_own_actions_turn_no_word_against_anybody(known: Practice, standard: str, concern: str) -> None:
    """Record 0.6: no order of own needs, own actions and concerns makes anything worse than it was without them."""
    need = replace(a_need(PERSON, standard=standard, concern=concern), need_id="own")
    assert against(known, replace(known, needs=[*known.needs, need])) == set()
    plain = replace(need, named=replace(need.named, concern=""))
    action = replace(proposed(PERSON, standard=standard, needs=("own",)), action_id="own", state=ActionState.OPEN)
    more = replace(known, needs=[*known.needs, plain], actions=[*known.actions, action])
    assert against(known, more) == set()


@given(known=PRACTICES, indicator=st.sampled_from(INDICATORS), polarity=st.sampled_from(Polarity))
def test_no_item_alone_turns_a_word_against_anybody(known: Practice, indicator: str, polarity: Polarity) -> None:
    """Neither a request for help, nor what is not verified, nor anything else: rules say what is a concern."""
    for evidence_class in EvidenceClass:
        item = an_item(99, indicator, polarity, evidence_class=evidence_class)
        assert against(known, replace(known, items=[*known.items, item])) == set()


@given(known=PRACTICES, word=st.sampled_from(ViewWord))
def test_a_view_of_a_person_changes_no_word(known: Practice, word: ViewWord) -> None:
    record = SessionRecord(
        "new", "sg-one", TODAY, "online", Content((View("S2", word), View("S4", word))), "manager-one", NOW,
        state=RecordState.CLOSED, shared_at=NOW,
    )  # fmt: skip
    assert words(replace(known, records=[*known.records, record])) == words(known)


@given(known=PRACTICES)
def test_a_concern_on_hold_changes_no_word(known: Practice) -> None:
    without = [concern for concern in known.concerns if not concern.is_held]
    assert words(replace(known, concerns=without)) == words(known)
