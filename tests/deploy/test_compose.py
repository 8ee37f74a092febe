"""deploy/compose.yaml runs the same services in the same way as the manifests."""

import re
import subprocess
from pathlib import Path

import pytest

from deploy.compose.make_secrets import make_secrets
from services.platform.calls.identity import read_key
from tests.deploy.compose import compose, environment, services
from tests.deploy.manifests import DEPLOY, PROGRAMS, SERVICES, of_kind

EVERY_SERVICE = pytest.mark.parametrize("service", SERVICES)
BESIDE = {"kafka", "postgres", "mailbox", "topics", *(f"migrate-{service}" for service in SERVICES)}


def test_it_runs_the_four_services_the_console_and_what_they_need() -> None:
    assert set(services()) == {*PROGRAMS, *BESIDE}


@EVERY_SERVICE
def test_a_service_starts_as_it_does_in_the_cluster(service: str) -> None:
    (container,) = of_kind("production", "Deployment")[service]["spec"]["template"]["spec"]["containers"]
    (migration,) = of_kind("production", "Job")[f"migrate-{service}"]["spec"]["template"]["spec"]["containers"]
    assert services()[service]["command"] == container["command"]
    assert services()[f"migrate-{service}"]["command"] == migration["command"]
    assert environment(f"migrate-{service}") == environment(service)


@EVERY_SERVICE
def test_a_service_waits_for_its_schema_and_for_the_topics(service: str) -> None:
    done = {"condition": "service_completed_successfully"}
    assert services()[service]["depends_on"] == {f"migrate-{service}": done, "topics": done}


def test_only_grpc_and_pages_are_published_and_only_on_this_machine() -> None:
    published = {name: one["ports"] for name, one in services().items() if "ports" in one}
    assert published.pop("console") == ["127.0.0.1:7200:7200"]
    assert set(published) == set(SERVICES)
    ports = [port for ports in published.values() for port in ports]
    assert all(re.fullmatch(r"127\.0\.0\.1:71\d\d:7100", port) for port in ports)
    assert len(set(ports)) == len(SERVICES)


def test_the_console_starts_as_it_does_in_the_cluster_and_reaches_no_store() -> None:
    (container,) = of_kind("production", "Deployment")["console"]["spec"]["template"]["spec"]["containers"]
    assert services()["console"]["command"] == container["command"]
    assert services()["console"]["networks"] == ["outside"]


def test_what_holds_records_and_events_is_on_a_network_without_a_way_out() -> None:
    assert compose()["networks"]["inside"] == {"internal": True}
    assert {name for name, one in services().items() if one["networks"] != ["inside"]} == set(PROGRAMS)


def test_our_own_containers_have_no_rights() -> None:
    ours = [one for one in services().values() if one["image"] == "psmf:local"]
    assert len(ours) == 11
    for one in ours:
        assert one["read_only"]
        assert one["cap_drop"] == ["ALL"]
        assert one["security_opt"] == ["no-new-privileges:true"]
        assert "user" not in one, "the image names the user by number"


def test_secrets_are_files_and_every_file_is_made(tmp_path: Path) -> None:
    values = [name for one in services().values() for name in one.get("environment", ()) if "PASSWORD" in name]
    assert values == ["POSTGRES_PASSWORD_FILE"]
    make_secrets(tmp_path)
    wanted = {Path(secret["file"]).name for secret in compose()["secrets"].values()}
    assert wanted <= {file.name for file in tmp_path.iterdir()}
    used = {
        secret if isinstance(secret, str) else secret["source"]
        for one in services().values()
        for secret in one.get("secrets", ())
    }
    assert used == set(compose()["secrets"])


def test_secrets_made_once_stay(tmp_path: Path) -> None:
    """The databases keep using the first passwords."""
    make_secrets(tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    make_secrets(tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    for service in SERVICES:
        read_key(tmp_path / f"{service}.key")
        password = before[f"{service}-database-password"].decode()
        assert before[f"{service}-database-url"].decode().startswith(f"postgresql+psycopg://{service}:{password}@")


def test_the_databases_are_made_for_the_four_services() -> None:
    script = DEPLOY / "compose" / "databases.sh"
    subprocess.run(["/bin/sh", "-n", str(script)], check=True)
    (loop,) = re.findall(r"^for service in (.*); do$", script.read_text(), re.MULTILINE)
    assert sorted(loop.split()) == sorted(SERVICES)
