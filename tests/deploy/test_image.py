"""The image. Nothing can build it here, so these tests read its Dockerfile and the locks it installs from."""

import re
from collections.abc import Iterator

import pytest
import yaml

from tests.deploy.manifests import DEPLOY, K8S, OVERLAYS, PROGRAMS, ROOT, Manifest, manifests, of_cluster
from tests.deploy.security import DIGEST

KEPT_OUT = {"pytest", "mypy", "ruff", "hypothesis", "grpcio-tools", "buf-bin", "hatchling", "setuptools", "pip", "uv"}


def instructions() -> Iterator[tuple[str, str]]:
    """Yield each instruction of the Dockerfile and its arguments on one line, without comments."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#")).replace("\\\n", " ")
    for line in filter(None, lines.splitlines()):
        word, _, rest = line.partition(" ")
        yield word, " ".join(rest.split())


def stages() -> list[list[tuple[str, str]]]:
    """Return the instructions of each stage, starting with its FROM."""
    found: list[list[tuple[str, str]]] = []
    for word, rest in instructions():
        if word == "FROM":
            found.append([])
        if found:
            found[-1].append((word, rest))
    return found


def packages(lock: str) -> dict[str, str]:
    """Return version and hashes of each package in a lock."""
    text = re.sub(r"^ *#.*$", "", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
    parts = re.split(r"\n(?=\w)", text.strip())
    return {part.partition("==")[0]: " ".join(part.partition("==")[2].split()) for part in parts}


def test_the_compiler_stays_behind() -> None:
    build, last = stages()
    assert any("gcc" in rest for word, rest in build if word == "RUN")
    assert not [rest for word, rest in last if word == "RUN"], "the last stage must install and run nothing"
    assert [rest for word, rest in last if word == "COPY"] == ["--from=build /opt/psmf /opt/psmf"]


def test_the_base_is_one_version_and_can_be_one_digest() -> None:
    (base,) = (rest for word, rest in instructions() if word == "ARG" and rest.startswith("PYTHON_IMAGE"))
    assert re.fullmatch(r"PYTHON_IMAGE=python:3\.1[12]-slim-\w+", base), "name a version, never latest (decision 0002)"
    assert [stage[0][1] for stage in stages()] == ["${PYTHON_IMAGE} AS build", "${PYTHON_IMAGE}"]


def test_it_runs_as_a_number_on_a_file_system_it_cannot_write() -> None:
    last = stages()[-1]
    (user,) = (rest for word, rest in last if word == "USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user), "Kubernetes cannot tell whether a name is root"
    (environment,) = (rest for word, rest in last if word == "ENV")
    assert "PYTHONDONTWRITEBYTECODE=1" in environment
    owners = {(one["runAsUser"], one["runAsGroup"]) for overlay in OVERLAYS for one in contexts(overlay)}
    assert owners == {tuple(map(int, user.split(":")))}


def pods_of(overlay: str) -> Iterator[Manifest]:
    return (one for one in manifests(overlay) if one["kind"] in ("Deployment", "Job"))


def contexts(overlay: str) -> Iterator[dict[str, int]]:
    for one in pods_of(overlay):
        yield one["spec"]["template"]["spec"]["securityContext"]


def test_every_package_is_installed_by_hash_and_from_no_named_registry() -> None:
    text = " && ".join(rest for word, rest in instructions() if word == "RUN")
    installs = re.findall(r"/opt/build/bin/pip [^&]*", text)
    assert len(installs) == 4
    for install in installs:
        assert "--no-deps" in install
        assert "--require-hashes" in install or install.split()[-1] in (".", "/opt/wheels/*.whl"), install
        assert "wheel" not in install.split()[1] or "--no-build-isolation" in install, "pip would fetch build tools"
    assert not re.search(r"https?:|--index|-i |--extra|--find|-f ", text)


@pytest.mark.parametrize("lock", ["requirements-runtime.lock", "requirements-build.lock"])
def test_a_lock_of_the_image_is_part_of_the_lock_of_the_developers(lock: str) -> None:
    """`./dev lock` writes both together, so the image runs the packages that were tested."""
    everything = packages("requirements.lock")
    assert packages(lock).items() <= everything.items()
    assert all("--hash=sha256:" in rest for rest in packages(lock).values())


def test_the_image_has_what_runs_and_nothing_else() -> None:
    project = (
        (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\ndependencies = [")[2].partition("\n]")[0]
    )
    needed = {name.lower() for name in re.findall(r'^    "([\w-]+)', project, re.MULTILINE)}
    runtime = set(packages("requirements-runtime.lock"))
    assert needed - runtime == set(), "run `./dev lock`"
    assert runtime & KEPT_OUT == set()


def test_only_what_the_image_needs_reaches_the_builder() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*", "first everything must be excluded"
    copied = {source.removeprefix("./") for word, rest in stages()[0] if word == "COPY" for source in rest.split()[:-1]}
    assert {rule.removeprefix("!") for rule in rules if rule.startswith("!")} == copied
    assert all((ROOT / source).exists() for source in copied)


def test_no_image_moves_by_itself() -> None:
    """In production each image has a digest. On one machine others have their full version."""
    texts = [(DEPLOY / "compose.yaml"), *K8S.rglob("*.yaml")]
    images = [image for file in texts for image in re.findall(r"image(?:Name)?: ([\w./:@-]+)", file.read_text())]
    assert {image for image in images if ":" in image} == {
        "psmf:local",
        "apache/kafka:4.3.1",
        "postgres:18.4",
        "ghcr.io/cloudnative-pg/postgresql:18.4@sha256:0000000000000000000000000000000000000000000000000000000000000000",
    }
    assert {image for image in images if ":" not in image} == {"psmf"}, "an overlay must name it in full"
    assert not [file for file in texts if re.search(r":latest\b", file.read_text())]
    for overlay in ("staging", "production"):
        kustomization = yaml.safe_load((K8S / "overlays" / overlay / "kustomization.yaml").read_text())
        assert [set(image) for image in kustomization["images"]] == [{"name", "newName", "digest"}]


def test_the_cluster_refuses_one_of_our_pods_without_a_digest() -> None:
    """The cluster has the same check as these tests, for what somebody changes there by hand."""
    policy, binding = of_cluster()
    (selector,) = policy["spec"]["matchConstraints"]["objectSelector"]["matchExpressions"]
    for overlay in ("staging", "production"):
        pods = [one["spec"]["template"]["metadata"]["labels"] for one in pods_of(overlay)]
        assert pods
        assert all(labels[selector["key"]] in selector["values"] for labels in pods)
    (checked,) = re.findall(r"matches\('(.*)'\)", policy["spec"]["validations"][0]["expression"])
    assert checked == DIGEST.pattern
    assert binding["spec"] == {"policyName": policy["metadata"]["name"], "validationActions": ["Deny"]}


def test_every_program_can_be_started_by_its_name() -> None:
    assert all((ROOT / "services" / program / "__main__.py").exists() for program in PROGRAMS)
