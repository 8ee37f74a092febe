"""The gateway: everything that pages ask the services."""

from services.console.calls.drafts import DraftCalls
from services.console.calls.evidence import EvidenceCalls
from services.console.calls.figures import FigureCalls
from services.console.calls.own_file import OwnFileCalls
from services.console.calls.people import PeopleCalls
from services.console.calls.recording import RecordingCalls
from services.console.calls.reviews.answers import AnswerCalls
from services.console.calls.reviews.decisions import DecisionCalls
from services.console.calls.reviews.recommendations import RecommendationCalls
from services.console.calls.reviews.requests import ReviewCalls
from services.console.calls.rule_changes import RuleChangeCalls
from services.console.calls.rulebook import RulebookCalls
from services.console.calls.sessions import SessionCalls
from services.console.calls.team import TeamCalls


class Gateway(
    AnswerCalls,
    RecommendationCalls,
    DecisionCalls,
    ReviewCalls,
    RuleChangeCalls,
    RulebookCalls,
    SessionCalls,
    PeopleCalls,
    EvidenceCalls,
    RecordingCalls,
    DraftCalls,
    OwnFileCalls,
    FigureCalls,
    TeamCalls,
):
    """Calls of the public methods, by area. One connection to each service serves them all."""
