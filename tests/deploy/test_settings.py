"""Every overlay and compose.yaml give every setting of every service, and no setting that no service reads."""

import pytest
from sqlalchemy import make_url

from tests.deploy.compose import environment
from tests.deploy.manifests import OVERLAYS, PROGRAMS, SERVICES, of_kind, settings_of
from tests.deploy.suite import given, settings, settings_class

EVERY_SERVICE = pytest.mark.parametrize("service", SERVICES)
EVERY_PROGRAM = pytest.mark.parametrize("service", PROGRAMS)
EVERY_PLACE = pytest.mark.parametrize("place", [*OVERLAYS, "compose"])


def environment_of(place: str, service: str) -> dict[str, str]:
    return environment(service) if place == "compose" else settings_of(place, service)


@EVERY_PLACE
@EVERY_PROGRAM
def test_every_setting_is_given_and_no_other(place: str, service: str) -> None:
    there = given(environment_of(place, service))
    assert settings(service) - there == set(), "missing"
    assert there - settings(service) == set(), "no service reads them"


@EVERY_PLACE
@EVERY_PROGRAM
def test_every_value_is_one_the_service_takes(place: str, service: str) -> None:
    values = {name.removeprefix("PSMF_").lower(): value for name, value in environment_of(place, service).items()}
    if values.pop("database_file", ""):
        values["database"] = "postgresql+psycopg://database.invalid/service?sslmode=verify-full"
    settings_class(service)(**values)  # type: ignore[arg-type]  # strings from the environment, which the class parses


@pytest.mark.parametrize("overlay", OVERLAYS)
@EVERY_PROGRAM
def test_a_service_gets_its_own_settings(overlay: str, service: str) -> None:
    deployment = of_kind(overlay, "Deployment")[service]
    config_map = of_kind(overlay, "ConfigMap")[service]["metadata"]["name"]
    for container in deployment["spec"]["template"]["spec"]["containers"]:
        assert container["envFrom"] == [{"configMapRef": {"name": config_map}}]
        assert container["command"] == ["python", "-P", "-m", f"services.{service}"]


@pytest.mark.parametrize("overlay", ["staging", "production"])
@EVERY_SERVICE
def test_a_migration_gets_the_settings_of_its_service(overlay: str, service: str) -> None:
    job = of_kind(overlay, "Job")[f"migrate-{service}"]
    config_map = of_kind(overlay, "ConfigMap")[service]["metadata"]["name"]
    (container,) = job["spec"]["template"]["spec"]["containers"]
    assert container["envFrom"] == [{"configMapRef": {"name": config_map}}]
    assert container["command"] == ["python", "-P", "-m", f"services.{service}", "migrate"]


@pytest.mark.parametrize("overlay", ["staging", "production"])
@EVERY_SERVICE
def test_where_it_counts_nothing_is_left_at_its_ease(overlay: str, service: str) -> None:
    there = settings_of(overlay, service)
    assert there["PSMF_REFLECTION"] == "false"
    assert there["PSMF_TRANSPORT"] == "kafka"
    address = make_url(there["PSMF_DATABASE"])
    assert (address.username, address.password, address.database) == (service, None, service)
    mounted = {"sslrootcert": "ca.crt", "sslcert": "tls.crt", "sslkey": "tls.key"}
    files = {name: f"/run/secrets/postgres/{file}" for name, file in mounted.items()}
    assert address.query == {"sslmode": "verify-full", **files}
    assert there.get("PSMF_SMTP_START_TLS", "true") == "true"


@EVERY_PLACE
@EVERY_PROGRAM
def test_files_are_named_where_secrets_are_mounted(place: str, service: str) -> None:
    there = environment_of(place, service)
    files = {name: value for name, value in there.items() if name.endswith("_FILE") and value}
    assert [name for name, value in files.items() if not value.startswith("/run/secrets/")] == []
