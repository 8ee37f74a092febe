"""The steps on a development plan and on its parts: where each form stands, the method that takes it, what it asks."""

from collections.abc import Mapping

from services.console.forms.asked import Asks, RecordStep
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
    RecordStep(WHOLE, "strength", "CreateStrength", (_STANDARD, _WORDS, _EVIDENCE), ("SHOW_THE_EVIDENCE",), "parent"),
    RecordStep(
        WHOLE,
        "need",
        "CreateNeed",
        (_STANDARD, _WORDS, _EVIDENCE, _CONCERN, _again("NEED_ON_FILE")),
        ("SHOW_THE_EVIDENCE", "NEED_ON_FILE"),
        "parent",
    ),
    RecordStep(WHOLE, "action", "CreateAction", _ACTION, _ACTION_MENDS, "parent"),
    RecordStep(
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
    RecordStep(WHOLE, "confirm", "ConfirmDevelopmentPlan"),
    RecordStep(WHOLE, "without-answer", "ConfirmDevelopmentPlan", fixed={"without_answer": True}),
    RecordStep(WHOLE, "no-strength", "UpdateDevelopmentPlan", (Asks(WORDS, "no_strength_because"),)),
    RecordStep(WHOLE, "not-final", "UpdateDevelopmentPlan", (Asks(WORDS, "not_final_because"),)),
    RecordStep(
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
    RecordStep("need", "end", "CloseNeed", (_OUTCOME, _BECAUSE), ("NEED_PLANNED",)),
    RecordStep("need", "carry", "UpdateDevelopmentPlan", (_BECAUSE,), named_as="carried"),
    RecordStep("action", "answer", "AnswerAction", (Asks(CHOICE, "answer"), Asks(WORDS, "words", needed=False))),
    RecordStep("action", "set", "SetAction", (_BECAUSE,)),
    RecordStep("action", "move", "ChangeActionDate", (Asks(DAY, "due_date"), _WORDS)),
    RecordStep("action", "replace", "CreateAction", _ACTION, _ACTION_MENDS, "replaces"),
    RecordStep("action", "done", "OfferCompletion", (_WORDS,)),
    RecordStep("action", "end", "CloseAction", (_OUTCOME, _WORDS), ("SUPPORT_OWED", "TIME_NOT_OVER")),
    RecordStep("action", "review", "HoldActionReview", (*_REVIEW, _THEIR_WORDS), _REVIEW_MENDS, "reviewed"),
    RecordStep("action", "withdraw", "CloseAction", (_WORDS,), fixed={"outcome": "withdrawn"}),
    RecordStep(
        "support",
        "answer",
        "AnswerSupport",
        (Asks(CHOICE, "answer"), Asks(WORDS, "words", needed=False)),
        ("ASK_AGAIN",),
    ),
    RecordStep("support", "promise", "PromiseSupport", (Asks(DAY, "promised_date"), _BECAUSE)),
    RecordStep(
        "support",
        "record",
        "RecordSupport",
        (_OUTCOME, Asks(DAY, "delivered_date", needed=False), Asks(WORDS, "because", needed=False)),
    ),
    RecordStep("review", "answer", "AnswerActionReview", (_WORDS,)),
    RecordStep("review", "correct", "CorrectActionReview", (*_REVIEW, _BECAUSE), _REVIEW_MENDS, "corrected"),
    RecordStep("approach", "end", "EndApproach", (_OUTCOME, _WORDS), ("SECOND_PERSON_NEEDED",)),
)
STEPS: Mapping[tuple[str, str], RecordStep] = {(one.kind, one.step): one for one in _STEPS}
"""Each step by its kind and its name in an address."""
