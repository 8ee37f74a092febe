"""Agreement of the two engines, without which nothing is raised about a person (decisions: rules engine)."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.rules.domain.evaluation.plain_engine import Case, CaseAnswers, Truths


@dataclass(frozen=True, slots=True)
class AnsweredCase:
    """A case with the answers of one engine."""

    case: Case
    answers: CaseAnswers


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The first rule that the engines answered differently. Nothing is raised, and the evaluation is deferred."""

    rule_id: str
    subject: str
    plain: Truths | None
    durable: Truths | None


def disagreement(answered: Sequence[AnsweredCase], durable: Sequence[CaseAnswers]) -> Disagreement | None:
    """Return the first difference between the plain and the durable answers, or None if they agree in everything.

    Raises:
        ValueError: the numbers of cases differ, so the answers belong to another evaluation.
    """
    if len(answered) != len(durable):
        raise ValueError(f"{len(answered)} cases were asked and {len(durable)} answered; ask again")
    for mine, theirs in zip(answered, durable, strict=True):
        # Nearly always so, and fast: both engines give the same objects (`TRUTHS`).
        if mine.answers == theirs and len(theirs) == len(mine.case.asked):
            continue
        for rule_id in mine.case.asked:
            plain, other = mine.answers.get(rule_id), theirs.get(rule_id)
            if plain != other or plain is None:
                return Disagreement(rule_id, mine.case.subject, plain, other)
    return None
