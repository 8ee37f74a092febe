"""The steps on a development plan and on its parts: where each form stands, the method that takes it, what it asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.console.forms.asked import AskedForm, Asks
from services.console.views.form import CHOICE, DAY, TICKS, WORDS

WHOLE = "plan"
"""The kind of a step on the whole plan."""
COLLECTIONS = {
    "need": "needs",
    "action": "actions",
    "support": "supports",
    "approach": "approach-changes",
    "review": "reviews",
}
"""Where the parts of each kind stand, below the plan."""
AGAIN = ("yes",)
MORE_TIME, EXTEND = "more_time", "extend"
"""The answer to how an action stands that gives it another day, and what follows from a review then."""
FOLLOWS = ("change", "add_support", "change_approach")


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step on a part of a kind, or on the whole plan.

    `named_as`: how the request names the part. `replaces`: as the one that a new part takes the place of; `carried`: as
    a need that is carried; `reviewed`: as the action of a review.
    `fixed`: what the request says without being asked.
    """

    kind: str
    step: str
    method: str
    asks: tuple[Asks, ...] = ()
    mends: tuple[str, ...] = ()
    named_as: str = "name"
    fixed: Mapping[str, bool | str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return what words call it."""
        return f"{self.kind}_{self.step.replace('-', '_')}"

    @property
    def form(self) -> AskedForm:
        """Return its form."""
        return AskedForm(self.name, self.asks, self.mends)


_WORDS, _BECAUSE = Asks(WORDS, "words"), Asks(WORDS, "because")
_STANDARD, _OUTCOME = Asks(CHOICE, "standard"), Asks(CHOICE, "outcome")
_EVIDENCE = Asks(TICKS, "evidence", needed=False)
_CONCERN = Asks(CHOICE, "concern", needed=False)


def _again(reason: str) -> Asks:
    """Return the question that is asked once the service says that the same is in the plan."""
    return Asks(TICKS, "again", needed=False, offered=AGAIN, only_after=reason)


_ACTION = (
    Asks(CHOICE, "kind"),
    Asks(CHOICE, "purpose"),
    _STANDARD,
    Asks(WORDS, "aim"),
    Asks(WORDS, "measure"),
    Asks(CHOICE, "owner"),
    Asks(TICKS, "needs", needed=False),
    _CONCERN,
    Asks(DAY, "due_date"),
    Asks(WORDS, "too_short_because", needed=False, only_after="TOO_SHORT"),
    _again("ACTION_ON_FILE"),
)
_ACTION_MENDS = ("TOO_SHORT", "ACTION_ON_FILE")

_REVIEW = (
    _OUTCOME,
    Asks(DAY, "extended_date", needed=False),
    Asks(DAY, "held_date"),
    Asks(TICKS, "follows", needed=False, offered=FOLLOWS),
    _WORDS,
)
_THEIR_WORDS = Asks(WORDS, "safeguarder_words", needed=False)
_REVIEW_MENDS = ("SUPPORT_OWED", "TIME_NOT_OVER")

_STEPS = (
    PlanStep(WHOLE, "strength", "CreateStrength", (_STANDARD, _WORDS, _EVIDENCE), ("SHOW_THE_EVIDENCE",), "parent"),
    PlanStep(
        WHOLE,
        "need",
        "CreateNeed",
        (_STANDARD, _WORDS, _EVIDENCE, _CONCERN, _again("NEED_ON_FILE")),
        ("SHOW_THE_EVIDENCE", "NEED_ON_FILE"),
        "parent",
    ),
    PlanStep(WHOLE, "action", "CreateAction", _ACTION, _ACTION_MENDS, "parent"),
    PlanStep(
        WHOLE,
        "support",
        "OfferSupport",
        (
            Asks(CHOICE, "kind"),
            Asks(TICKS, "supported"),
            Asks(WORDS, "words", needed=False),
            Asks(DAY, "discussed_date"),
            Asks(DAY, "promised_date", needed=False),
            _again("SUPPORT_ON_FILE"),
        ),
        ("SUPPORT_ON_FILE", "DISCUSSED_FIRST"),
        "parent",
    ),
    PlanStep(WHOLE, "confirm", "ConfirmDevelopmentPlan"),
    PlanStep(WHOLE, "without-answer", "ConfirmDevelopmentPlan", fixed={"without_answer": True}),
    PlanStep(WHOLE, "no-strength", "UpdateDevelopmentPlan", (Asks(WORDS, "no_strength_because"),)),
    PlanStep(WHOLE, "not-final", "UpdateDevelopmentPlan", (Asks(WORDS, "not_final_because"),)),
    PlanStep(
        WHOLE,
        "approach",
        "ChangeApproach",
        (
            Asks(CHOICE, "to_approach"),
            Asks(TICKS, "concerns"),
            Asks(WORDS, "expectation"),
            _BECAUSE,
            Asks(DAY, "discussed_date"),
            Asks(TICKS, "actions", needed=False),
            Asks(WORDS, "skip_because", needed=False),
            Asks(CHOICE, "how"),
        ),
        ("DISCUSSED_FIRST", "NAME_THEM_ALL", "APPROACH_SAME", "NOT_TO_REQUIRE", "ONLY_REPORTED", "TOO_SHORT"),
        "parent",
    ),
    PlanStep("need", "end", "CloseNeed", (_OUTCOME, _BECAUSE), ("NEED_PLANNED",)),
    PlanStep("need", "carry", "UpdateDevelopmentPlan", (_BECAUSE,), named_as="carried"),
    PlanStep("action", "answer", "AnswerAction", (Asks(CHOICE, "answer"), Asks(WORDS, "words", needed=False))),
    PlanStep("action", "set", "SetAction", (_BECAUSE,)),
    PlanStep("action", "move", "ChangeActionDate", (Asks(DAY, "due_date"), _WORDS)),
    PlanStep("action", "replace", "CreateAction", _ACTION, _ACTION_MENDS, "replaces"),
    PlanStep("action", "done", "OfferCompletion", (_WORDS,)),
    PlanStep("action", "end", "CloseAction", (_OUTCOME, _WORDS), ("SUPPORT_OWED", "TIME_NOT_OVER")),
    PlanStep("action", "review", "HoldActionReview", (*_REVIEW, _THEIR_WORDS), _REVIEW_MENDS, "reviewed"),
    PlanStep("action", "withdraw", "CloseAction", (_WORDS,), fixed={"outcome": "withdrawn"}),
    PlanStep(
        "support",
        "answer",
        "AnswerSupport",
        (Asks(CHOICE, "answer"), Asks(WORDS, "words", needed=False)),
        ("ASK_AGAIN",),
    ),
    PlanStep("support", "promise", "PromiseSupport", (Asks(DAY, "promised_date"), _BECAUSE)),
    PlanStep(
        "support",
        "record",
        "RecordSupport",
        (_OUTCOME, Asks(DAY, "delivered_date", needed=False), Asks(WORDS, "because", needed=False)),
    ),
    PlanStep("review", "answer", "AnswerActionReview", (_WORDS,)),
    PlanStep("review", "correct", "CorrectActionReview", (*_REVIEW, _BECAUSE), _REVIEW_MENDS, "corrected"),
    PlanStep("approach", "end", "EndApproach", (_OUTCOME, _WORDS), ("SECOND_PERSON_NEEDED",)),
)
STEPS: Mapping[tuple[str, str], PlanStep] = {(one.kind, one.step): one for one in _STEPS}
"""Each step by its kind and its name in an address."""
