"""The addresses of reviews, recommendations and decisions."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.addresses.roles import RECORDERS, SENIORS, STAFF, TEAM
from services.console.pages.decisions import recording
from services.console.pages.recommendations import reading as recommendations
from services.console.pages.recommendations import steps as recommendation_steps
from services.console.pages.recommendations import writing
from services.console.pages.reviews import reading as reviews
from services.console.pages.reviews import steps as review_steps

DECISION = "/decisions/{safeguarder}/{recommendation}"
TEXT = "/recommendations/{safeguarder}/{recommendation}/text/{part}"
RECOMMENDATION_STEP = "/recommendations/{safeguarder}/{recommendation}/{step}"


def of_reviews_and_decisions(at: Addresses) -> list[Route]:
    """Return the pages of reviews, recommendations and decisions for those who work on them."""
    return [*_of_reviews(at), *_of_recommendations(at), *_of_decisions(at)]


def _of_reviews(at: Addresses) -> list[Route]:
    """Return the pages of reviews for the staff."""
    return [
        at.get("/reviews", reviews.reviews, roles=STAFF),
        at.get("/reviews/{safeguarder}/{review}", reviews.review, roles=STAFF),
        *at.form(
            "/reviews/{safeguarder}/{review}/{step}",
            review_steps.review_step,
            review_steps.review_step_sent,
            roles=STAFF,
        ),
        at.get("/people/{safeguarder}/reviews", reviews.reviews_of, roles=STAFF),
    ]


def _of_recommendations(at: Addresses) -> list[Route]:
    """Return the pages of recommendations for the Team and its managers."""
    return [
        at.get("/recommendations", recommendations.recommendations, roles=SENIORS),
        at.get("/recommendations/{safeguarder}", recommendations.readiness, roles=STAFF),
        *at.form(
            "/recommendations/{safeguarder}/new",
            writing.recommendation_new,
            writing.recommendation_new_sent,
            roles=TEAM,
        ),
        *at.form(TEXT, writing.recommendation_text, writing.recommendation_text_sent, roles=TEAM),
        *at.form(f"{TEXT}/take-out", writing.recommendation_take_out, writing.recommendation_take_out_sent, roles=TEAM),
        at.get("/recommendations/{safeguarder}/{recommendation}", recommendations.recommendation, roles=STAFF),
        *at.form(
            RECOMMENDATION_STEP,
            recommendation_steps.recommendation_step,
            recommendation_steps.recommendation_step_sent,
            roles=SENIORS,
        ),
    ]


def _of_decisions(at: Addresses) -> list[Route]:
    """Return the pages of those who record what Ministers decided."""
    return [
        *at.form("/decisions", recording.decisions, recording.decision_found, roles=RECORDERS),
        at.get(DECISION, recording.decision, roles=RECORDERS),
        *at.form(f"{DECISION}/record", recording.decision_record, recording.decision_recorded, roles=RECORDERS),
        *at.form(
            f"{DECISION}/records/{{decision}}/{{step}}",
            recording.decision_step,
            recording.decision_step_sent,
            roles=RECORDERS,
        ),
    ]
