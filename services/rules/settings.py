"""Settings of the rules service."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from services.platform.process.settings import Fault, OptionalFile, ServiceSettings


class Settings(ServiceSettings):
    """Settings of rules, added to those of every service."""

    evidence_address: str
    """Address of evidence's gRPC server."""
    scheduling_address: str
    """Address of scheduling's gRPC server."""
    notifications_address: str
    """Address of notifications' gRPC server."""
    rulebook: Path = Path(__file__).parent / "rulebook"
    """Folder of the rule files: the shipped rulebook, unless policy staff keep their own."""
    rulebook_needs_approval: bool = True
    """Whether new files in the folder wait for a second person's approval. Off only for development and the demo."""
    approval_key_file: OptionalFile = None
    """Private key that signs approvals of the rulebook, or a set of keys, newest first. Without it none can be made."""

    shadow: str = Field(default="", pattern=r"^([a-z0-9][a-z0-9-]{0,39})?$")
    """Name of the shadow that this process is: it tries the folder on the events of the service, on a database of its
    own, and sends nothing. Empty for the service itself."""

    @property
    def shadow_name(self) -> str:
        """Return the name of the shadow; empty for the service itself."""
        return self.shadow

    @property
    def folder_needs_approval(self) -> bool:
        """Return whether the files of the folder wait for a second person. In a shadow they decide about nobody."""
        return self.rulebook_needs_approval and not self.shadow

    def faults(self) -> Iterator[Fault]:
        """Yield what only the service itself may have."""
        yield from super().faults()
        if self.shadow and self.approval_key_file is not None:
            yield Fault("approval_key_file", "a shadow puts nothing in force, so it must not sign. Set it to nothing")
        if self.shadow and self.audit_file is not None:
            yield Fault("audit_file", "a shadow's checkpoints would stand among the service's. Set it to nothing")

    def unsafe(self) -> Iterator[Fault]:
        """Yield what would put rules in force that nobody approved."""
        yield from super().unsafe()
        if self.shadow:
            return
        if not self.rulebook_needs_approval:
            what = "files in the folder would come into force without a second person. Set it to true"
            yield Fault("rulebook_needs_approval", what)
        if self.approval_key_file is None:
            what = "nothing would sign which rules are in force. Name the file of the key that signs approvals"
            yield Fault("approval_key_file", what)
