"""The demo's own issuer of tokens: its keys, its personas, and the directory of people for the services."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from joserfc.jwk import OctKey

from services.client.addresses import SERVICES
from services.client.tokens import PERSONA_NAMES
from services.platform.calls.identity import DEMO_ISSUER, new_key, public_entry, read_key

APPROVALS = "approvals"
"""Name of the key with which the rules service signs approvals of a rulebook."""
DESK_KEY = "console"
"""Name of the key with which the console signs as the feedback desk, for people who are not signed in."""
FEEDBACK_DESK = f"service:{DESK_KEY}"
"""The console itself, as the services know it."""
SESSION_KEYS = "session-keys.json"
"""File of the keys that seal the cookies of people who are signed in to the console."""
_SUPPORT_MANAGERS = {
    "east": ("Morag Reid", "Andrew Keir"),
    "north": ("Isobel Farquhar", "Callum Stewart"),
    "west": ("Jean Ogilvie", "Niall Drummond"),
}
_SENIOR_MANAGERS = {"east": "Fiona Ross", "north": "Gordon Sinclair", "west": "Margaret Boyd"}
"""Invented names by region."""


@dataclass(frozen=True, slots=True)
class Persona:
    """A person whom the demo can sign in.

    A Safeguarder has a `subject`, the own record. A manager has a `region`. A partner's system has a `sender`, the body
    for which it sends. `level`: whom this person stands above in the Team; 0 where the role says it.
    """

    person: str
    role: str
    subject: str = ""
    region: str = ""
    sender: str = ""
    level: int = 0
    display_name: str = ""
    """Invented, and marked as such. A Safeguarder's name is the register's."""

    @property
    def email(self) -> str:
        """E-mail address to which nothing can ever be delivered (RFC 2606); empty for systems."""
        return "" if self.role in ("service", "partner_system", "feedback_desk") else f"{self.person}@example.invalid"


def support_managers() -> tuple[Persona, ...]:
    """Return the support managers: two for each of the three regions of the Safeguarders Panel Team."""
    return tuple(
        Persona(f"support-manager-{region}-{number}", "support_manager", region=region, display_name=f"Demo {name}")
        for region, names in _SUPPORT_MANAGERS.items()
        for number, name in enumerate(names, 1)
    )


def staff() -> tuple[Persona, ...]:
    """Return every persona except the Safeguarders."""
    return (
        Persona("panel-team", "panel_team", display_name="Demo Catriona Lyle"),
        *(
            Persona(f"senior-manager-{region}", "senior_manager", region=region, display_name=f"Demo {name}")
            for region, name in _SENIOR_MANAGERS.items()
        ),
        Persona("senior-manager-head", "senior_manager", level=3, display_name="Demo Alasdair Munro"),
        *support_managers(),
        Persona("report-reviewer-1", "report_reviewer", display_name="Demo Eilidh Strang"),
        Persona("report-reviewer-2", "report_reviewer", display_name="Demo Rory Tulloch"),
        Persona("decision-recorder", "decision_recorder", display_name="Demo Sheila Garrioch"),
        Persona("decision-recorder-2", "decision_recorder", display_name="Demo Magnus Leask"),
        Persona("policy-editor", "policy_editor", display_name="Demo Ishbel Mathers"),
        Persona("policy-approver", "policy_approver", display_name="Demo Duncan Pirie"),
        Persona("official", "official", display_name="Demo Grace Fordyce"),
        Persona("auditor", "auditor", display_name="Demo Hector Nairn"),
        Persona("data-lead", "data_lead", display_name="Demo Una Sinclair"),
        Persona("operator", "operator", display_name="Demo Operator"),
        Persona("partner-scra", "partner_system", sender="scra", display_name="Demo system of SCRA"),
        Persona("partner-council", "partner_system", sender="local-authority", display_name="Demo system of a council"),
    )


def safeguarder_persona(safeguarder_id: str) -> Persona:
    """Return the persona whom a Safeguarder's record is about."""
    return Persona(f"person-{safeguarder_id}", "safeguarder", safeguarder_id)


def write_identity(folder: Path, safeguarders: Iterable[str]) -> None:
    """Write keys for the issuer and each service, and the directory of people. Existing keys are kept.

    With new keys, tokens that are in use would be refused.
    """
    _write_key(folder, APPROVALS)
    _write_session_keys(folder)
    keys = []
    for name, issuer in ((DEMO_ISSUER, DEMO_ISSUER), *((name, f"service:{name}") for name in (*SERVICES, DESK_KEY))):
        file = _write_key(folder, name)
        keys.append(public_entry(read_key(file), issuer))
    (folder / "keys.json").write_text(json.dumps({"keys": keys}, indent=1))
    people = [
        *staff(),
        *(Persona(f"service:{service}", "service") for service in SERVICES),
        Persona(FEEDBACK_DESK, "feedback_desk", display_name="Demo feedback pages"),
        *(safeguarder_persona(safeguarder_id) for safeguarder_id in safeguarders),
    ]
    fields = ("role", "subject", "email", "region", "sender", "level", "display_name")
    entries = {persona.person: {field: getattr(persona, field) for field in fields} for persona in people}
    (folder / "people.json").write_text(json.dumps(entries, indent=1))


def write_names(folder: Path, names: Mapping[str, str]) -> None:
    """Write what invented Safeguarders are called, by their ids, for the page on which one chooses whom to be.

    The directory does not hold their names, and nobody who is not signed in may read the register.
    """
    called = {safeguarder_persona(safeguarder_id).person: name for safeguarder_id, name in names.items()}
    (folder / PERSONA_NAMES).write_text(json.dumps(called, indent=1))


def _write_key(folder: Path, name: str) -> Path:
    """Write a private key unless there is one, and return its file."""
    file = folder / f"{name}.key"
    if not file.exists():
        # The mode first, so that the key is never readable by others, not even for a moment.
        file.touch(mode=0o600)
        file.write_text(json.dumps(new_key(name).as_dict(private=True)))
    return file


def _write_session_keys(folder: Path) -> None:
    """Write the console's keys unless there are some. With new ones, everybody would have to sign in again."""
    file = folder / SESSION_KEYS
    if not file.exists():
        file.touch(mode=0o600)
        key = OctKey.generate_key(256, parameters={"kid": "1"}, private=True)
        file.write_text(json.dumps({"keys": [key.as_dict(private=True)]}))
