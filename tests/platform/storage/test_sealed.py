"""A sealed backup is closed to everybody without the key, and opens only whole and unchanged (A10)."""

import base64
import os
import random
from pathlib import Path
from typing import Any

import pytest

from services.cli.failure import CommandError
from services.cli.ops.backup import backup, restore
from services.cli.terminal import Terminal
from services.platform.storage import sealed
from services.platform.storage.sealed import UnsealedError, read_seal_key, seal, unseal
from services.platform.storage.sqlite.library import library
from tests.attacks.attempts import attempted
from tests.sizes import part_of

KEY = bytes(range(32))
PART, TAG = 256, 16
HEAD = 14 + 16
CANARY = "A text that nobody may read in a backup."


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "_PART", PART)


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 5 * PART])
def test_what_was_sealed_opens_as_it_was(tmp_path: Path, size: int) -> None:
    plain = tmp_path / "evidence.db"
    plain.write_bytes(random.Random(size).randbytes(size))
    seal(plain, tmp_path / "sealed", KEY)
    (tmp_path / "opened").mkdir()
    opened = tmp_path / "opened" / "evidence.db"
    unseal(tmp_path / "sealed", opened, KEY)
    assert opened.read_bytes() == plain.read_bytes()
    assert {file.stat().st_mode & 0o077 for file in (opened, tmp_path / "sealed")} == {0}


def changed(held: bytes, draw: random.Random) -> bytes:
    """Change a sealed file: flip a bit, cut it, leave a part out, exchange two, or say one twice."""
    parts = [held[at : at + PART + TAG] for at in range(HEAD, len(held), PART + TAG)]
    one, other = draw.sample(range(len(parts)), 2)
    match draw.randrange(5):
        case 0:
            at = draw.randrange(len(held))
            return held[:at] + bytes([held[at] ^ (1 << draw.randrange(8))]) + held[at + 1 :]
        case 1:
            return held[: draw.randrange(len(held))]
        case 2:
            del parts[one]
        case 3:
            parts[one], parts[other] = parts[other], parts[one]
        case _:
            parts.insert(one, parts[other])
    return held[:HEAD] + b"".join(parts)


def test_a_sealed_file_that_was_changed_does_not_open(tmp_path: Path) -> None:
    plain, whole, target = tmp_path / "evidence.db", tmp_path / "whole", tmp_path / "opened" / "evidence.db"
    target.parent.mkdir()
    plain.write_bytes(random.Random(0).randbytes(5 * PART + 17))
    seal(plain, whole, KEY)
    held, opened, tried = whole.read_bytes(), [], part_of(1_000)
    for seed in range(tried):
        (tmp_path / "changed").write_bytes(changed(held, random.Random(seed)))
        try:
            unseal(tmp_path / "changed", target, KEY)
        except UnsealedError:
            pass
        else:
            opened.append(seed)
    attempted("A sealed backup changed, cut off or put together from others", tried, opened)
    assert not list(target.parent.iterdir())


def test_another_key_and_another_name_do_not_open_it(tmp_path: Path) -> None:
    plain = tmp_path / "evidence.db"
    plain.write_bytes(b"held")
    seal(plain, tmp_path / "sealed", KEY)
    for target, key in ((tmp_path / "rules.db", KEY), (tmp_path / "copy" / "evidence.db", bytes(32))):
        target.parent.mkdir(exist_ok=True)
        with pytest.raises(UnsealedError, match="another key"):
            unseal(tmp_path / "sealed", target, key)
        assert not target.exists()


@pytest.mark.parametrize("held", ["", "short", base64.b64encode(bytes(31)).decode(), "!" * 44])
def test_a_file_without_a_key_says_how_to_make_one(tmp_path: Path, held: str) -> None:
    (tmp_path / "backup.key").write_text(held)
    with pytest.raises(UnsealedError, match="openssl rand -base64 32"):
        read_seal_key(tmp_path / "backup.key")


@pytest.fixture
def databases(tmp_path: Path) -> list[Path]:
    """Two databases with something that nobody may read elsewhere."""
    files = [tmp_path / "services" / name for name in ("evidence.db", "rules.db")]
    files[0].parent.mkdir()
    for file in files:
        with library.connect(file) as connection:
            connection.execute("CREATE TABLE held (text TEXT)")
            connection.execute("INSERT INTO held VALUES (?)", (CANARY,))
        connection.close()
    return files


def terminal() -> Terminal:
    return Terminal(as_json=True, person="", quiet=False, no_color=True)


def test_a_sealed_backup_is_restored_by_command(
    tmp_path: Path, databases: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    key = tmp_path / "backup.key"
    key.write_text(base64.b64encode(os.urandom(32)).decode())
    backup(terminal(), tmp_path / "copies", databases, key)
    assert '"sealed": true' in capsys.readouterr().out
    copies = sorted((tmp_path / "copies").iterdir())
    assert [copy.name for copy in copies] == ["evidence.db.sealed", "rules.db.sealed"]
    assert not [copy for copy in copies if CANARY.encode() in copy.read_bytes() or b"SQLite" in copy.read_bytes()]
    assert sorted(databases[0].parent.iterdir()) == databases, "no copy that can be read is left"
    restore(terminal(), tmp_path / "copies", tmp_path / "restored", key)
    for file in databases:
        connection = library.connect(tmp_path / "restored" / file.name)
        assert connection.execute("SELECT text FROM held").fetchall() == [(CANARY,)]
        connection.close()


def test_a_backup_of_which_one_copy_does_not_open_is_not_restored_in_part(
    tmp_path: Path, databases: list[Path]
) -> None:
    key = tmp_path / "backup.key"
    key.write_text(base64.b64encode(KEY).decode())
    backup(terminal(), tmp_path / "copies", databases, key)
    last = tmp_path / "copies" / "rules.db.sealed"
    last.write_bytes(last.read_bytes()[:-1])
    with pytest.raises(CommandError, match="changed or cut off"):
        restore(terminal(), tmp_path / "copies", tmp_path / "restored", key)
    assert not list((tmp_path / "restored").iterdir())


def test_a_backup_without_a_key_says_that_it_is_open(
    tmp_path: Path, databases: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    text: Any = Terminal(as_json=False, person="", quiet=False, no_color=True)
    backup(text, tmp_path / "copies", databases)
    assert "not sealed (--key seals them)" in "".join(capsys.readouterr())
