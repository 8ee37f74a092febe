"""Templates, compiled at the start, and the frame that stands around each page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import escape
from starlette.responses import HTMLResponse

from services.console.days import clock_time
from services.console.requests import MARK, Forms, Visit
from services.console.static_files import StaticFiles
from services.console.views.failure import typed_in
from services.console.views.heading import Heading, Link
from services.console.words import name_of, words
from services.plain_text import shown

REFUSED = (409, 422)
"""What a page says that does not take a form. Every other failure has a page that keeps the form, or must not."""
LINKS: dict[str, tuple[str, ...]] = {
    "support_manager": ("today", "people", "diary", "record", "rules", "search"),
    "senior_manager": ("today", "people", "reviews", "team", "rules", "search"),
    "panel_team": ("today", "people", "record", "reviews", "team", "search"),
    "report_reviewer": ("rules", "about"),
    "safeguarder": ("my_file", "evidence", "sessions", "rules", "about"),
    "official": ("kpis", "rules", "about"),
    "decision_recorder": ("decisions", "rules", "about"),
    "data_lead": ("accesses", "kpis", "rules", "about"),
    "auditor": ("kpis", "rules", "rule_changes", "about"),
    "policy_editor": ("rules", "rule_changes", "about"),
    "policy_approver": ("rules", "rule_changes", "about"),
}
"""The links of each role, in order. A page that does not exist yet is not linked. The first one is the start page."""
MORE: dict[str, tuple[str, ...]] = {
    "support_manager": ("accesses",),
    "senior_manager": ("kpis", "accesses"),
    "panel_team": ("feedback_links", "rules", "kpis", "accesses"),
}
"""The links of a role at the foot of each page, for what it needs now and then. Everybody has the one to the status."""
ADDRESSES = {
    "today": "/today",
    "people": "/people",
    "search": "/search",
    "diary": "/sessions",
    "my_file": "/my-file",
    "evidence": "/my-file/evidence",
    "sessions": "/my-file/sessions",
    "kpis": "/kpis",
    "accesses": "/emergency-accesses",
    "record": "/evidence/new",
    "team": "/team",
    "reviews": "/reviews",
    "decisions": "/decisions",
    "rules": "/rules",
    "rule_changes": "/rule-changes",
    "feedback_links": "/feedback-links",
    "about": "/about",
    "status": "/about/status",
}


def _as_shown(value: Any) -> Any:
    """Return what stands on a page for a value: text from before the check of texts may hide something."""
    return shown(value) if type(value) is str else value


class View(Protocol):
    """What a template shows."""

    @property
    def heading(self) -> Heading:
        """Return the title, and where the page stands."""
        ...


@dataclass(frozen=True, slots=True)
class FormTo:
    """A form of ours: the address that it is sent to, and the hidden field that marks it."""

    address: str
    field: str
    mark: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page: who is signed in, where one can go, and whether everybody is invented."""

    links: tuple[Link, ...]
    more: tuple[Link, ...]
    who: str
    role: str
    is_demo: bool
    sign_out: FormTo | None
    stays: str = ""
    """How long the reader stays signed in. It stands at the foot of forms."""
    is_bare: bool = False
    """Whether nothing leads to another part of the site."""
    written: tuple[str, ...] = ()
    """What was typed in a form that the page does not show again."""


@cache
def _templates() -> Environment:
    """Return the templates, each of them compiled."""
    found = Environment(
        loader=PackageLoader("services.console"),
        autoescape=True,
        finalize=_as_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for template in found.list_templates(extensions=["html"]):
        found.get_template(template)
    return found


class Rendering:
    """Templates with their words. Every template is compiled before anything is served."""

    def __init__(self, static: StaticFiles, forms: Forms, *, is_demo: bool) -> None:
        self._static = static
        self._forms = forms
        self._is_demo = is_demo
        self._templates = _templates()

    def page(self, visit: Visit, template: str, view: View, status: int = 200) -> HTMLResponse:
        """Return a page as it is sent. `template` is `folder/name`; the words are those of the folder."""
        frame = self._around(visit, view.heading.place)
        text = self._text(visit, template, view, frame)
        lost = tuple(each for each in typed_in(visit.form) if escape(each) not in text) if status in REFUSED else ()
        if lost:  # a step that is not possible any more has no form, so what was typed for it stands above the page
            text = self._text(visit, template, view, replace(frame, written=lost))
        return HTMLResponse(text, status)

    def _text(self, visit: Visit, template: str, view: View, frame: Frame) -> str:
        return self._templates.get_template(f"{template}.html").render(
            static=self._static.address,
            view=view,
            words=words(template.partition("/")[0]),
            layout=words("layout"),
            frame=frame,
            form=lambda address: self.form(visit, address),
        )

    def form(self, visit: Visit, address: str) -> FormTo:
        """Return a form that this reader may send to an address."""
        person = visit.visitor.person if visit.visitor else ""
        return FormTo(address, MARK, self._forms.mark(person, address, visit.today))

    def _around(self, visit: Visit, place: str) -> Frame:
        said = words("layout")
        if visit.visitor is None:
            return Frame((), (), "", "", self._is_demo, None, is_bare=visit.is_bare)
        links = _links(LINKS.get(visit.visitor.role, ()), place)
        more = _links((*MORE.get(visit.visitor.role, ()), "status"), place)
        role = said["roles"].get(visit.visitor.role, "")
        who = visit.visitor.name or name_of(visit.visitor.person)
        return Frame(links, more, who, role, self._is_demo, self.form(visit, "/sign-out"), _stays(visit))


def _links(names: Iterable[str], place: str) -> tuple[Link, ...]:
    said = words("layout")["links"]
    return tuple(Link(said[name], ADDRESSES[name], is_current=name == place) for name in names)


def _stays(visit: Visit) -> str:
    if visit.stays is None:
        return ""
    return words("layout").say("stays_whole" if visit.stays.is_whole else "stays", time=clock_time(visit.stays.until))


def start_page(role: str) -> str:
    """Return the address at which a role begins its day; empty if the role has no pages."""
    links = LINKS.get(role, ())
    return ADDRESSES[links[0]] if links else ""
