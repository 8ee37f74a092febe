"""The page from which a Safeguarder takes their whole file."""

from dataclasses import dataclass

from services.console.views.heading import Heading, Link
from services.console.words import words

FILES = ("my-file.html", "my-file.json")
"""Names of the files. They hold no name of a person, because downloads are listed on shared machines."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One of the two files."""

    link: Link
    says: str


@dataclass(frozen=True, slots=True)
class DownloadView:
    """The page."""

    heading: Heading
    files: tuple[Offered, ...]


def build() -> DownloadView:
    """Return the page."""
    said = words("my_file")
    kinds = zip(("download_html", "download_json"), FILES, strict=True)
    return DownloadView(
        Heading(said["download_h1"], said["download_h1"], "my_file", Link(said["back"], "/my-file")),
        tuple(
            Offered(Link(said[kind], f"/my-file/download/{file}"), said.say(f"{kind}_says", file=file))
            for kind, file in kinds
        ),
    )
