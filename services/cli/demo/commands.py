"""`psmf demo`: the whole suite on this machine, with invented people."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.command import command, group
from services.cli.failure import CHECK_FAILED, CommandError, file_failures
from services.cli.terminal import Terminal, demo_folder
from services.demo.profile import Beside, Profile

if TYPE_CHECKING:
    from services.demo.run import Demo

app = group("demo")
SEED = Annotated[int, typer.Option(help="Number that selects the invented people. Another number gives other people.")]
DEFAULT_SEED = 2016
LOOK_AGAIN_SECONDS = 1.0
PROFILE = Annotated[
    Profile | None,
    typer.Option(
        help="Database and transport: embedded is SQLite and feed, production is PostgreSQL and Apache Kafka."
    ),
]
STAY = Annotated[bool, typer.Option("--stay", help="Keep running without a terminal, until psmf demo down.")]
PART_NAMES = {"postgresql": "PostgreSQL", "kafka": "Apache Kafka"}


@command(app, "up")
def up(terminal: Terminal, seed: SEED = DEFAULT_SEED, profile: PROFILE = None, stay: STAY = False) -> int:
    """Start the services, tell the story, print what came of it, and keep running until Ctrl-C.

    psmf demo up
    psmf demo up --profile production      on PostgreSQL and Apache Kafka, as processes of this machine
    psmf demo up --stay                    keeps running in the background too, until psmf demo down
    ONCE=1 psmf demo up                    ends by itself, as it does without a terminal
    """
    from services.cli.demo.report import in_short, what_next
    from services.cli.demo.stories import short_stories

    folder = demo_folder()
    with _started(terminal, folder, seed, profile, beside=Beside.PAGES) as (demo, told_now):
        seen = demo.outcome()
        differing = _say_outcome(terminal, demo, seen, judged=told_now)
        if not terminal.as_json:
            terminal.text(in_short(demo.story, seen))
            terminal.text(short_stories(demo.client, demo.story))
            terminal.text(what_next(demo, folder))
        if os.environ.get("ONCE") != "1" and (stay or sys.stdin.isatty()):
            _stay(terminal, demo)
        elif not terminal.as_json:
            terminal.say("The demo ends here: it is not in a terminal. To keep it running: psmf demo up --stay")
    return CHECK_FAILED if differing else 0


@command(app, "report")
def full_report(terminal: Terminal) -> None:
    """Show everything that the running demo raised: what counted, what did not, the source, and what would clear it.

    psmf demo report
    """
    from services.cli.demo.report import report
    from services.demo.outcome import outcome
    from services.demo.run import told_story

    story = told_story(_running_folder())
    seen = outcome(terminal.client, story)
    if terminal.as_json:
        terminal.data(seen)
    else:
        terminal.text(report(terminal.client, story, seen))


@command(app, "run")
def run(terminal: Terminal, seed: SEED = DEFAULT_SEED, profile: PROFILE = None) -> int:
    """Run the demo once in a temporary folder. Exit code 0 if the story went as told, 1 if something differs.

    psmf demo run --json
    psmf demo run --profile production
    """
    from tempfile import TemporaryDirectory

    from services.cli.demo.report import report

    with TemporaryDirectory(prefix="psmf-demo-") as folder, _started(terminal, Path(folder), seed, profile) as started:
        demo, told_now = started
        seen = demo.outcome()
        differing = _say_outcome(terminal, demo, seen, judged=told_now)
        if not terminal.as_json:
            terminal.text(report(demo.client, demo.story, seen))
    return CHECK_FAILED if differing else 0


@command(app, "status")
def status(terminal: Terminal) -> None:
    """Show whether the demo runs, its profile, the addresses of its services, and the people you can call as.

    psmf demo status
    """
    from services.client.addresses import read_suite
    from services.client.tokens import Issuer

    folder = _running_folder()
    suite, people = read_suite(folder), Issuer(folder).people
    if terminal.as_json:
        parts = [part._asdict() for part in suite.parts]
        terminal.data(
            {
                "profile": suite.profile,
                "parts": parts,
                "addresses": dict(suite.addresses),
                "console": suite.console,
                "mailbox": suite.mailbox,
                "people": people,
            }
        )
        return
    terminal.text(f"{'profile':14} {suite.profile}")
    for part in suite.parts:
        terminal.text(f"{part.name:14} {part.version} at {part.address}")
    for service, address in suite.addresses.items():
        terminal.text(f"{service:14} {address}")
    terminal.text(f"{'console':14} {suite.console}")
    terminal.text(f"{'mailbox':14} {suite.mailbox}, kept in {folder / 'mail'}")
    staff = [person for person in people if not person.startswith("person-")]
    terminal.text(
        f"{'people':14} {', '.join(staff)}, and {len(people) - len(staff)} Safeguarders as person-SAFEGUARDER"
    )


@command(app, "down")
def down(terminal: Terminal) -> None:
    """Stop a demo that runs in another terminal. Its data stays.

    psmf demo down
    """
    from services.demo.suite import stop_running

    stopped = stop_running(demo_folder())
    terminal.changed(
        {"stopped": stopped}, "The demo has stopped." if stopped else "No demo was running.", "psmf demo up"
    )


@command(app, "reset")
def reset(terminal: Terminal) -> None:
    """Stop the demo and delete all its data.

    psmf demo reset
    """
    from shutil import rmtree

    from services.demo.suite import stop_running

    folder = demo_folder()
    stop_running(folder)
    if folder.exists() and not {"lock", "people.json"} <= {file.name for file in folder.iterdir()}:
        raise CommandError("FAILED_PRECONDITION", f"{folder} does not look like a demo's folder. Nothing was deleted.")
    rmtree(folder, ignore_errors=True)
    terminal.changed({"removed": str(folder)}, f"{folder} is deleted.", "psmf demo up")


def _running_folder() -> Path:
    """Return the folder of the demo that runs.

    Raises:
        CommandError: UNAVAILABLE, if none runs there.
    """
    from services.client.addresses import is_running

    folder = demo_folder()
    if not is_running(folder):
        raise CommandError("UNAVAILABLE", f"No demo is running in {folder}. Start one with: psmf demo up")
    return folder


@contextmanager
def _started(
    terminal: Terminal, folder: Path, seed: int, profile: Profile | None, *, beside: Beside = Beside.MEASURES
) -> Iterator[tuple["Demo", bool]]:
    """Run the suite of a folder with the story told to its end. Yield it, and whether the story was told just now."""
    # Stopped from outside, the demo ends as with Ctrl-C: it asks the services to stop and waits for them.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    from services.client.addresses import LOCK_FILE
    from services.demo.local_kafka import KafkaNotStartedError
    from services.demo.local_postgres import PostgresNotStartedError
    from services.demo.run import running_demo
    from services.demo.supervisor import ServiceNotStartedError
    from services.demo.telling.wire import StoryNotToldError
    from services.demo.waiting import NotSettledError
    from services.platform.clock import SystemClock

    with file_failures(folder, "written"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / LOCK_FILE).touch()
    try:
        with ExitStack() as stack:
            stack.callback(os.umask, os.umask(0o077))  # keys, databases and logs are the owner's alone
            with terminal.steps() as steps:
                today = SystemClock().today()
                running = running_demo(folder, today, seed, profile, steps, beside=beside)
                demo = stack.enter_context(running)
                told_now = demo.tell(folder, steps, dated=True)
            terminal.say(_runs_on(demo))
            for line in _settings_of_the_user():
                terminal.say(line)
            yield demo, told_now
    except (KafkaNotStartedError, PostgresNotStartedError) as problem:
        raise CommandError("USAGE", str(problem)) from problem
    except (ServiceNotStartedError, StoryNotToldError, NotSettledError) as problem:
        raise CommandError("INTERNAL", str(problem)) from problem


def _settings_of_the_user() -> Iterator[str]:
    """Yield a sentence about the settings in the environment that the services get, and about those they do not get."""
    from services.demo.supervisor import not_passed_on, passed_on

    if passed := passed_on(os.environ):
        yield f"Passed on to the services: {', '.join(passed)}"
    if own := not_passed_on(os.environ):
        yield f"Not passed on, because the demo needs its own: {', '.join(own)}"


def _runs_on(demo: "Demo") -> str:
    """Return a sentence about the profile: each program with version and address."""
    parts = [f"{PART_NAMES[part.name]} {part.version} at {part.address}" for part in demo.supervisor.found]
    by_itself = {
        Profile.EMBEDDED: ["SQLite files", "the services' own feed"],
        Profile.SQLITE_KAFKA: ["SQLite files"],
        Profile.POSTGRESQL_FEED: ["the services' own feed"],
    }
    return f"Profile {demo.profile}: " + ", ".join([*parts, *by_itself.get(demo.profile, [])])


def _say_outcome(terminal: Terminal, demo: "Demo", seen: dict[str, Any], *, judged: bool) -> list[str]:
    """Say how the story went. It is judged once, when it is told: afterwards people have changed what it left."""
    from services.demo.outcome import differences

    differing = differences(demo.story, seen) if judged else []
    if terminal.as_json:
        told = {
            "today": demo.story.today.isoformat(),
            "seed": demo.story.seed,
            "profile": demo.profile,
            "differences": differing,
        }
        terminal.data(seen | {"story": told})
    for difference in differing:
        terminal.say(f"The story did not go as told: {difference}")
    return differing


def _stay(terminal: Terminal, demo: "Demo") -> None:
    """Keep running until Ctrl-C, and start services again that end by themselves."""
    try:
        while True:
            time.sleep(LOOK_AGAIN_SECONDS)
            for service in demo.supervisor.restart_ended():
                terminal.say(f"{service} had ended and has been started again.")
    except KeyboardInterrupt:
        terminal.say("Stopping.")
