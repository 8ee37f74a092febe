"""What a giver answers, and what it makes of the item of evidence.

The file of feedback maps answers to source, kind and class. It gives hints to indicators, and no more: nothing is read
against a standard before a person has done so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.evidence.domain.evidence_item import ComplaintOutcome, Content, EvidenceClass, Kind
from services.evidence.domain.feedback.link import FeedbackLink, Giver
from services.refusals import invalid

LONGEST_ANSWER = 500
"""Characters of one answer. All answers together fit the summary of an item."""
LONGEST_CONTACT = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that a question offers."""

    says: str
    source: str = ""
    """Who the item comes from, if this answer says so."""
    complaint: bool = False
    """It makes the item a complaint, which has its own steps and days."""
    unsafe: bool = False
    """Somebody is not safe: it makes the item one of safety, and people are told at once."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form. Without choices it asks for words."""

    asks: str
    choices: Mapping[str, Choice]
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The questions for one kind of giver. `source`: who the item comes from, unless an answer says it, as it must if
    this is empty."""

    source: str
    questions: Mapping[str, Question]


Forms = Mapping[Giver, Form]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered. Either a word of the question's choices, or their own words."""

    question: str
    choice: str = ""
    text: str = ""


def longest_summary(form: Form) -> int:
    """Return how many characters a summary of this form can have at most."""
    return sum(
        len(question.asks) + 2 + max((len(choice.says) for choice in question.choices.values()), default=LONGEST_ANSWER)
        for question in form.questions.values()
    )


def check_answers(form: Form, answers: Sequence[Answer]) -> None:
    """Refuse answers that the form does not have.

    Raises:
        Refusal: QUESTION_NOT_KNOWN, ANSWERED_TWICE, CHOICE_NOT_KNOWN or FIELD_MISSING, each with its place.
    """
    seen: set[str] = set()
    for place, answer in enumerate(answers):
        at = f"answers[{place}]"
        question = form.questions.get(answer.question)
        if question is None:
            raise invalid("QUESTION_NOT_KNOWN", "The form for this giver has no such question.", f"{at}.question")
        if answer.question in seen:
            raise invalid("ANSWERED_TWICE", "A question has one answer.", f"{at}.question")
        seen.add(answer.question)
        if question.choices and answer.choice not in question.choices:
            raise invalid("CHOICE_NOT_KNOWN", "The question does not offer this answer.", f"{at}.choice")
        if not question.choices and not answer.text:
            raise invalid("FIELD_MISSING", "An answer needs its words. Leave out what was skipped.", f"{at}.text")


def content_of(link: FeedbackLink, form: Form, answers: Sequence[Answer], today: date) -> Content:
    """Return the content of the item that the answers make, in the order of the form.

    Raises:
        Refusal: FIELD_MISSING if no answer says who it comes from, and the form does not.
    """
    chosen = [
        form.questions[answer.question].choices[answer.choice]
        for answer in answers
        if form.questions[answer.question].choices
    ]
    source = next((choice.source for choice in chosen if choice.source), form.source)
    if not source:
        raise invalid("FIELD_MISSING", "Say who gives this feedback.", "answers")
    is_complaint = any(choice.complaint for choice in chosen)
    return Content(
        kind=Kind.COMPLAINT if is_complaint else Kind.FEEDBACK,
        source=source,
        aspect="practice",
        setting="appointment",
        evidence_class=EvidenceClass.SAFETY if is_unsafe(form, answers) else EvidenceClass.STANDARD,
        happened_on=link.happened_on,
        received_on=today,
        summary=_summary(form, answers),
        case_reference=link.case_reference,
        complaint_outcome=ComplaintOutcome.PENDING if is_complaint else None,
    )


def is_unsafe(form: Form, answers: Sequence[Answer]) -> bool:
    """Return whether an answer says that somebody is not safe."""
    offered = (form.questions[answer.question].choices.get(answer.choice) for answer in answers)
    return any(choice is not None and choice.unsafe for choice in offered)


def hints_of(form: Form, answers: Sequence[Answer]) -> tuple[str, ...]:
    """Return the indicators to which the answered questions may speak, in order."""
    return tuple(sorted({hint for answer in answers for hint in form.questions[answer.question].hints}))


def _summary(form: Form, answers: Sequence[Answer]) -> str:
    by_question = {answer.question: answer for answer in answers}
    lines = []
    for name, question in form.questions.items():
        if name in by_question:
            answer = by_question[name]
            said = question.choices[answer.choice].says if question.choices else answer.text
            lines.append(f"{question.asks} {said}")
    return "\n".join(lines)
