"""docs/operations.md, authority of the issuer's certificate: both stand in the file while it changes."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.bus.guarded.certificates import Authority
from tests.console.issuer.running import MANAGER, Tls, door, is_in, running
from tests.console.test_frame import site_again
from tests.world import free_port


@pytest.mark.long
def test_people_sign_in_while_the_authority_of_the_issuers_certificate_changes(tmp_path: Path) -> None:
    """Long, because the issuer is started twice, each time with a certificate of another authority."""
    old, new = (Authority(tmp_path, name) for name in ("old", "new"))
    folder, trusted, port = tmp_path / "issuer", tmp_path / "trusted.crt", free_port()
    folder.mkdir()
    trusted.write_bytes(old.file.read_bytes())
    with running(folder, tls=Tls(*old.issue("localhost"), old.file), port=port) as issuer:
        at = door(issuer, tmp_path, issuer_ca_file=trusted)
        at.comes_back(MANAGER)
        assert is_in(at)
        trusted.write_bytes(old.file.read_bytes() + new.file.read_bytes())
        not_started_again, at.site = at.site, site_again(at.site)
        at.comes_back(MANAGER)
        assert is_in(at)
    by_the_new = Tls(*new.issue("localhost"), new.file)
    with running(folder, key_file=folder / "issuer.key", tls=by_the_new, port=port) as at.issuer:
        at.later(timedelta(minutes=2))  # the keys of an issuer that was started again are looked for then
        at.comes_back(MANAGER)
        assert is_in(at)
        at.site = not_started_again
        assert at.comes_back(MANAGER).status == 503
