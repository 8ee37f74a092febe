"""The program of a service: its arguments (`migrate` needs only the database), and the signal that stops it."""

import os
import runpy
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from services.client.addresses import SERVICES
from services.platform.process.settings import read_settings
from services.platform.storage.sqlite.backup import back_up
from services.platform.telemetry import metrics
from tests import databases
from tests.deploy.suite import settings_class
from tests.waiting import run_to_end

EVERY_SERVICE = pytest.mark.parametrize("service", SERVICES)


def run(service: str, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run a service's program as a process, with these settings and no others."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PSMF_")}
    command = [sys.executable, "-P", "-m", f"services.{service}", *arguments]
    return run_to_end(command, env=environment | settings)


def run_here(service: str, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run it in this process, where all it imports is loaded: a start of its own takes a second of a core."""
    umask = os.umask(0o077)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        for name in [name for name in os.environ if name.startswith("PSMF_")]:
            patch.delenv(name)
        for name, value in settings.items():
            patch.setenv(name, value)
        patch.setattr("sys.argv", [service, *arguments])
        try:
            runpy.run_module(f"services.{service}", run_name="__main__")
        except SystemExit as ended:
            code = int(ended.code or 0)
        else:
            code = 0
        finally:
            os.umask(umask)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


@EVERY_SERVICE
def test_migrations_run_alone_and_again(database_kind: str, service: str, tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    for _ in range(2):
        done = run_here(service, "migrate", PSMF_DATABASE=databases.address(file))
        assert (done.returncode, done.stderr) == (0, "")
    newest = max(path.name[:4] for path in Path(f"services/{service}/migrations/versions").glob("[0-9]*.py"))
    assert databases.read_rows(file, "SELECT version_num FROM alembic_version") == [(newest,)]


def test_the_address_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "address").write_text(f"sqlite:///{tmp_path}/new.db\n")
    assert run_here("rules", "migrate", PSMF_DATABASE_FILE=str(tmp_path / "address")).returncode == 0
    assert (tmp_path / "new.db").exists()


def test_what_a_program_writes_and_what_is_copied_of_it_only_its_owner_reads(tmp_path: Path) -> None:
    """A10: databases and backups hold personal data, and could be read by everybody on the machine."""
    kept, copies = tmp_path / "kept" / "evidence.db", tmp_path / "backup"
    assert run("evidence", "migrate", PSMF_DATABASE=f"sqlite:///{kept}").returncode == 0
    back_up([kept], copies)
    for made in (*kept.parent.iterdir(), *copies.iterdir(), copies, kept.parent):
        assert made.stat().st_mode & 0o077 == 0, made


@pytest.mark.parametrize(
    ("service", "arguments"), list(zip(SERVICES, 2 * (["migrat"], ["migrate", "now"]), strict=True))
)
def test_anything_else_is_a_wrong_usage(service: str, arguments: list[str]) -> None:
    done = run_here(service, *arguments)
    assert done.returncode == 2
    assert f"python -m services.{service} migrate" in done.stderr
    assert done.stdout == ""


@EVERY_SERVICE
def test_a_setting_that_is_missing_is_named(
    service: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in os.environ if name.startswith("PSMF_")]:
        monkeypatch.delenv(name)
    with pytest.raises(SystemExit) as ended:
        read_settings(settings_class(service))
    assert ended.value.code == 2
    assert "setting PSMF_KEYS_FILE: " in capsys.readouterr().err


def test_a_migration_needs_a_database() -> None:
    assert "PSMF_DATABASE" in run_here("evidence", "migrate").stderr


STOPS = """
import signal, sys, threading, time
from services.platform.process.stop_signal import stop_signal

def send():
    signal.pthread_kill({thread}, signal.{name})
    time.sleep(600)

with stop_signal() as wait:
    threading.Thread(target=send, daemon=True).start()
    wait()
print("stopped")
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("thread", ["threading.get_ident()", "threading.main_thread().ident"])
def test_a_process_stops_whichever_thread_gets_the_signal(name: str, thread: str) -> None:
    code = STOPS.format(thread=thread, name=name)
    done = run_to_end([sys.executable, "-c", code])
    assert (done.stdout, done.stderr) == ("stopped\n", "")


WAITS = """
import signal
from services.platform.process.stop_signal import signals_wait

signal.signal(signal.SIGTERM, signal.default_int_handler)
held = []
try:
    with signals_wait():
        signal.raise_signal(signal.{name})
        held.append("child")
except KeyboardInterrupt:
    print(held)
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_waits_until_the_started_child_is_held(name: str) -> None:
    code = WAITS.format(name=name)
    done = run_to_end([sys.executable, "-c", code])
    assert (done.stdout, done.stderr) == ("['child']\n", "")


def test_a_path_or_an_address_that_cannot_be_used_is_named_in_a_sentence(tmp_path: Path) -> None:
    """F7: a file with the address that is not there."""
    done = run_here("evidence", "migrate", PSMF_DATABASE_FILE=str(tmp_path / "nowhere"))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr.startswith(f"psmf evidence: {tmp_path}/nowhere: ")


@pytest.fixture
def taken() -> Iterator[str]:
    """Return an address at which another program already serves."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield f"127.0.0.1:{other.getsockname()[1]}"


@pytest.mark.parametrize("setting", ["PSMF_METRICS_LISTEN", "PSMF_TRACE_FILE"])
def test_where_measures_and_traces_cannot_go_is_named_in_a_sentence(setting: str, taken: str, tmp_path: Path) -> None:
    """F7: an address that another program has, or a folder that is a file. The database is not looked at before."""
    (tmp_path / "file").touch()
    value, named = (
        (taken, taken)
        if setting == "PSMF_METRICS_LISTEN"
        else (str(tmp_path / "file" / "traces"), str(tmp_path / "file"))
    )
    others = {f"PSMF_{name}_FILE": str(tmp_path / "nowhere") for name in ("KEYS", "PEOPLE", "SERVICE_KEY")}
    others |= {f"PSMF_{name.upper()}_ADDRESS": "127.0.0.1:1" for name in SERVICES}
    others |= {"PSMF_DATABASE": f"sqlite:///{tmp_path}/new.db", "PSMF_LISTEN": "127.0.0.1:0"}
    done = run("evidence", **others, **{setting: value})
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert done.stderr.startswith(f"psmf evidence: {named}: ")
    assert not (tmp_path / "new.db").exists()


def test_measures_at_no_such_port_are_refused_with_the_address() -> None:
    """F7: the setting has the form of an address, so only serving finds it."""
    with pytest.raises(OSError, match="no measures can be served at this address") as refused:
        metrics.set_up("evidence", to_collector=False, listen="127.0.0.1:99999", readable=False)
    assert refused.value.filename == "127.0.0.1:99999"
