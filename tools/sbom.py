"""Write the bill of materials of the image's packages, as CycloneDX 1.6, from the lock and from what is installed.

    python tools/sbom.py requirements-runtime.lock > sbom.json

Run it with the Python whose packages are listed. It ends with an error if they are not those of the lock. It needs the
standard library only, because the image has no tools. The same packages give the same bytes.
"""

import json
import re
import sys
import uuid
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any, NamedTuple

OURS = "psmf"
OF_ANY_SYSTEM = re.compile(r"^[\w.-]+==\S+ \\$", re.MULTILINE)
"""How a package begins in a lock that every system needs. After another one stands on which it is needed."""


class Locked(NamedTuple):
    """A package as the lock has it."""

    version: str
    hashes: tuple[str, ...]
    """SHA-256 of each file that may be installed: wheels for several systems, and the source."""
    wanted_by: tuple[str, ...]
    everywhere: bool
    """Whether each system needs it."""


class LockError(Exception):
    """What is installed is not what the lock says."""


def locked(text: str) -> dict[str, Locked]:
    """Return the packages of a lock by their names."""
    found = {}
    for part in re.split(r"\n(?=\w)", text.strip()):
        name, _, rest = part.partition("==")
        wanted_by = re.findall(r"^ +#(?: via)? +([\w.-]+)$", part.replace("# via\n", "#\n"), re.MULTILINE)
        found[_normal(name)] = Locked(
            rest.split()[0],
            tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", rest)),
            tuple(sorted(map(_normal, wanted_by))),
            bool(OF_ANY_SYSTEM.match(part)),
        )
    return found


def bill(lock: dict[str, Locked], installed: dict[str, Distribution], version: str) -> dict[str, Any]:
    """Return the bill of materials. `version`: of the product.

    Raises:
        LockError: a package of the lock is missing, or is installed in another version, or is in no lock.
    """
    wrong = [
        *(f"{name} is missing" for name, one in lock.items() if one.everywhere and name not in installed),
        *(f"{name} is in no lock" for name in installed if name not in lock),
        *(
            f"{name} is {there.version}, not {lock[name].version}"
            for name, there in installed.items()
            if name in lock and there.version != lock[name].version
        ),
    ]
    if wrong:
        raise LockError("; ".join(sorted(wrong)))
    names = sorted(installed)
    components = [_component(name, lock[name], installed[name]) for name in names]
    root = f"pkg:pypi/{OURS}@{version}"
    needs: dict[str, list[str]] = {name: [] for name in (OURS, *names)}
    for name in names:
        for by in lock[name].wanted_by:
            needs.get(by, []).append(_ref(name, lock[name]))
    refs = {OURS: root} | {name: _ref(name, lock[name]) for name in names}
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": root, "name": OURS, "version": version, "purl": root}
        },
        "components": components,
        "dependencies": [{"ref": refs[name], "dependsOn": sorted(found)} for name, found in sorted(needs.items())],
    }
    return {"serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(whole, sort_keys=True))}", **whole}


def _component(name: str, one: Locked, there: Distribution) -> dict[str, Any]:
    ref = _ref(name, one)
    made = {"type": "library", "bom-ref": ref, "name": name, "version": one.version, "purl": ref}
    expression, classifiers = there.metadata["License-Expression"], there.metadata.get_all("Classifier") or []
    named = [said.rpartition(" :: ")[2] for said in classifiers if said.startswith("License :: ")]
    if expression:
        made["licenses"] = [{"expression": expression}]  # type: ignore[assignment]
    elif named:
        made["licenses"] = [{"license": {"name": said}} for said in sorted(named)]  # type: ignore[assignment]
    # Several files may be installed as this package, so their hashes are not those of one component.
    made["properties"] = [{"name": "psmf:lock:sha256", "value": digest} for digest in one.hashes]  # type: ignore[assignment]
    return made


def _ref(name: str, one: Locked) -> str:
    return f"pkg:pypi/{name}@{one.version}"


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Write the bill to standard output."""
    found = {_normal(one.metadata["Name"]): one for one in distributions()}
    version = found.pop(OURS).version
    try:
        made = bill(locked(Path(sys.argv[1]).read_text(encoding="utf-8")), found, version)
    except LockError as problem:
        sys.exit(f"sbom: what is installed is not what {sys.argv[1]} says: {problem}")
    json.dump(made, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
