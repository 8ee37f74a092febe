"""The gateway: everything that pages ask the services."""

from services.console.calls.away import AwayCalls
from services.console.calls.drafts import DraftCalls
from services.console.calls.emergencies import EmergencyCalls
from services.console.calls.feedback.desk import DeskCalls
from services.console.calls.feedback.links import FeedbackLinkCalls
from services.console.calls.own_file import OwnFileCalls
from services.console.calls.recording import RecordingCalls
from services.console.calls.reviews.answers import AnswerCalls
from services.console.calls.reviews.decisions import DecisionCalls
from services.console.calls.reviews.recommendations import RecommendationCalls
from services.console.calls.reviews.requests import ReviewCalls
from services.console.calls.rules.figures import FigureCalls
from services.console.calls.rules.rule_changes import RuleChangeCalls
from services.console.calls.team import TeamCalls
from services.console.calls.timeline import TimelineCalls


class Gateway(
    AnswerCalls,
    RecommendationCalls,
    DecisionCalls,
    ReviewCalls,
    RuleChangeCalls,
    RecordingCalls,
    DraftCalls,
    OwnFileCalls,
    FigureCalls,
    TeamCalls,
    TimelineCalls,
    DeskCalls,
    FeedbackLinkCalls,
    AwayCalls,
    EmergencyCalls,
):
    """Calls of the public methods, by area. One connection to each service serves them all."""
