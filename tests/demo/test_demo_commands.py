"""`psmf demo`: run once, stay up, stop, continue where it stopped, start over."""

import json
import os
import pty
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from services.client.addresses import is_running, read_suite
from services.client.patience import has_ended
from services.demo.run import told_story
from services.demo.story.cast import MURDO
from services.demo.story.chapters import CORRECTED, DATED
from services.demo.telling.recommendations import CONDITIONS
from services.demo.telling.sessions import OUR_WORDS, THEIR_WORDS
from services.platform.clock import SystemClock
from tests.suite import PSMF, environment, run_psmf
from tests.waiting import until

pytestmark = pytest.mark.journey

MOST_LINES = 64
"""Ours: what a tall terminal shows of the end, with five stories."""
CONCERN = {"safeguarder", "lane", "standard", "rule", "subject", "state"}
WHY = {"counted", "not_counted", "clears_if", "because", "source"}


@contextmanager
def staying_up(folder: Path, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run `psmf demo up` as in a terminal, with a terminal as its input."""
    terminal, its_end = pty.openpty()
    command = [PSMF, "demo", "up", "--no-color", *options]
    with (folder.parent / "up.txt").open("wb") as said:
        process = subprocess.Popen(command, env=environment(folder), stdin=its_end, stdout=said, stderr=said)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        os.close(terminal)
        os.close(its_end)


def ended(up: "subprocess.Popen[bytes]") -> int | None:
    """Return with which code it ended, once it has."""
    assert has_ended(up, 60), "it does not stop"
    return up.poll()


def said(folder: Path) -> str:
    return (folder.parent / "up.txt").read_text()


def assert_short_stories(folder: Path) -> None:
    """The demo ends with five stories, before the addresses. Each command that they name confirms them (doors D8)."""
    text = said(folder)
    _, _, told = text.partition("Five stories")
    stories, _, rest = told.partition("In another terminal")
    assert "Services (gRPC" in rest
    words = " ".join(stories.split())
    assert "1. A second voice." in words
    assert "2. A record that is corrected." in words
    assert "has it as counted (before: short)" in words
    assert "the matter is closed: no longer applies." in words
    assert "3. A number that changes on a date." in words
    assert "4. A record with two accounts." in words
    assert "5. A promise that was not kept." in words
    answers = {}
    for line in stories.splitlines():
        if line.strip().startswith("psmf "):
            answered = run_psmf(folder, *line.split()[1:])
            assert answered.returncode == 0, f"{line}\n{answered.stderr}"
            answers[" ".join(line.split()[1:3])] = answered.stdout
    tale = told_story(folder)
    standing = f"standing {tale.named(MURDO).safeguarder_id}"
    commands = {"concern show", "kpi ledger", "rules ahead", "rules whatif", "session record", standing}
    assert answers.keys() == commands
    person = {chapter.title: chapter.safeguarder_id for chapter in tale.chapters}
    assert "child_views_line" in answers["rules ahead"]
    assert f"{person[DATED]} (child-view-missing" in answers["rules whatif"]
    assert person[CORRECTED] in answers["kpi ledger"]
    assert THEIR_WORDS in " ".join(answers["session record"].split())
    assert OUR_WORDS in " ".join(answers["session record"].split())
    assert "The Team" in answers[standing] or "the Team" in answers[standing]


def test_one_run_prints_one_object_and_leaves_nothing(tmp_path: Path) -> None:
    answered = run_psmf(tmp_path / "unused", "demo", "run", "--json")
    assert answered.returncode == 0, answered.stderr
    seen = json.loads(answered.stdout)
    assert {"concerns", "alerts", "ledger", "engines"} <= set(seen)
    assert seen["concerns"]
    assert all(set(row) >= CONCERN | WHY for row in seen["concerns"])
    assert set(seen["ledger"]) == {"accepted", "evaluated", "waiting", "dead", "dropped"}
    assert {"evaluations", "disagreements"} <= set(seen["engines"])
    assert seen["sessions"]["records"] == {"confirmed": 2, "disputed": 1}
    assert (seen["plans"]["in_force"], seen["plans"]["supports_late"]) == (1, 2)
    assert seen["plans"]["basis"] == {"agreed": 2, "set": 1 + len(CONDITIONS)}
    assert seen["reviews"] == {"open": 0, "upheld": 1, "not_upheld": 0, "days_given_back": 14}
    assert seen["story"]["differences"] == []
    assert not (tmp_path / "unused").exists()


def test_up_is_interrupted_goes_on_where_it_was_stays_until_ctrl_c_and_starts_over(tmp_path: Path) -> None:
    """doors D7, D8: the story is judged once, when it is told, and the demo ends with what to look at.

    Takes a minute: one story is told by two starts, and kept for a third, each with all services.
    """
    folder = tmp_path / "demo"
    with staying_up(folder) as up:
        until(lambda: "entering people" in said(folder), seconds=60)
        up.send_signal(signal.SIGINT)
        assert ended(up) == 130
    assert not is_running(folder)

    with staying_up(folder) as up:
        until(lambda: "Stop with Ctrl-C" in said(folder), seconds=120)
        assert "The story did not go as told" not in said(folder)
        assert len(said(folder).partition("Profile ")[2].splitlines()) < MOST_LINES, "doors D8: lost lines"
        assert_short_stories(folder)
        assert said(folder).split()[-1] == read_suite(folder).console != "", "console.md: its address comes last"
        assert run_psmf(folder, "demo", "report").stdout.count("A person decides what happens next.") > 10
        steps = [step["name"] for step in json.loads(run_psmf(folder, "ops", "trace", "--json").stdout)["spans"]]
        assert steps[0] == "evidence.add_reply", "doors D8: one whole trace to look at"
        assert {"rules.evaluate", "notifications.concern_raised"} <= set(steps)
        assert run_psmf(folder, "ops", "status").returncode == 0
        alert = json.loads(run_psmf(folder, "alert", "list", "--json").stdout)["items"][0]["name"]
        next_week = (SystemClock().today() + timedelta(days=7)).isoformat()
        taken = run_psmf(folder, "alert", "acknowledge", alert, "--next-date", next_week)
        assert taken.returncode == 0, taken.stderr
        up.send_signal(signal.SIGINT)
        assert ended(up) == 0
    assert not is_running(folder)

    with staying_up(folder) as up:
        until(lambda: "Stop with Ctrl-C" in said(folder), seconds=60)
        assert "entering people" not in said(folder), "the story must not be loaded again"
        assert "The story did not go as told" not in said(folder), "doors D7: what people did since is not judged"
        assert run_psmf(folder, "demo", "down").returncode == 0
        assert ended(up) == 0

    assert run_psmf(folder, "demo", "reset").returncode == 0
    assert not folder.exists()


def test_down_stops_services_whose_supervisor_was_killed(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with staying_up(folder) as up:
        until(lambda: "entering people" in said(folder), seconds=60)
        up.kill()
        up.wait()
        assert is_running(folder), "its services still run and must keep the folder locked"
        assert run_psmf(folder, "demo", "up").returncode == 5
        assert run_psmf(folder, "demo", "down").returncode == 0
    assert not is_running(folder)


def test_without_a_terminal_the_demo_stays_only_when_it_is_told_to(tmp_path: Path) -> None:
    """doors D23: a demo in the background says how to keep it running. doors D9: a folder is refused in words."""
    (tmp_path / "file").write_text("no folder")
    refused = run_psmf(tmp_path / "file" / "demo", "demo", "up")
    assert (refused.returncode, "cannot be written" in refused.stderr, "Traceback" in refused.stderr) == (
        2,
        True,
        False,
    )
    folder = tmp_path / "demo"
    chosen = {"PSMF_REPLY_WORKING_DAYS": "9", "PSMF_LISTEN": "127.0.0.1:9"}
    with (tmp_path / "up.txt").open("wb") as told:
        up = subprocess.Popen(
            [PSMF, "demo", "up", "--stay"],
            env=environment(folder) | chosen,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
        )
        try:
            until(lambda: "Stop with Ctrl-C" in said(folder), seconds=120)
            assert is_running(folder)
            assert "Passed on to the services: PSMF_REPLY_WORKING_DAYS\n" in said(folder)
            assert "Not passed on, because the demo needs its own: PSMF_LISTEN\n" in said(folder)
            for process in read_suite(folder).processes.values():
                given = Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
                assert b"PSMF_REPLY_WORKING_DAYS=9" in given, "doors D8: a setting of the user was dropped"
                assert b"PSMF_LISTEN=127.0.0.1:9" not in given
            assert run_psmf(folder, "demo", "down").returncode == 0
            assert ended(up) == 0
        finally:
            up.kill()
            up.wait()
    ended_by_itself = run_psmf(folder, "demo", "up")
    assert "psmf demo up --stay" in ended_by_itself.stderr
