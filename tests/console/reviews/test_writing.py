"""Writing a recommendation part by part, on services that answer as they are told."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from psmf.evidence.v1 import recommendations_pb2 as pb

from services.console.calls.reviews.recommendation_text import with_part, without_part
from services.console.failures import NotDone
from services.console.forms.asked import Answers
from services.console.forms.recommendations.parts import CONDITION, CRITERION, TAKE_OUT, Part, mark_of, part_of
from services.console.views.asked import Asking, FormPage
from services.console.views.parts import Away
from services.console.views.recommendations import writing as views
from services.console.views.recommendations.choices import Beside
from services.console.words import words
from services.evidence.domain.recommendations.criteria import Shown, _may_not_apply
from services.evidence.domain.recommendations.recommendation import What
from services.refusals import conflict, precondition
from tests.console.fixtures.my_file import ME, TODAY
from tests.console.fixtures.reviewing import writing as made
from tests.console.fixtures.reviewing.recommendations import CRITERION as ASKED
from tests.console.fixtures.reviewing.recommendations import DRAFTED, REC, asked, pack, page, recommendation
from tests.console.fixtures.reviewing.writing import CONDUCT, MENTOR, WRITTEN, with_conditions
from tests.console.sent.services import Services, at, hidden, one_desk
from tests.console.sent.world import everything
from tests.console.site import Site

TEAM, PAGE = "panel-team", "/recommendations/sg-1/m-1"
RESTS_ON = f"{ME}/evidenceItems/e-0"
MENTORED = {
    "words": "Offer each child a meeting.", "measure": "Each report says so.", "due_date-day": "29",
    "due_date-month": "8", "due_date-year": "2027", "support": "A mentor.", "support_kind": "mentoring",
    "standard": "S1",
}  # fmt: skip


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with one_desk(tmp_path_factory.mktemp("desk"), everything()) as found:
        yield found


class Kept(Services):
    """A recommendation that a service keeps: another text is another version, and a stale copy is refused."""

    def __init__(self, **fields: Any) -> None:
        self.pack: Any = pack(**(fields or with_conditions()))
        super().__init__(**everything().answers | {"GetRecommendationPack": lambda _: self.pack})
        self.answers["UpdateRecommendation"] = self.update

    @property
    def text(self) -> Any:
        """Return the text as it stands."""
        return self.pack.recommendation.text

    def update(self, request: Any) -> Any:
        """Keep another text."""
        one = self.pack.recommendation
        if request.etag != one.etag:
            raise NotDone(conflict("ETAG_MISMATCH", "It has changed.", "etag"))
        one.text.CopyFrom(request.text)
        one.etag = str(int(one.etag) + 1)
        return one


def test_only_the_team_finds_where_it_is_written_and_only_until_it_is_submitted() -> None:
    written = page(TEAM, "panel_team", **with_conditions()).text
    assert [link.href for row in written.criteria for link in row.links][:2] == [
        f"{PAGE}/text/conduct", f"{PAGE}/text/conduct/take-out",
    ]  # fmt: skip
    assert [link.href for link in written.adds] == [f"{PAGE}/text/new-condition"]
    assert [line.links[0].href for line in written.open_criteria] == [f"{PAGE}/text/replies-and-reviews"]
    for reader, role, state in (
        ("senior-manager-west", "senior_manager", REC.STATE_DRAFTED),
        ("person-sg-1", "safeguarder", REC.STATE_SHARED),
        (TEAM, "panel_team", REC.STATE_SUBMITTED),
    ):
        text = page(reader, role, **with_conditions(state=state)).text
        assert not (*text.adds, *text.about.links, *(link for row in text.criteria for link in row.links))


def test_the_message_after_an_answer_leads_on_to_the_next_criterion() -> None:
    told = page(TEAM, "panel_team", done="criterion", **DRAFTED).told
    assert told is not None
    assert told.on is not None
    assert told.on.text == "Next: Replies, and the outcomes of reviews, were considered"


def test_a_part_is_found_by_its_name_in_an_address() -> None:
    criteria = words("recommendations")["criteria"]
    for word in criteria:
        assert part_of(Part(CRITERION, word).id, criteria) == Part(CRITERION, word)
    assert part_of("condition-12", criteria) == Part(CONDITION, place=12)
    for other in ("", "condition-0", "condition-", "appointment_letter", "names", "safety"):
        assert part_of(other, criteria) is None


def test_where_a_criterion_may_not_apply_the_form_says_when() -> None:
    everything_shown = Shown(is_safety=True, has_upheld_complaint=True)
    ours = {what.value for what in What if _may_not_apply(what, everything_shown)}
    assert set(words("recommendations")["need_not_apply"]) == ours
    answers = made.part(CONDUCT).form
    other = made.part(Part(CRITERION, "notice_stood"))
    assert answers is not None
    assert other.form is not None
    assert [len(form.questions[0].choices) for form in (answers, other.form)] == [2, 3]
    assert other.lines == ("It doesn't apply in a matter of safety.",)


def test_a_form_begins_with_what_stands_in_the_text() -> None:
    form = made.part(made.THE_CONDITION).form
    assert form is not None
    words_asked, measure, due, support, kind, standard = form.questions
    assert (words_asked.value, measure.value, support.value) == (MENTOR.words, MENTOR.measure, MENTOR.support)
    assert [box.value for box in due.boxes] == ["29", "8", "2027"]
    chosen = [[one.value for one in question.choices if one.is_chosen] for question in (kind, standard)]
    assert chosen == [["mentoring"], ["S2"]]


def test_what_is_in_the_pack_is_named_in_words_with_its_day() -> None:
    form = made.part(CONDUCT).form
    assert form is not None
    named = [choice.text for choice in form.questions[2].choices]
    assert named[0].startswith("Feedback from ")
    assert named[1:] == ["An item of evidence"] * 2


def test_what_nobody_could_tick_stays_named() -> None:
    """A service that is away, or a name that only a command gives, must not cost what was written before."""
    text = with_conditions()["text"]
    text.concerns.append(f"{ME}/concerns/c-9")
    known = recommendation(text=text)
    kept = with_part(known, Part("outcome"), Answers({"outcome": "recommend", "concerns": ()}), None)
    taken = with_part(known, Part("outcome"), Answers({"outcome": "recommend", "concerns": ()}), ["concerns/c-9"])
    assert (list(kept.concerns), list(taken.concerns)) == ([f"{ME}/concerns/c-9"], [])
    offered = views.offers(Part("outcome"), pack(text=text), Beside(Away("rules")), TODAY)
    assert offered["concerns"] == ()


def test_an_answer_takes_the_place_of_the_one_before_and_leaves_the_rest() -> None:
    known = recommendation(**with_conditions())
    text = with_part(known, CONDUCT, Answers(WRITTEN), ["evidenceItems/e-0"])
    assert [(one.what, one.words) for one in text.criteria] == [
        (ASKED.WHAT_CONDUCT, "No complaint was upheld in this term."),
        (ASKED.WHAT_PRACTICE_STANDARDS, "Each is met."),
    ]
    assert (list(text.criteria[0].names), list(text.conditions)) == ([RESTS_ON], [MENTOR])
    assert [one.what for one in without_part(known, CONDUCT).criteria] == [ASKED.WHAT_PRACTICE_STANDARDS]


@pytest.mark.parametrize(
    ("step", "typed", "held"),
    [
        ("conduct", {"answer": "yes", "words": "Nothing is on file."}, lambda text: len(text.criteria) == 2),
        ("new-condition", MENTORED, lambda text: [one.standard for one in text.conditions] == ["S2", "S1"]),
        ("condition-1", MENTORED, lambda text: [one.standard for one in text.conditions] == ["S1"]),
        ("condition-1/take-out", {}, lambda text: not text.conditions),
        ("conduct/take-out", {}, lambda text: len(text.criteria) == 1),
    ],
)
def test_a_button_that_is_pressed_twice_acts_once(
    console: Site, step: str, typed: dict[str, str], held: Callable[[Any], bool]
) -> None:
    services = Kept()
    served, address = at(console, TEAM, services), f"{PAGE}/text/{step}"
    form = hidden(served.get(address), address) | typed
    answers = [served.post(address, form) for _ in range(2)]
    assert [(answer.status, answer.header("location")) for answer in answers] == [(303, PAGE)] * 2
    assert len(services.written) == 1
    assert held(services.text)


def test_a_condition_is_changed_as_the_reader_saw_it_although_another_before_it_is_gone(console: Site) -> None:
    text = with_conditions()["text"]
    other = pb.Condition()
    other.CopyFrom(MENTOR)
    other.standard = "S1"
    text.conditions.insert(0, other)
    services = Kept(**with_conditions(text=text))
    served, address = at(console, TEAM, services), f"{PAGE}/text/condition-2"
    form = hidden(served.get(address), address) | MENTORED
    del services.text.conditions[0]
    services.pack.recommendation.etag = "4"
    answer = served.post(address, form)
    assert (answer.status, MENTORED["words"] in answer.text) == (409, True)
    moved = f"{PAGE}/text/condition-1"
    assert served.post(moved, hidden(answer, moved) | MENTORED).status == 303
    assert [one.words for one in services.text.conditions] == [MENTORED["words"]]


def test_a_condition_that_somebody_took_out_is_not_there_and_the_words_are_kept(console: Site) -> None:
    services = Kept()
    served, address = at(console, TEAM, services), f"{PAGE}/text/condition-1"
    form = hidden(served.get(address), address) | MENTORED
    del services.text.conditions[:]
    services.pack.recommendation.etag = "4"
    answer = served.post(address, form)
    assert MENTORED["words"] in answer.text
    assert not services.text.conditions


def test_words_are_shown_to_be_copied_if_it_was_submitted_meanwhile(console: Site) -> None:
    services = Kept()
    served, address = at(console, TEAM, services), f"{PAGE}/text/conduct"
    form = hidden(served.get(address), address)

    def refuse(_: Any) -> Any:
        services.pack.recommendation.state = REC.STATE_SUBMITTED
        raise NotDone(precondition("STEP_NOT_AVAILABLE", "The recommendation is submitted.", "name"))

    services.answers["UpdateRecommendation"] = refuse
    answer = served.post(address, form | {"answer": "yes", "words": "Nothing new is on file."})
    assert (answer.status, "Nothing new is on file." in answer.text) == (409, True)
    assert "Somebody has taken it on to the next step meanwhile" in answer.text


def test_from_a_matter_it_begins_with_that_matter(console: Site) -> None:
    services = everything(CreateRecommendation=recommendation(**DRAFTED))
    served, address = at(console, TEAM, services), "/recommendations/sg-1/new"
    opened = served.get(f"{address}?matter=c-1")
    assert re.search(r'value="concerns/c-1" checked', opened.text)
    typed = {"kind": "removal", "outcome": "recommend", "concerns-1": "concerns/c-1"}
    answer = served.post(address, hidden(opened, address) | typed)
    assert (answer.status, answer.header("location")) == (303, PAGE)
    (request,) = services.written
    assert (request.kind, list(request.text.concerns)) == (REC.PURPOSE_REMOVAL, [f"{ME}/concerns/c-1"])


def test_one_that_is_being_worked_on_is_said_at_its_kind() -> None:
    view = made.STEPS["writing-new-wrong"]()
    assert isinstance(view, FormPage)
    assert view.form is not None
    assert view.form.questions[0].error.startswith("One of this kind is being worked on.")


def test_nobody_but_the_team_finds_the_forms(console: Site) -> None:
    served = at(console, "", everything())
    for person in ("senior-manager-west", "support-manager-east-1", "person-sg-1", "decision-recorder"):
        served.jar = {}
        served.sign_in(person)
        for address in ("/recommendations/sg-1/new", f"{PAGE}/text/conduct", f"{PAGE}/text/conduct/take-out"):
            assert served.get(address).status == 404


def test_criteria_that_are_not_met_are_named_as_the_page_calls_them() -> None:
    refusal = precondition("CRITERION_OPEN", "x", "text.criteria", open="conduct", not_shown="notice_stood not_fit")
    assert views.says_why(Asking(TAKE_OUT, refusal=refusal))[1:3] == (
        "Not answered, or answered with no: Conduct was considered.",
        "Answered with yes, but the record doesn't show it: Notice of required action stood; "
        "There is evidence that the Safeguarder is not fit to be a member.",
    )


def test_the_mark_of_a_condition_says_nothing_of_its_words() -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", mark_of(MENTOR))
    assert asked(TEAM, "panel_team", **with_conditions()).writes
