"""Settings of the rules service."""

from collections.abc import Iterator
from pathlib import Path

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

    def unsafe(self) -> Iterator[Fault]:
        """Yield what would put rules in force that nobody approved."""
        yield from super().unsafe()
        if not self.rulebook_needs_approval:
            what = "files in the folder would come into force without a second person. Set it to true"
            yield Fault("rulebook_needs_approval", what)
        if self.approval_key_file is None:
            what = "nothing would sign which rules are in force. Name the file of the key that signs approvals"
            yield Fault("approval_key_file", what)
