"""The demo's own issuer of tokens: keys, named personas, and who is who for the services."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from services.client.addresses import SERVICES
from services.client.tokens import ISSUER
from services.platform.calls.identity import new_key, public_entry, read_key

APPROVALS = "approvals"
"""Name of the key that the rules service signs approvals of its rulebook with."""
REGIONS = ("east", "north", "west")


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone who can be signed in as. `subject` is the record about a Safeguarder, `region` where a manager works."""

    person: str
    role: str
    subject: str = ""
    region: str = ""

    @property
    def email(self) -> str:
        """An address that can never be delivered to (RFC 2606)."""
        return "" if self.role in ("service", "partner_system") else f"{self.person}@example.invalid"


def support_managers() -> tuple[Persona, ...]:
    """Two for each of the three regions of the Safeguarders Panel Team."""
    return tuple(
        Persona(f"support-manager-{region}-{number}", "support_manager", region=region)
        for region in REGIONS
        for number in (1, 2)
    )


def staff() -> tuple[Persona, ...]:
    """Everyone but the Safeguarders."""
    return (
        Persona("panel-team", "panel_team"),
        *(Persona(f"senior-manager-{region}", "senior_manager", region=region) for region in REGIONS),
        *support_managers(),
        Persona("decision-recorder", "decision_recorder"),
        Persona("policy-editor", "policy_editor"),
        Persona("policy-approver", "policy_approver"),
        Persona("official", "official"),
        Persona("operator", "operator"),
        Persona("partner-scra", "partner_system"),
        Persona("partner-council", "partner_system"),
    )


def safeguarder_persona(safeguarder_id: str) -> Persona:
    """The person a Safeguarder's record is about."""
    return Persona(f"person-{safeguarder_id}", "safeguarder", safeguarder_id)


def write_identity(folder: Path, safeguarders: Iterable[str]) -> None:
    """Make keys for the issuer and each service, and the directory of people. Keys already there are kept."""
    _write_key(folder, APPROVALS)
    keys = []
    for name, issuer in ((ISSUER, ISSUER), *((service, f"service:{service}") for service in SERVICES)):
        file = _write_key(folder, name)
        keys.append(public_entry(read_key(file), issuer))
    (folder / "keys.json").write_text(json.dumps({"keys": keys}, indent=1))
    people = [
        *staff(),
        *(Persona(f"service:{service}", "service") for service in SERVICES),
        *(safeguarder_persona(safeguarder_id) for safeguarder_id in safeguarders),
    ]
    entries = {
        persona.person: {
            "role": persona.role,
            "subject": persona.subject,
            "email": persona.email,
            "region": persona.region,
        }
        for persona in people
    }
    (folder / "people.json").write_text(json.dumps(entries, indent=1))


def _write_key(folder: Path, name: str) -> Path:
    """A private key's file; one already there is kept."""
    file = folder / f"{name}.key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(json.dumps(new_key(name).as_dict(private=True)))
    return file
