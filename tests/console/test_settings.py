"""Where the demo's way to sign in can exist, and what stops a start."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from services.console.signin.demo import DemoSignIn
from services.platform.calls.identity import new_key, public_entry
from services.platform.data_file import DataFileError
from tests.console.site import site


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


def test_without_a_demo_nobody_can_sign_in(tmp_path: Path) -> None:
    served = site(tmp_path, public_url="https://console.example.invalid", demo_identity=None)
    page = served.get("/sign-in", host="console.example.invalid")
    assert page.status == 200
    assert "Nobody can sign in here yet" in page.text
    assert "<button" not in page.text
    served.cookie = cookie_of_a_demo(tmp_path)
    assert served.get("/rules", host="console.example.invalid").status == 303


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
