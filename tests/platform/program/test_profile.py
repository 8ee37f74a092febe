"""Where people are real, an unsafe setting stops the start: each alone, and all together (decision 94)."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from services.demo.issuer import write_identity
from services.platform.process.program import check
from tests.deploy.manifests import PROGRAMS, settings_of
from tests.deploy.suite import settings_class
from tests.platform.test_program import run

ELSEWHERE = "postgresql+psycopg://evidence@database.invalid/evidence"
NO_TLS = {"tls_certificate_file": "", "tls_key_file": "", "tls_ca_file": ""}
EVERYWHERE = set(PROGRAMS)
SERVICES = EVERYWHERE - {"console"}
TLS = "PSMF_TLS_CERTIFICATE_FILE, PSMF_TLS_KEY_FILE and PSMF_TLS_CA_FILE"

UNSAFE: list[tuple[set[str], dict[str, Any], dict[str, str]]] = [
    (EVERYWHERE, {"keys_file": "DEMO/keys.json"}, {"keys_file": "Take the key of psmf-demo out"}),
    (EVERYWHERE, {"people_file": "DEMO/people.json"}, {"people_file": "your own people alone"}),
    (SERVICES, NO_TLS, {"listen": TLS, "tls_certificate_file": f"plain text. Give {TLS}"}),
    (SERVICES, NO_TLS | {"listen": "127.0.0.1:7100"}, {"tls_certificate_file": "calls to PSMF_"}),
    (SERVICES, {"clear_text": "true"}, {"clear_text": "Set it to false"}),
    (SERVICES, {"reflection": "true"}, {"reflection": "Set it to false"}),
    (SERVICES, {"kafka_ca_file": ""}, {"kafka_ca_file": "without mutual TLS"}),
    (SERVICES, {"kafka_certificate_file": "", "kafka_key_file": ""}, {"kafka_ca_file": "without mutual TLS"}),
    (SERVICES, {"database": ELSEWHERE}, {"database": "sslmode=verify-full"}),
    (SERVICES, {"database": f"{ELSEWHERE}?sslmode=require"}, {"database": "sslmode=verify-full"}),
    (SERVICES, {"database": "postgresql+psycopg:///evidence?host=database.invalid"}, {"database": "sslmode"}),
    (SERVICES, {"database": "postgresql+psycopg://a:secret@127.0.0.1/a"}, {"database": "PSMF_DATABASE_FILE"}),
    ({"rules"}, {"rulebook_needs_approval": "false"}, {"rulebook_needs_approval": "without a second person"}),
    ({"rules"}, {"approval_key_file": ""}, {"approval_key_file": "the key that signs approvals"}),
    ({"notifications"}, {"smtp_start_tls": "false"}, {"smtp_start_tls": "Set it to true"}),
    ({"console"}, NO_TLS, {"tls_certificate_file": "PSMF_EVIDENCE_ADDRESS, PSMF_NOTIFICATIONS_ADDRESS"}),
    (
        {"console"},
        {"public_url": "http://127.0.0.1:7200", "issuer": "http://127.0.0.1:7300"},
        {"public_url": "must begin with https://", "issuer": "must begin with https://"},
    ),
    (
        {"console"},
        {"public_url": "https://127.0.0.1:7200", "demo_identity": "DEMO", "issuer": ""},
        {"demo_identity": "anyone. Take it away"},
    ),
]
"""Programs, settings that are unsafe there, and what is said: the setting, and some of the words."""
SAFE: list[tuple[set[str], dict[str, Any]]] = [
    (SERVICES, {"database": "sqlite:////var/lib/psmf/psmf.db", "transport": "feed", "kafka_servers": ""}),
    (SERVICES, {"database": "postgresql+psycopg://evidence@/evidence?host=/run/postgresql"}),
    (SERVICES, {"metrics_listen": "0.0.0.0:9464", "health_listen": "0.0.0.0:7110", "audit_file": ""}),
    ({"rules"}, {"shadow": "candidate", "approval_key_file": "", "rulebook_needs_approval": "false"}),
    (EVERYWHERE, {"keys_file": "/nowhere", "people_file": "/nowhere"}),
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a demo."""
    folder = tmp_path_factory.mktemp("demo")
    write_identity(folder, ())
    return folder


def of_production(program: str) -> dict[str, Any]:
    """Return the settings of our manifests, with a database as docs/deploy.md describes it."""
    given = {name.removeprefix("PSMF_").lower(): value for name, value in settings_of("production", program).items()}
    if given.pop("database_file", ""):
        given["database"] = f"{ELSEWHERE}?sslmode=verify-full"
    return given


def faults(program: str, changes: dict[str, Any], demo: Path) -> dict[str, str]:
    """Return what is said about settings, by setting."""
    changed = {name: str(value).replace("DEMO", str(demo)) for name, value in changes.items()}
    try:
        settings_class(program)(**of_production(program) | changed)
    except ValidationError as problem:
        return {"_".join(map(str, fault["loc"])): fault["msg"] for fault in problem.errors()}
    return {}


CASES = [(program, changes, said) for programs, changes, said in UNSAFE for program in sorted(programs)]


@pytest.mark.parametrize(("program", "changes", "said"), CASES)
def test_where_people_are_real_an_unsafe_setting_is_refused_in_a_sentence(
    program: str, changes: dict[str, Any], said: dict[str, str], demo: Path
) -> None:
    found = faults(program, changes, demo)
    assert found.keys() == said.keys()
    assert [name for name, words in said.items() if words not in found[name]] == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_unsafe_settings_are_named_together(program: str, demo: Path) -> None:
    together: dict[str, Any] = {}
    expected: set[str] = set()
    for programs, changes, said in UNSAFE:
        if program in programs and not changes.keys() & together.keys():
            together, expected = together | changes, expected | said.keys()
    # Told that TLS ends in front, a service does not say that its port is open.
    assert faults(program, together, demo).keys() == expected - {"listen"}
    assert len(expected) >= 4


@pytest.mark.parametrize(("program", "changes"), [(program, each) for ours, each in SAFE for program in sorted(ours)])
def test_what_is_safe_is_taken(program: str, changes: dict[str, Any], demo: Path) -> None:
    assert faults(program, changes, demo) == {}


def test_a_shadow_has_nothing_with_which_it_could_speak_for_the_service(demo: Path) -> None:
    given = {"shadow": "candidate", "audit_file": "/var/lib/psmf/rules.checkpoints"}
    assert faults("rules", given, demo).keys() == {"approval_key_file", "audit_file"}


@pytest.mark.parametrize("program", PROGRAMS)
def test_another_profile_is_no_profile(program: str, demo: Path) -> None:
    """A word that is not known would otherwise be taken for one under which nothing is refused."""
    assert faults(program, {"profile": "prod"}, demo).keys() == {"profile"}


def test_a_program_says_what_is_unsafe_without_starting(demo: Path) -> None:
    given = {f"PSMF_{name.upper()}": value for name, value in of_production("evidence").items()}
    unsafe = {"PSMF_REFLECTION": "true", "PSMF_KEYS_FILE": str(demo / "keys.json"), "PSMF_FAILPOINT": "after_claim"}
    refused = run("evidence", "check", **given | unsafe)
    lines = [line.partition(":")[0] for line in refused.stderr.splitlines()]
    assert (refused.returncode, refused.stdout) == (2, "")
    assert sorted(lines) == ["setting PSMF_FAILPOINT", "setting PSMF_KEYS_FILE", "setting PSMF_REFLECTION"]


@pytest.mark.parametrize(("profile", "lines"), [("production", 1), ("", 2)])
def test_a_check_says_whether_it_looked_for_what_is_unsafe(
    profile: str, lines: int, capsys: pytest.CaptureFixture[str]
) -> None:
    check(settings_class("console")(**of_production("console") | {"profile": profile}))  # type: ignore[arg-type]
    assert len(capsys.readouterr().out.splitlines()) == lines
