"""The bill of materials lists what the image installs: each package of the lock, with its hashes and what it is for."""

import re
from importlib.metadata import Distribution, distributions

import pytest

from tests.deploy.manifests import ROOT
from tools.sbom import Locked, LockError, bill, locked


@pytest.fixture(scope="module")
def lock() -> dict[str, Locked]:
    return locked((ROOT / "requirements-runtime.lock").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def installed(lock: dict[str, Locked]) -> dict[str, Distribution]:
    """Return what is installed here of the image's packages. The image has these and no others."""
    here = {re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower(): one for one in distributions()}
    return {name: one for name, one in here.items() if name in lock}


def test_each_package_of_the_lock_is_in_it_with_its_hashes(
    lock: dict[str, Locked], installed: dict[str, Distribution]
) -> None:
    made = bill(lock, installed, "1.0")
    listed = {one["name"]: one for one in made["components"]}
    assert {name for name, one in lock.items() if one.everywhere} <= set(listed) == set(installed)
    for name, one in listed.items():
        assert one["purl"] == one["bom-ref"] == f"pkg:pypi/{name}@{lock[name].version}"
        hashes = [said["value"] for said in one["properties"]]
        assert hashes == list(lock[name].hashes)
        assert hashes
    assert listed["grpcio"]["licenses"]


def test_it_says_what_each_package_is_for(lock: dict[str, Locked], installed: dict[str, Distribution]) -> None:
    made = bill(lock, installed, "1.0")
    needs = {one["ref"]: one["dependsOn"] for one in made["dependencies"]}
    refs = {one["bom-ref"] for one in made["components"]}
    assert set(needs) == refs | {"pkg:pypi/psmf@1.0"}
    assert {need for found in needs.values() for need in found} == refs, "nothing is there that nothing needs"
    assert any(ref.startswith("pkg:pypi/durable-rules@") for ref in needs["pkg:pypi/psmf@1.0"])


def test_the_same_packages_give_the_same_bytes_and_others_another_number(
    lock: dict[str, Locked], installed: dict[str, Distribution]
) -> None:
    made = bill(lock, installed, "1.0")
    assert made == bill(lock, dict(reversed(installed.items())), "1.0")
    assert made["serialNumber"] != bill(lock, installed, "1.1")["serialNumber"]


def test_what_is_not_as_the_lock_says_ends_the_build(
    lock: dict[str, Locked], installed: dict[str, Distribution]
) -> None:
    without = {name: one for name, one in installed.items() if name != "grpcio"}
    with pytest.raises(LockError, match="grpcio is missing"):
        bill(lock, without, "1.0")
    with pytest.raises(LockError, match="another is in no lock"):
        bill(lock, {**installed, "another": installed["grpcio"]}, "1.0")
    changed = {**lock, "grpcio": lock["grpcio"]._replace(version="0.1")}
    with pytest.raises(LockError, match=r"grpcio is [\d.]+, not 0\.1"):
        bill(changed, installed, "1.0")
