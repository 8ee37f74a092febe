"""Two engines must agree before anything is raised about a person (decisions: rules engine)."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.rules.domain.evaluation.plain_engine import Case, CaseAnswers, Truths


@dataclass(frozen=True, slots=True)
class AnsweredCase:
    """A case and what one engine answered."""

    case: Case
    answers: CaseAnswers


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The first rule the engines answered differently: nothing is raised, the case is held for a person."""

    rule_id: str
    subject: str
    plain: Truths | None
    durable: Truths | None


def disagreement(answered: Sequence[AnsweredCase], durable: Sequence[CaseAnswers]) -> Disagreement | None:
    """Compares the plain answers with the durable ones, case by case. None means full agreement.

    Raises ValueError if the numbers of cases differ: the answers then belong to something else.
    """
    if len(answered) != len(durable):
        raise ValueError(f"{len(answered)} cases were asked and {len(durable)} answered; ask again")
    for mine, theirs in zip(answered, durable, strict=True):
        if mine.answers == theirs and len(theirs) == len(mine.case.asked):
            continue
        for rule_id in mine.case.asked:
            plain, other = mine.answers.get(rule_id), theirs.get(rule_id)
            if plain != other or plain is None:
                return Disagreement(rule_id, mine.case.subject, plain, other)
    return None
