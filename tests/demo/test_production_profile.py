"""The demo on PostgreSQL and Apache Kafka: its folder remembers the same story, and no process is left running."""

import json
import signal
from pathlib import Path

import pytest

from services.client.addresses import is_running
from services.demo.supervisor import STARTING
from tests.demo.test_demo_commands import ended, said, staying_up
from tests.suite import PSMF, environment, run_psmf
from tests.waiting import run_to_end, until

pytestmark = pytest.mark.journey
PRODUCTION = ("--profile", "production")


def left_running(folder: Path) -> list[str]:
    """Return the processes of a folder: those that work in it or have it in their arguments."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            works_in = (process / "cwd").resolve()
        except OSError:
            continue
        if str(folder) in command or works_in.is_relative_to(folder):
            found.append(command)
    return found


def test_the_same_story_is_told_and_nothing_is_left_running(own_folder: Path) -> None:
    folder = own_folder / "demo"
    with staying_up(folder, *PRODUCTION) as up:
        until(lambda: "Stop with Ctrl-C" in said(folder), seconds=400)
        assert "Profile production: PostgreSQL 18" in said(folder)
        assert "The story did not go as told" not in said(folder)
        now = json.loads(run_psmf(folder, "demo", "status", "--json").stdout)
        assert now["profile"] == "production"
        assert {part["name"] for part in now["parts"]} == {"postgresql", "kafka"}
        assert all(part["version"] and part["address"] for part in now["parts"])
        assert run_psmf(folder, "events", "topics", "list").returncode == 0, "it must find the demo's Kafka"
        assert run_psmf(folder, "ops", "status", "--as", "operator").returncode == 0
        assert len(left_running(folder)) >= len(now["parts"])
        up.send_signal(signal.SIGINT)
        assert ended(up) == 0
    assert left_running(folder) == []

    other = run_psmf(folder, "demo", "up", "--profile", "embedded")
    assert other.returncode == 5
    assert "psmf demo reset" in other.stderr

    with staying_up(folder) as up:
        until(lambda: "Stop with Ctrl-C" in said(folder), seconds=300)
        assert "Profile production" in said(folder), "the folder must remember the profile"
        assert "entering people" not in said(folder), "the story must not be loaded again"
        up.kill()
        up.wait()
        assert left_running(folder), "started processes are still running"
        assert run_psmf(folder, "demo", "down").returncode == 0
    assert left_running(folder) == []
    assert not is_running(folder)


def test_ctrl_c_while_kafka_starts_leaves_nothing_running(own_folder: Path) -> None:
    folder = own_folder / "demo"
    with staying_up(folder, *PRODUCTION) as up:
        until(lambda: "starting Apache Kafka" in said(folder), seconds=200)
        up.send_signal(signal.SIGINT)
        assert ended(up) == 130
    assert STARTING not in said(folder)
    assert left_running(folder) == []


def test_what_is_missing_is_said_in_words(own_folder: Path) -> None:
    without_java = environment(own_folder / "demo") | {"PATH": str(own_folder)}
    command = [PSMF, "demo", "up", "--profile", "sqlite-kafka"]
    answered = run_to_end(command, env=without_java)
    assert answered.returncode == 2
    assert "Kafka needs Java 17 or newer, and there is no `java`. Run: ./dev kafka" in answered.stderr
    assert "Traceback" not in answered.stderr
    assert left_running(own_folder / "demo") == []
