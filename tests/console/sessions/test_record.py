"""The record of a session on pages: saved part by part, shared once it is whole, and both sides' words side by side."""

import html

import pytest

from services.console.calls.sessions import put
from services.console.failures import MaybeDone, NotDone
from services.console.forms import record as forms
from services.console.views.sessions.agenda import agenda_of
from services.refusals import conflict, invalid, precondition
from tests.console.fixtures.my_file import ME
from tests.console.fixtures.session_records import OUTCOME, RECORD, VIEW, a_record, content, disputed, tasks, text
from tests.console.fixtures.sessions import ENTRY, HELD, OWN, SESSION, beside, entry, held, papers
from tests.console.sessions.desk import PAGE, Desk, hidden

S2 = f"{PAGE}/record/S2"
OWN_PAGE = "/my-file/sessions/s-2"
BASIS = {"word": "developing", "ticked-1": f"{ME}/evidenceItems/e-1", "words": "We spoke of how Reporters are told."}


@pytest.fixture
def held_desk(desk: Desk) -> Desk:
    desk.told.session_now = held()
    return desk


@pytest.fixture
def own(held_desk: Desk) -> Desk:
    held_desk.sits("person-sg-1")
    held_desk.told.record_now = a_record(RECORD.STATE_SHARED)
    return held_desk


def states(view: object) -> list[str]:
    return [task.tag.text for group in view.groups for task in group.tasks]  # type: ignore[attr-defined]


def test_a_record_has_a_part_for_everything_on_the_agenda_and_each_standard_praise_first() -> None:
    agenda = agenda_of(papers(), beside(), HELD.date())
    kinds = [part.kind for part in agenda.parts]
    assert kinds == ["praise", "own", "matter", *["view"] * 4, "child", "spoken"]
    assert agenda.part("S2") is not None
    assert agenda.part("u-1") is None, "what becomes of a support is said on it"


def test_what_was_disputed_last_time_of_a_standard_is_answered_by_its_view() -> None:
    carried = papers(
        entries=[entry(ENTRY.SECTION_CARRIED, "S2"), entry(ENTRY.SECTION_CARRIED, f"{SESSION}/ownItems/o-7")]
    )
    parts = agenda_of(carried, beside(), HELD.date()).parts
    assert [part.id for part in parts if part.kind in ("own", "matter")] == ["o-7", "o-1"]


def test_while_the_plan_is_not_final_the_record_asks_why_and_the_plan_keeps_it(held_desk: Desk) -> None:
    open_plan = beside(is_final=False)
    assert [part.id for part in agenda_of(papers(), open_plan, HELD.date()).parts][-1] == "plan"
    assert agenda_of(papers(number=0), open_plan, HELD.date()).part("plan") is None, "an extra one-to-one needs none"
    held_desk.told.around = open_plan
    held_desk.told.record_now = a_record()
    address = f"{PAGE}/record/plan"
    assert held_desk.send(address, words=" ").status == 422
    assert held_desk.send(address, words="We meet again in January.").status == 303
    assert held_desk.told.made == [(ME, "We meet again in January.")]


def test_a_part_says_whether_it_is_begun_or_done() -> None:
    assert set(states(tasks(None))) == {"Not started", "If you like"}
    assert set(states(tasks(a_record()))) == {"Done"}
    without = content(views=[VIEW(standard="S2", word=VIEW.WORD_CONCERN)], outcomes=[])
    found = tasks(a_record(content=without))
    assert states(found)[4] == "Started", "a concern rests on something in the papers"
    assert (found.progress, found.share) == ("1 of 8 parts are done.", None)


@pytest.mark.parametrize(
    ("kind", "typed", "faults"),
    [
        ("view", {"word": "met"}, {}),
        ("view", {}, {"word"}),
        ("view", {"word": "acknowledged"}, {"word"}),
        ("view", {"word": "concern"}, {"ticked"}),
        ("view", {"word": "no_new_evidence", "ticked-1": "e"}, {}),
        ("matter", {"word": "no_action"}, {"words"}),
        ("matter", {"word": "settled", "words": "x"}, {"word"}),
        ("matter", {"word": "action"}, {"action"}),
        ("matter", {"word": "action", "action": "a"}, {}),
        ("own", {"word": "settled", "words": "x"}, {}),
        ("praise", {}, {}),
        ("child", {}, {"words"}),
        ("child", {"words": "x" * 4001}, {"words"}),
        ("spoken", {}, {}),
    ],
)
def test_a_part_asks_for_what_the_record_needs_of_it(kind: str, typed: dict[str, str], faults: set[str]) -> None:
    read = forms.read(forms.Part("x", kind, "x"), typed, forms.Offered(["e"], ["a"], ["a"]))
    assert set(read.faults) == (faults or set())


def test_a_part_that_is_saved_leaves_every_other_part_as_it_is() -> None:
    before = content()
    after = put(before, forms.Part("S2", "view", "S2"), forms.Typed("met", "Well seen."))
    assert [view.standard for view in after.views] == [view.standard for view in before.views]
    assert forms.held_in(after, forms.Part("S2", "view", "S2")) == forms.Typed("met", "Well seen.")
    after.views[1].CopyFrom(before.views[1])
    assert after == before
    new = put(before, forms.Part("c-9", "matter", "c-9"), forms.Typed("no_action", "Explained."))
    assert new.outcomes[-1] == OUTCOME(item="c-9", word=OUTCOME.WORD_NO_ACTION, words="Explained.")


def test_the_first_part_begins_the_record_and_the_next_one_changes_it(held_desk: Desk) -> None:
    answer = held_desk.send(S2, **BASIS)
    assert (answer.status, answer.header("location")) == (303, f"{PAGE}/record")
    assert "This part is saved." in held_desk.served.get(f"{PAGE}/record").text
    assert held_desk.send(f"{PAGE}/record/child", words="Children are heard.").status == 303
    (_, first, begun), (_, second, changed) = held_desk.told.made
    assert (begun, changed) == ("", "10")
    assert (len(first.views), first.child_interest) == (1, "")
    assert (len(second.views), second.child_interest) == (1, "Children are heard.")


def test_a_wrong_answer_comes_back_as_it_was_typed(held_desk: Desk) -> None:
    answer = held_desk.send(S2, word="concern", words="It was late.")
    assert answer.status == 422
    assert "Choose at least one of the papers" in answer.text
    assert "It was late." in answer.text
    assert held_desk.told.made == []


def test_two_windows_on_two_parts_both_save_and_on_one_part_nothing_is_overwritten_unseen(held_desk: Desk) -> None:
    held_desk.told.record_now = a_record(content=content(child_interest=""))
    one, other, child = (held_desk.served.get(path) for path in (S2, S2, f"{PAGE}/record/child"))
    assert held_desk.again(one, S2, **BASIS).status == 303
    assert held_desk.again(child, f"{PAGE}/record/child", words="Children are heard.").status == 303
    late = held_desk.again(other, S2, word="met", words="All is well.")
    assert late.status == 409
    assert "It is saved now as: Developing. We spoke of how Reporters are told." in html.unescape(late.text)
    assert "All is well." in late.text
    assert held_desk.again(late, S2, word="met", words="All is well.").status == 303


def test_pressing_the_button_twice_saves_once(held_desk: Desk) -> None:
    opened = held_desk.served.get(S2)
    assert [held_desk.again(opened, S2, **BASIS).status for _ in range(2)] == [303, 303]
    assert len(held_desk.told.made) == 1


def test_when_evidence_is_away_the_words_stay_and_are_sent_again(held_desk: Desk) -> None:
    held_desk.told.fails = MaybeDone("evidence")
    answer = held_desk.send(S2, **BASIS)
    assert answer.status == 503
    assert BASIS["words"] in answer.text
    held_desk.told.fails = None
    assert held_desk.again(answer, S2).status == 303


@pytest.mark.parametrize(
    ("refusal", "status", "says"),
    [
        (invalid("TEXT_MAY_NAME_A_CHILD", "…", "content.views[0].words"), 422, "This may name a child."),
        (precondition("SESSION_NOT_HELD", "…", "parent"), 422, "hears in a few seconds"),
        (conflict("ETAG_MISMATCH", "…", "etag"), 409, "This part was changed after you opened it"),
        (precondition("RECORD_SHARED", "…", "name"), 409, ""),
    ],
)
def test_a_refusal_keeps_the_words(held_desk: Desk, refusal: Exception, status: int, says: str) -> None:
    held_desk.told.fails = NotDone(refusal)  # type: ignore[arg-type]
    answer = held_desk.send(S2, **BASIS)
    assert answer.status == status
    assert says in answer.text
    assert BASIS["words"] in answer.text


def test_only_a_session_that_took_place_has_a_record_to_write(held_desk: Desk) -> None:
    held_desk.told.session_now = Desk.told_before()
    answer = held_desk.served.get(f"{PAGE}/record")
    assert (answer.status, "Say first who was there." in answer.text) == (409, True)
    assert held_desk.served.get(S2).status == 404


def test_a_record_is_shared_once_every_part_is_done(held_desk: Desk) -> None:
    held_desk.told.record_now = a_record(content=content(child_interest=""))
    assert held_desk.served.get(f"{PAGE}/share").header("location") == f"{PAGE}/record"
    held_desk.told.record_now = a_record()
    answer = held_desk.send(f"{PAGE}/share")
    assert (answer.status, answer.header("location")) == (303, f"{PAGE}/record")
    shared = held_desk.served.get(f"{PAGE}/record")
    assert "It is shared. Demo Effie Lochend has been told." in shared.text
    assert "has until Tuesday 15" in html.unescape(shared.text)
    assert held_desk.served.get(S2).status == 404, "a text that is shared changes only with a reason"


def test_a_plan_that_is_not_final_is_said_in_the_place_of_sharing(held_desk: Desk) -> None:
    held_desk.told.record_now = a_record()
    opened = held_desk.served.get(f"{PAGE}/share")
    held_desk.told.fails = NotDone(precondition("PLAN_NOT_FINAL", "…", "name"))
    answer = held_desk.again(opened, f"{PAGE}/share")
    assert answer.status == 409
    assert "The development plan of this term isn't final." in html.unescape(answer.text)


def test_a_draft_is_seen_by_nobody_but_those_who_write_it(held_desk: Desk) -> None:
    for person in ("senior-manager-west", "panel-team"):
        held_desk.sits(person)
        none = held_desk.served.get("/nothing")
        for path in (f"{PAGE}/record", S2, f"{PAGE}/share", f"{PAGE}/respond"):
            answer = held_desk.served.get(path)
            assert (answer.status, answer.body) == (404, none.body), (person, path)


def test_a_safeguarder_says_that_the_record_is_right(own: Desk) -> None:
    answer = own.send(f"{OWN_PAGE}/answer", word="right")
    assert (answer.status, answer.header("location")) == (303, f"{OWN_PAGE}/record")
    ((name, edition, disputes, _),) = own.told.made
    assert (name, edition, disputes) == (SESSION, 1, [])


def test_a_safeguarder_says_which_parts_they_see_differently_and_then_how(own: Desk) -> None:
    address = f"{OWN_PAGE}/answer"
    opened = own.served.get(address)
    nothing = own.again(opened, address, word="different")
    assert (nothing.status, "Choose the parts that you see differently" in nothing.text) == (422, True)
    which = own.again(opened, address, **{"word": "different", "ticked-5": "5"})
    assert which.status == 200
    assert "The record says: Developing." in which.text
    empty = own.again(which, address, **{"words-5": " "})
    assert (empty.status, "Write something on this part" in empty.text) == (422, True)
    own.told.fails = NotDone(invalid("TEXT_MAY_NAME_A_CHILD", "…", "disputes[0].words"))
    named = own.again(empty, address, **{"words-5": "I rang Isla."})
    assert (named.status, "This may name a child." in named.text, "I rang Isla." in named.text) == (422, True, True)
    own.told.fails = None
    assert own.again(named, address, **{"words-5": "I rang on the day before."}).status == 303
    assert own.told.made[-1][2] == [("S2", "I rang on the day before.")]
    assert "safeguarders/" not in html.unescape(which.text), "a form names a part by its number"
    after = own.served.get(f"{OWN_PAGE}/record")
    assert "I rang on the day before." in after.text
    assert "Your words stand beside the record." in after.text


def test_an_answer_to_a_text_that_was_changed_since_assumes_nothing_and_keeps_the_words(own: Desk) -> None:
    address = f"{OWN_PAGE}/answer"
    which = own.again(own.served.get(address), address, **{"word": "different", "ticked-5": "5"})
    own.told.fails = NotDone(conflict("OTHER_EDITION", "…", "edition"))
    answer = own.again(which, address, **{"words-5": "I rang."})
    assert (answer.status, "I rang." in answer.text) == (409, True)


def test_a_safeguarder_has_no_page_of_a_record_before_it_is_shared(own: Desk) -> None:
    own.told.record_now = None
    for path in (f"{OWN_PAGE}/record", f"{OWN_PAGE}/answer", f"{OWN_PAGE}/share", f"{OWN_PAGE}/respond"):
        assert own.served.get(path).status == 404, path


def test_a_manager_answers_each_part_that_is_seen_differently(held_desk: Desk) -> None:
    held_desk.told.record_now = disputed()
    address = f"{PAGE}/respond"
    opened = held_desk.served.get(address)
    assert "Demo Effie Lochend says: I rang on the day before." in html.unescape(opened.text)
    assert held_desk.again(opened, address).status == 422
    assert hidden(opened, address)["etag"] == "5"
    assert held_desk.again(opened, address, **{"words-5": "We looked again."}).status == 303
    assert held_desk.told.made[-1][1] == {"S2": "We looked again."}
    held_desk.told.record_now = a_record(RECORD.STATE_CLOSED)
    assert held_desk.again(opened, address, **{"words-5": "We looked again."}).header("location") == f"{PAGE}/record"
    assert len(held_desk.told.made) == 1, "a second press closes nothing again"


def test_both_sides_words_stand_side_by_side_for_good() -> None:
    kept = disputed()
    kept.answer.disputes[0].response = "We looked again."
    for view in (text(kept), text(kept, OWN)):
        (section,) = [one for one in view.sections if one.dispute]
        assert (section.title, section.dispute, section.response) == (
            "S2 Relationships", "I rang on the day before.", "We looked again."
        )  # fmt: skip


def test_an_own_item_stands_in_the_papers(own: Desk) -> None:
    own.told.session_now = Desk.told_before()
    address = f"{OWN_PAGE}/own-item"
    assert own.send(address, words="").status == 422
    assert own.send(address, words="How reports name other agencies.").header("location") == OWN_PAGE
    assert own.told.made == [(SESSION, "How reports name other agencies.")]
    assert "It is in the papers." in own.served.get(OWN_PAGE).text
