"""The addresses that are a Safeguarder's own."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.addresses.roles import SAFEGUARDER
from services.console.pages.answers import own
from services.console.pages.my_file import reading, reply, start, timeline, whole
from services.console.pages.recommendations import reading as recommendations
from services.console.pages.recommendations import steps as recommendation_steps
from services.console.pages.reviews import disagree
from services.console.pages.reviews import reading as reviews
from services.console.pages.reviews import steps as review_steps

MY_RECOMMENDATION_STEP = "/my-file/recommendations/{recommendation}/{step}"
ANSWER = "/my-file/{kind}/{part}/{step}"


def of_a_safeguarder(at: Addresses) -> list[Route]:
    """Return the pages that are a Safeguarder's own."""
    return [
        at.get("/my-file", start.my_file, roles=SAFEGUARDER),
        at.get("/my-file/timeline", timeline.my_timeline, roles=SAFEGUARDER),
        at.get("/my-file/evidence", reading.my_evidence, roles=SAFEGUARDER),
        at.get("/my-file/evidence/{item}", reply.my_item, roles=SAFEGUARDER),
        *at.form("/my-file/evidence/{item}/reply", reply.my_reply, reply.my_reply_sent, roles=SAFEGUARDER),
        at.get("/my-file/matters", reading.my_matters, roles=SAFEGUARDER),
        at.get("/my-file/matters/{concern}", reading.my_matter, roles=SAFEGUARDER),
        at.get("/my-file/sessions", reading.my_sessions, roles=SAFEGUARDER),
        at.get("/my-file/plan", reading.my_plan, roles=SAFEGUARDER),
        at.get("/my-file/readers", whole.my_readers, roles=SAFEGUARDER),
        at.get("/my-file/download", whole.my_download, roles=SAFEGUARDER),
        at.get("/my-file/download/{file}", whole.my_whole_file, roles=SAFEGUARDER),
        *_of_own_answers(at),
    ]


def _of_own_answers(at: Addresses) -> list[Route]:
    """Return the pages on which a Safeguarder answers, or disagrees. The last address fits others too."""
    return [
        at.get("/my-file/disagree", disagree.my_disagreement, roles=SAFEGUARDER),
        *at.form(
            "/my-file/disagree/{kind}/{part}",
            disagree.my_disagreement_with,
            disagree.my_disagreement_sent,
            roles=SAFEGUARDER,
        ),
        at.get("/my-file/recommendations", recommendations.my_readiness, roles=SAFEGUARDER),
        at.get("/my-file/recommendations/{recommendation}", recommendations.my_recommendation, roles=SAFEGUARDER),
        *at.form(
            MY_RECOMMENDATION_STEP,
            recommendation_steps.my_recommendation_step,
            recommendation_steps.my_recommendation_step_sent,
            roles=SAFEGUARDER,
        ),
        at.get("/my-file/reviews", reviews.my_reviews, roles=SAFEGUARDER),
        at.get("/my-file/reviews/{review}", reviews.my_review, roles=SAFEGUARDER),
        *at.form(
            "/my-file/reviews/{review}/{step}",
            review_steps.my_review_step,
            review_steps.my_review_step_sent,
            roles=SAFEGUARDER,
        ),
        *at.form(ANSWER, own.my_answer, own.my_answer_sent, roles=SAFEGUARDER),
    ]
