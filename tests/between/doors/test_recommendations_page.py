"""docs/recommendations.md is true: a reappointment, step by step on the four real services.

The kind that this closes: a page tells people what to type, and the command answers something else.
"""

import re
import shlex
from datetime import timedelta
from pathlib import Path

from services.calendar_days import months_later
from tests.between.doors.test_commands import Door
from tests.between.together import Together, together
from tests.builders import an_applicant, an_appointment
from tests.pages import DOCS, Command, says, steps
from tests.world import PEOPLE

PAGE = (DOCS / "recommendations.md").read_text()
SAFEGUARDER, PERSON = "sg-0749eded", "person-sg-0749eded"
RECOMMENDATION, HASH = "4ec03e0d", "6f1c20aa"
"""The starts of an id and of a hash on the page."""
AS = re.compile(r" --as (\S+)")
TEXT = re.compile(r"^```\n(outcome: .*?)^```$", re.MULTILINE | re.DOTALL)
REFUSED = "psmf: "


def people() -> dict[str, dict[str, str]]:
    own = {
        "senior-manager-east": PEOPLE["senior-manager"],
        "decision-recorder": PEOPLE["recorder"],
        "decision-recorder-2": PEOPLE["recorder-two"],
        PERSON: {"role": "safeguarder", "subject": SAFEGUARDER},
    }
    return PEOPLE | own


def appoint(running: Together) -> None:
    """Appoint the person of the page, whose term ends in 160 days."""
    ends_on = running.today + timedelta(days=160)
    entry = an_applicant(SAFEGUARDER, display_name="Demo Iain Strathkinness")
    running.safeguarders.CreateSafeguarder(entry, **running.as_("panel-team"))
    appointed = an_appointment(SAFEGUARDER, months_later(ends_on + timedelta(days=1), -36))
    running.safeguarders.RecordMinisterialDecision(appointed, **running.as_("recorder"))
    running.settle()


def test_a_reappointment_from_readiness_to_the_decision_is_as_the_page_has_it(tmp_path: Path) -> None:
    """R85, R86, R89, B10: each command and each answer."""
    with together(tmp_path, people()) as running:
        appoint(running)
        door, known, done = Door(running, tmp_path), dict[str, str](), list[str]()
        (text,) = TEXT.findall(PAGE)
        (tmp_path / "text.yaml").write_text(text)
        for step in steps(PAGE):
            assert isinstance(step, Command)
            (person,) = AS.findall(step.line)
            typed = AS.sub("", step.line).replace("text.yaml", str(tmp_path / "text.yaml"))
            if "safeguarder decide" in typed:
                shown = door.data("panel-team", "recommendation", "readiness", SAFEGUARDER)["recommendations"][0]
                known |= {RECOMMENDATION: shown["name"].rpartition("/")[2], HASH: shown["pack_hash"]}
            for on_the_page, real in known.items():
                typed = typed.replace(on_the_page, real)
            answered = door.psmf(person, *shlex.split(typed)[1:])
            running.settle()
            answer = AS.sub("", answered.stdout + answered.stderr)
            assert (answered.returncode != 0) is step.answer.startswith(REFUSED), answer
            if typed.split()[2] == "draft":
                ((known[RECOMMENDATION],),) = [re.findall(rf"{SAFEGUARDER}/([0-9a-f]{{8}}) is drafted", answer)]
            assert says(answer, AS.sub("", step.answer)), f"$ {step.line}\n{answer}"
            done.append(" ".join(step.line.split()[1:3]))
    moves = ("readiness", "draft", "check", "revise", "share", "answer", "approve", "submit", "show")
    assert {f"recommendation {each}" for each in moves} <= {*done}
