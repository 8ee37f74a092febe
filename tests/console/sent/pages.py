"""Every page of the console that is no form: who opens it, and where it stands.

The whole file that is downloaded has tests of its own: it is sent as it is read (tests/console/my_file).
"""

from tests.console.fixtures.sessions import held
from tests.console.sent import world
from tests.console.sent.forms import MATTER, MINE, RECOMMENDED, Form, of_place
from tests.console.sent.world import CONTENT, MANAGER, OWN, PERSON, SENIOR, SESSION, TEAM

PAGES = (
    Form(MANAGER, "/"),
    Form(MANAGER, f"{PERSON}/timeline"),
    Form(OWN, "/my-file/timeline"),
    Form("", "/sign-in"),
    *of_place(MANAGER, "/", "today", "today/sessions", "drafts", "people", "sessions"),
    *of_place(
        MANAGER, PERSON, "", "/evidence", "/evidence/e-1", "/matters", "/sessions", "/plan", "/reviews", "/away",
        "/timeline",
    ),
    *of_place(MANAGER, "", MATTER, f"{MATTER}?from=week"),
    *of_place(MANAGER, SESSION, "", "/prepare", "/calendar"),
    Form(MANAGER, f"{SESSION}/record", {"GetSupportSession": held()}),
    *of_place(OWN, MINE, "", "/prepare", "/calendar"),
    Form(OWN, f"{MINE}/record", {"GetSupportSession": held(), "GetSessionRecord": world.shared_record()}),
    *of_place(
        OWN, "/my-file", "", "/evidence", "/evidence/e-1", "/matters", "/matters/c-1", "/sessions", "/plan", "/readers",
        "/away", "/timeline",
        "/download", "/disagree", "/recommendations",
        "/recommendations/m-1", "/reviews", "/reviews/r-1",
    ),
    Form(TEAM, "/feedback-links"),
    *of_place(TEAM, "/kpis", "", "/2026-27", "/2026-27/figures.csv", "/2026-27/kpi-7", "/2026-27/kpi-7/ledger"),
    Form(TEAM, "/kpis/2026-27/kpi-7/ledger.csv"),
    *of_place(SENIOR, "/team", "", "/load", "/nobodys", f"/managers/{MANAGER}"),
    Form(SENIOR, "/emergency-accesses"),
    *of_place(SENIOR, "", "/reviews", "/reviews/sg-1/r-1"),
    *of_place(SENIOR, "", "/recommendations", "/recommendations/sg-1", RECOMMENDED),
    Form(world.RECORDER, "/decisions/sg-1/away"),
    Form(world.RECORDER, "/decisions/sg-1/m-1", {"GetRecommendationPack": world.submitted()}),
    *of_place(world.EDITOR, "", "/rules", "/rules/report-late", "/rules/report-late/at/2026-11-30", "/rule-changes"),
    *of_place(world.APPROVER, f"/rule-changes/{CONTENT}", "", "/compare", "/examples", "/what-if/0a1b"),
    *of_place(MANAGER, "/about", "", "/status", "/rules"),
)  # fmt: skip
