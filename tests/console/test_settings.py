"""Where the demo's way to sign in can exist, and what stops a start."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from services.console.compose import bound
from services.console.signin.demo import DemoSignIn
from services.platform.calls.identity import new_key, public_entry
from services.platform.data_file import DataFileError
from tests.console.site import Site, site


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"public_url": "https://console.example.invalid"}, "PSMF_DEMO_IDENTITY"),
        ({"public_url": "http://console.example.invalid", "demo_identity": None}, "https://"),
        ({"public_url": "http://127.0.0.1.example.invalid"}, "PSMF_DEMO_IDENTITY"),
        ({"public_url": "127.0.0.1:7200"}, "public_url"),
    ],
)
def test_beyond_this_machine_nobody_signs_in_by_a_button_or_without_tls(
    tmp_path: Path, given: dict[str, Any], fault: str
) -> None:
    with pytest.raises(ValidationError, match=fault):
        site(tmp_path, **given)


ISSUER = {
    "demo_identity": None, "issuer": "https://issuer.example.invalid", "issuer_client_id": "console",
    "issuer_client_secret_file": "secret", "keys_file": "keys.json", "people_file": "people.json",
}  # fmt: skip
"""Settings of a console for real people."""


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"demo_identity": None}, "give either PSMF_ISSUER, or PSMF_DEMO_IDENTITY"),
        ({"issuer": "https://issuer.example.invalid"}, "and not both"),
        (
            ISSUER | {"issuer_client_id": "", "people_file": None},
            "issuer\n.*needs PSMF_ISSUER_CLIENT_ID, PSMF_PEOPLE_FILE too",
        ),
        (ISSUER | {"issuer_client_secret_file": ""}, "issuer\n.*needs PSMF_ISSUER_CLIENT_SECRET_FILE too"),
        (ISSUER | {"issuer_scope": "profile"}, "issuer_scope\n.*must name openid"),
        (ISSUER | {"issuer": "http://issuer.example.invalid"}, "issuer\n.*must begin with https://"),
        (
            ISSUER | {"issuer": "http://localhost:8000", "public_url": "https://console.example.invalid"},
            "issuer\n.*must begin with https://",
        ),
        (ISSUER | {"issuer": "https://issuer.example.invalid/?tenant=1"}, "issuer"),
    ],
)
def test_a_console_has_one_way_in_and_everything_that_it_needs(
    tmp_path: Path, given: dict[str, Any], fault: str
) -> None:
    with pytest.raises(ValidationError, match=fault):
        site(tmp_path, **given)


@pytest.mark.parametrize("missing", ["keys_file", "people_file"])
def test_a_file_of_an_issuer_that_is_missing_stops_the_start(tmp_path: Path, missing: str) -> None:
    with pytest.raises(DataFileError, match="nothing"):
        with_issuer(tmp_path, **{missing: tmp_path / "nothing"})


def with_issuer(folder: Path, **settings: Any) -> Site:
    site(folder)
    (folder / "secret").write_text("secret")
    files = {name: folder / str(ISSUER[name]) for name in ISSUER if name.endswith("_file")}
    return site(folder, **(ISSUER | {"public_url": "https://console.example.invalid"} | files | settings))


def test_a_session_of_a_demo_opens_nothing_where_people_are_real(tmp_path: Path) -> None:
    served = with_issuer(tmp_path)
    served.cookie = cookie_of_a_demo(tmp_path)
    assert served.get("/rules", host="console.example.invalid").header("location") == "/sign-in?next=rules"
    assert (
        served.get("/about", host="console.example.invalid")
        .header("content-security-policy")
        .endswith("form-action 'self' https://issuer.example.invalid; frame-ancestors 'none'; base-uri 'none'")
    )


def cookie_of_a_demo(folder: Path) -> str:
    """Return a good session of a demo that shares its keys."""
    demo = site(folder)
    demo.sign_in("panel-team")
    return demo.cookie.replace("psmf-demo=", "__Host-psmf=")


def test_a_real_issuer_and_the_demo_exclude_each_other(tmp_path: Path) -> None:
    site(tmp_path)
    held = json.loads((tmp_path / "keys.json").read_text())
    held["keys"].append(public_entry(new_key("real"), "https://issuer.example.invalid"))
    (tmp_path / "demo").mkdir()
    for file in tmp_path.glob("*.*"):
        (tmp_path / "demo" / file.name).write_bytes(file.read_bytes())
    (tmp_path / "demo" / "keys.json").write_text(json.dumps(held))
    with pytest.raises(DataFileError, match="trusts an issuer that is no demo's"):
        DemoSignIn(tmp_path / "demo")


@pytest.mark.parametrize("content", ["", "{}", '{"keys": []}', '{"keys": [{"kty": "oct", "k": "c2hvcnQ"}]}'])
def test_a_damaged_file_of_keys_stops_the_start(tmp_path: Path, content: str) -> None:
    (tmp_path / "broken.json").write_text(content)
    with pytest.raises(DataFileError, match=r"broken\.json"):
        site(tmp_path, session_keys_file=tmp_path / "broken.json")


def test_an_address_in_use_is_named() -> None:
    """The program then ends with a sentence about it, as every other of the suite does."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(OSError, match="in use") as refused:
            bound(listen)
    assert refused.value.filename == listen
