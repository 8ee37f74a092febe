"""The help of every command: it fits the terminal, cuts no word, and shows one example a line."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from typer.core import TyperCommand, TyperGroup

from services.cli.page.width import output_width
from services.client.lines import folded

LEAST_COLUMN = 36
"""Characters that a description needs beside its option. With fewer it stands below."""
LONGEST_TERM = 28
"""Characters of an option beside which a description may stand."""
_PROGRAM = "psmf "
_CONTINUED = " \\"
"""A shell reads on after it, so that an example in two lines can still be copied."""


class HelpPage:
    """A page of help. It has the methods that Typer writes a page with (`HelpFormatter` of Click)."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.current_indent = 0
        self._parts: list[str] = []

    def write(self, text: str) -> None:
        """Add text as it is."""
        self._parts.append(text)

    def write_usage(self, program: str, arguments: str = "", prefix: str = "Usage: ") -> None:
        """Add the line of usage."""
        self.write(folded(f"{prefix}{program} {arguments}".rstrip(), self.width, "", "    ") + "\n")

    def write_paragraph(self) -> None:
        """Add a blank line between paragraphs."""
        if self._parts:
            self.write("\n")

    def write_heading(self, heading: str) -> None:
        """Add the heading of a section."""
        self.write(f"{self._margin}{heading}:\n")

    def write_text(self, text: str) -> None:
        """Add paragraphs. Lines that begin with the name of the program are examples, and each keeps a line."""
        paragraphs = text.strip().split("\n\n")
        self.write("\n\n".join("\n".join(self._lines(paragraph)) for paragraph in paragraphs) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], **_: Any) -> None:
        """Add terms with their descriptions: beside each other where there is room, else below."""
        given = list(rows)
        short = [len(term) for term, _ in given if len(term) <= LONGEST_TERM]
        column = self.current_indent + max(short, default=0) + 2
        words = [word for _, described in given for word in described.split()]
        beside = self.width - column >= max(LEAST_COLUMN, *map(len, words), 0)
        below = self._margin + " " * 4
        for term, described in given:
            first = f"{self._margin}{term}"
            if beside and len(first) + 2 <= column:
                self.write(folded(described, self.width, first.ljust(column), " " * column).rstrip() + "\n")
            else:
                indent = " " * column if beside else below
                self.write(folded(term, self.width, self._margin, below) + "\n")
                if described:
                    self.write(folded(described, self.width, indent, indent) + "\n")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Add a section under a heading."""
        self.write_paragraph()
        self.write_heading(name)
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        """Indent what is added meanwhile."""
        self.current_indent += 2
        try:
            yield
        finally:
            self.current_indent -= 2

    def getvalue(self) -> str:
        """Return the page."""
        return "".join(self._parts)

    @property
    def _margin(self) -> str:
        return " " * self.current_indent

    def _lines(self, paragraph: str) -> Iterator[str]:
        lines = [line.strip() for line in paragraph.strip().splitlines()]
        for are_examples, some in groupby(lines, lambda line: line.startswith(_PROGRAM)):
            if are_examples:
                for example in some:
                    yield self._example(example)
            else:
                yield folded(" ".join(some), self.width, self._margin, self._margin)

    def _example(self, example: str) -> str:
        """Return an example in one line, or in as many as it needs, each continued as a shell continues a command."""
        lines = folded(example, self.width - len(_CONTINUED), self._margin, self._margin + "  ").split("\n")
        return f"{_CONTINUED}\n".join(lines)


class _WithPage:
    """A command whose help is a `HelpPage`."""

    def get_help(self, context: Any) -> str:
        """Return the page of help."""
        page = HelpPage(output_width())
        self.format_help(context, page)  # type: ignore[attr-defined]  # of Typer's class
        return page.getvalue().rstrip("\n")

    def get_usage(self, context: Any) -> str:
        """Return the line of usage, which stands above what is wrong with a command."""
        page = HelpPage(output_width())
        self.format_usage(context, page)  # type: ignore[attr-defined]  # of Typer's class
        return page.getvalue().rstrip("\n")

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the first paragraph of the help, whole: a list of commands wraps it, and cuts nothing."""
        text: str = (self.help or "").strip()  # type: ignore[attr-defined]  # of Typer's class
        return " ".join(text.partition("\n\n")[0].split())


class Command(_WithPage, TyperCommand):
    """A command."""


class Group(_WithPage, TyperGroup):
    """A group of commands."""
