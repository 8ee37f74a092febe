"""Stylesheets and fonts: read once, checked against their checksums, and served under names that hold their hash."""

import gzip
import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import PurePath

from starlette.requests import Request
from starlette.responses import Response

from services.console.failures import NotThere
from services.platform.data_file import DataFileError

STATIC = files("services.console") / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2"}
OWN = ("psmf.css",)
A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it is served. `packed` is empty for what is packed already."""

    content: bytes
    packed: bytes
    kind: str


class StaticFiles:
    """Every file that a page may ask for.

    Raises:
        DataFileError: a file of others is not the one that was taken from its package.
    """

    def __init__(self) -> None:
        self._addresses: dict[str, str] = {}
        self._served: dict[str, StaticFile] = {}
        for name, content in _vendored().items():
            if PurePath(name).suffix in TYPES:
                self._add(name, content)
        for name in OWN:
            self._add(name, self._with_names(STATIC.joinpath(name).read_bytes()))

    def address(self, name: str) -> str:
        """Return the address of a file, which changes with its content and may therefore be kept for a year."""
        return f"/static/{self._addresses[name]}"

    async def answer(self, request: Request) -> Response:
        """Answer a request for a file.

        Raises:
            NotThere: there is none of this name.
        """
        found = self._served.get(request.path_params["name"])
        if found is None:
            raise NotThere
        headers = {"cache-control": A_YEAR, "vary": "accept-encoding"}
        if found.packed and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(found.packed, headers=headers | {"content-encoding": "gzip"}, media_type=found.kind)
        return Response(found.content, headers=headers, media_type=found.kind)

    def _add(self, name: str, content: bytes) -> None:
        path = PurePath(name)
        hashed = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
        self._addresses[name] = hashed
        packed = b"" if path.suffix == ".woff2" else gzip.compress(content, mtime=0)
        self._served[hashed] = StaticFile(content, packed, TYPES[path.suffix])

    def _with_names(self, content: bytes) -> bytes:
        """Return a stylesheet of ours with the names under which the files that it asks for are served."""
        for name, hashed in self._addresses.items():
            content = content.replace(f'url("{name}")'.encode(), f'url("{hashed}")'.encode())
        return content


def _vendored() -> dict[str, bytes]:
    folder = STATIC / "vendor"
    found = {}
    for line in folder.joinpath("checksums.txt").read_text().splitlines():
        wanted, name = line.split()
        found[name] = folder.joinpath(name).read_bytes()
        if hashlib.sha256(found[name]).hexdigest() != wanted:
            raise DataFileError(f"{name} is not the file of its package. Fetch it again with: ./dev vendor")
    return found
