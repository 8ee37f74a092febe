"""Kind of fault: an answer of before that no longer holds.

The evaluation from nothing is the authority. What is kept gives the same in every part.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Answer, Kind, Polarity, Source
from services.rules.domain.evaluation.decision_record import decision_record
from services.rules.domain.evaluation.evaluate import Evaluation, evaluate, evaluate_again
from services.rules.domain.evaluation.kept_answers import KeptAnswers
from services.rules.domain.facts import CaseFile, ConcernKey, OverrideFact, ReviewFact, StandardMapping, SuspensionFact
from services.rules.domain.rulebook.model import Rulebook
from tests.rules.builders import (
    INDICATORS,
    NOW,
    PERSON,
    TODAY,
    a_case_file,
    a_late_report,
    an_item,
    case_files,
    items,
    shipped,
    team_duties,
)
from tests.rules.domain.evidence.editions import two_editions
from tests.rules.domain.evidence.test_practice_notes import with_note
from tests.sizes import part_of

OPEN = st.dictionaries(
    st.builds(
        ConcernKey,
        st.sampled_from([rule.rule_id for rule in shipped().rules]),
        st.sampled_from(("", "S2", "S4", "S5", *INDICATORS)),
    ),
    st.just(TODAY),
    max_size=3,
)


@st.composite
def what_changes(draw: st.DrawFn, before: CaseFile) -> CaseFile:
    """Draw a change of a case file: of its items mostly, as most news is, and of what stands beside them."""
    evidence = list(before.evidence)
    kind = draw(st.sampled_from(("new", "new", "corrected", "gone", "concerns", "duties", "beside")))
    place = draw(st.integers(0, len(evidence) - 1)) if evidence else None
    if kind == "concerns":
        return replace(before, open_concerns=draw(OPEN))
    if kind == "duties":
        return replace(before, duties=draw(team_duties()))
    if kind == "beside":
        return draw(st.sampled_from(beside(before)))
    if kind == "new" or place is None:
        evidence.append(draw(items(f"new-{len(evidence)}")))
    elif kind == "gone":
        del evidence[place]
    else:
        indicator, polarity = draw(st.sampled_from(INDICATORS)), draw(st.sampled_from(list(Polarity)))
        mapping = StandardMapping(indicator.split(".")[0], indicator, polarity)
        mappings = draw(st.sampled_from(((), (mapping,), (*evidence[place].mappings, mapping))))
        evidence[place] = replace(evidence[place], version=evidence[place].version + 1, mappings=mappings)
    return replace(before, evidence=tuple(evidence))


@st.composite
def courses(draw: st.DrawFn) -> list[CaseFile]:
    """Draw a case file with the changes that it undergoes, one after the other."""
    course = [draw(case_files(8))]
    for _ in range(3):
        course.append(draw(what_changes(course[-1])))
    return course


def beside(before: CaseFile) -> list[CaseFile]:
    """Return a case file with each change of what an evaluation looks at beside items and duties."""
    of_first = tuple(fact.evidence_id for fact in before.evidence[:1])
    days = TODAY - timedelta(days=5), TODAY + timedelta(days=5)
    earlier = NOW - timedelta(days=1)
    return [
        replace(before, person=replace(PERSON, term_ends_on=TODAY + timedelta(days=20))),
        replace(before, person=replace(PERSON, serving=False)),
        replace(before, overrides=(OverrideFact("one", ConcernKey("report-late"), *days, earlier),)),
        replace(before, reviews=(ReviewFact("one", of_first, earlier),)),
        replace(before, suspensions=(SuspensionFact("one", earlier),)),
        replace(before, open_concerns=dict.fromkeys((ConcernKey(rule.rule_id) for rule in shipped().rules), TODAY)),
    ]


def again(rulebook: Rulebook, case_file: CaseFile, last: KeptAnswers | None, on: date = TODAY) -> KeptAnswers:
    """Evaluate with what was kept. Compare it with the evaluation from nothing, and return what is kept now."""
    evaluation, kept = evaluate_again(rulebook, case_file, on, NOW, last)
    assert whole(evaluation) == whole(evaluate(rulebook, case_file, on, NOW))
    return kept


def whole(evaluation: Evaluation) -> tuple[Evaluation, bytes]:
    return evaluation, decision_record(evaluation, None, {}).content


BOOKS = {"shipped": shipped(), "two editions": two_editions(), "a note in draft": with_note("S2.1", "S5.1")}


@pytest.mark.parametrize("book", BOOKS)
@given(course=courses())
@settings(max_examples=part_of(75))
def test_what_is_kept_gives_what_an_evaluation_from_nothing_gives(book: str, course: list[CaseFile]) -> None:
    """F4: whatever changes, one thing after the other."""
    last: KeptAnswers | None = None
    for case_file in course:
        last = again(BOOKS[book], case_file, last)


FILE = a_case_file(
    *(an_item(f"item-{n}", TODAY - timedelta(days=20 * n), speaks=INDICATORS[n % 8]) for n in range(1, 25)),
    *(a_late_report(f"late-{n}", TODAY - timedelta(days=40 + n)) for n in range(2)),
)


def test_news_asks_again_only_what_it_bears_on() -> None:
    """F4: an item about one standard leaves the answers about the others, with their explanations."""
    before, kept = evaluate_again(shipped(), FILE, TODAY, NOW, None)
    news = an_item("news", TODAY - timedelta(days=1), speaks="S5.1")
    after, _ = evaluate_again(shipped(), replace(FILE, evidence=(*FILE.evidence, news)), TODAY, NOW, kept)
    same = {id(answer) for answer in before.answers}
    asked = {answer.subject for answer in after.answers if id(answer) not in same}
    assert asked == {"", "S5", "S5.1"}


def test_nothing_is_kept_for_another_day_or_another_rulebook() -> None:
    """F4: windows move with the days, and lines with the rulebook."""
    kept = again(shipped(), FILE, None)
    again(shipped(), FILE, kept, TODAY + timedelta(days=200))
    again(replace(shipped(), rules=shipped().rules[::2], content_hash="another"), FILE, kept)


def test_praise_about_the_same_standard_changes_an_explanation() -> None:
    """F4: praise stands beside a matter that does not count it."""
    kept = again(shipped(), FILE, None)
    praise = an_item("praise", TODAY - timedelta(days=1), kind=Kind.COMMENDATION, source=Source.REPORTER, speaks="S4.2")
    praise = replace(praise, mappings=(StandardMapping("S4", "S4.2", Polarity.PRAISE),))
    later = again(shipped(), replace(FILE, evidence=(*FILE.evidence, praise)), kept)
    raised = [answer for _, answer in later.answers.values() if answer.answer is Answer.RAISED]
    matter = next(answer for answer in raised if answer.subject == "S4.1")
    assert [item.evidence_id for item in matter.explanation.praise] == ["praise"]


def test_praise_changes_the_explanation_of_a_concern_about_nothing_in_particular() -> None:
    """F4: a rule that looks at indicators now may have looked at the person when its concern was opened."""
    opened = a_case_file(open_concerns={ConcernKey(rule.rule_id): TODAY for rule in shipped().rules})
    kept = again(shipped(), opened, None)
    praise = replace(an_item("praise", TODAY, speaks="S1.1"), source=Source.CHILD, kind=Kind.FEEDBACK)
    praise = replace(praise, mappings=(StandardMapping("S1", "S1.1", Polarity.PRAISE),))
    later = again(shipped(), replace(opened, evidence=(praise,)), kept)
    _, answer = later.answers[ConcernKey("same-theme-two-sources")]
    assert [item.evidence_id for item in answer.explanation.praise] == ["praise"]
