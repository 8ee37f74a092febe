"""Settings of the console. It has no database. Calls carry the reader's token, but for those of the feedback desk."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from services.platform.process.settings import (
    THIS_MACHINE,
    Fault,
    OptionalFile,
    ProgramSettings,
    of_a_demo,
    variable,
)


class Settings(ProgramSettings):
    """Settings of the console. Its health is served beside its measures."""

    listen: str = Field(pattern=r"^\S+:\d+$")
    """Address to serve pages on, for example `127.0.0.1:7200`. TLS ends in front of it."""
    public_url: str = Field(pattern=r"^https?://[A-Za-z0-9.-]+(:\d+)?$")
    """Address under which people reach the console. A request for another host, or a form from one, is refused."""
    session_keys_file: Path
    """Keys that seal the cookie of people who are signed in: a JSON Web Key Set, newest first. The first one seals."""
    evidence_address: str
    """Address of evidence's gRPC server."""
    rules_address: str
    """Address of rules' gRPC server."""
    scheduling_address: str
    """Address of scheduling's gRPC server."""
    notifications_address: str
    """Address of notifications' gRPC server."""
    contact: str = "Tell the Safeguarders Panel Team."
    """What pages say to do when something can't be put right there, for example with a telephone number."""
    desk_key_file: OptionalFile = None
    """Private key of the console as feedback desk. Without it nobody can give feedback by a link."""
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    """How many proxies of ours a request passes. Each adds to `X-Forwarded-For` where a request came from."""
    demo_identity: OptionalFile = None
    """Folder with the key and the invented people of a demo, who then sign in by a button. Only for one machine."""
    issuer: str = Field(default="", pattern=r"^(https?://[A-Za-z0-9.-]+(:\d+)?(/[^\s?#]*)?)?$")
    """The OpenID Connect issuer that signs people in, as it names itself; empty in a demo."""
    issuer_client_id: str = ""
    """Name under which the issuer knows the console."""
    issuer_client_secret_file: OptionalFile = None
    """A file with the secret that goes with it."""
    issuer_scope: str = "openid"
    """What the console asks the issuer for, for example `openid offline_access` where refresh tokens need it."""
    issuer_ca_file: OptionalFile = None
    """The authority that signed the issuer's certificate. Without it, those that the machine trusts."""
    keys_file: OptionalFile = None
    """Public keys of the issuers of tokens, as the services have them. Needed with an issuer."""
    people_file: OptionalFile = None
    """Who has which role, as the services have it. Needed with an issuer."""

    @field_validator("public_url", mode="before")
    @classmethod
    def _without_last_slash(cls, value: object) -> object:
        return value.rstrip("/") if isinstance(value, str) else value

    def faults(self) -> Iterator[Fault]:
        """Yield what would open the console to anybody, or to nobody."""
        yield from super().faults()
        if self.host_only not in THIS_MACHINE:
            yield from self._open_to_others()
        if bool(self.issuer) == (self.demo_identity is not None):
            # Nobody would come in, or by two ways, and then everybody could be anyone real.
            yield Fault("issuer", "give either PSMF_ISSUER, or PSMF_DEMO_IDENTITY in a demo, and not both")
        elif self.issuer:
            yield from self._of_an_issuer()

    def _open_to_others(self) -> Iterator[Fault]:
        if self.demo_identity is not None:
            what = "PSMF_DEMO_IDENTITY lets everybody sign in as anyone: PSMF_PUBLIC_URL must be 127.0.0.1"
            yield Fault("demo_identity", what)
        if not self.is_secure:
            yield Fault("public_url", "it must begin with https:// unless it is 127.0.0.1")

    def _of_an_issuer(self) -> Iterator[Fault]:
        needed = ("issuer_client_id", "issuer_client_secret_file", "keys_file", "people_file")
        missing = [variable(name) for name in needed if not getattr(self, name)]
        if missing:
            yield Fault("issuer", f"it needs {', '.join(missing)} too")
        if "openid" not in self.issuer_scope.split():
            what = "it must name openid: without it the issuer does not say who signed in"
            yield Fault("issuer_scope", what)
        at = urlsplit(self.issuer)
        if at.scheme == "http" and not {at.hostname, self.host_only} <= THIS_MACHINE:
            yield Fault("issuer", "it must begin with https:// unless it and PSMF_PUBLIC_URL are on this machine")

    def unsafe(self) -> Iterator[Fault]:
        """Yield what would let people in who have not proved who they are, or show others their cookies and tokens."""
        yield from super().unsafe()
        if self.demo_identity is not None:
            what = "everybody could sign in as anyone. Take it away, and give PSMF_ISSUER and its settings"
            yield Fault("demo_identity", what)
        for name, address in (("public_url", self.public_url), ("issuer", self.issuer)):
            if address.startswith("http:"):
                yield Fault(name, "what people send there could be read on the way. It must begin with https://")
        if self.keys_file and self.people_file:
            yield from of_a_demo(self.keys_file, self.people_file)

    @property
    def of_issuer(self) -> tuple[Path, Path, Path]:
        """Return the files that come with an issuer: keys of issuers, people with their roles, and the secret."""
        keys, people, secret = self.keys_file, self.people_file, self.issuer_client_secret_file
        assert keys and people  # noqa: S101, PT018  with an issuer they are given
        assert secret  # noqa: S101
        return keys, people, secret

    @property
    def is_secure(self) -> bool:
        """Whether people reach the console over TLS."""
        return self.public_url.startswith("https://")

    @property
    def host(self) -> str:
        """Return the host that a request must name, with its port if the address has one."""
        return urlsplit(self.public_url).netloc

    @property
    def host_only(self) -> str:
        """Return the host without its port."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def addresses(self) -> dict[str, str]:
        """Return the address of each service."""
        return {
            "evidence": self.evidence_address,
            "rules": self.rules_address,
            "scheduling": self.scheduling_address,
            "notifications": self.notifications_address,
        }
