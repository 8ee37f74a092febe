"""What happens around every page: who asks, may they, the page or the failure, headers, the cookie, one log line."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.console.calls.gateway import Gateway
from services.console.failures import (
    Forged,
    NotSignedIn,
    NotThere,
    SentBefore,
    ServiceAway,
    SignInRefused,
    TooMany,
    Unanswered,
    WrongHost,
    failure_of,
)
from services.console.forms import messages
from services.console.forms.answers import REQUEST_ID
from services.console.rendering import Rendering
from services.console.requests import (
    MARK,
    Forms,
    Limits,
    Message,
    Stay,
    Visit,
    Visitor,
    read_form,
    require_own_origin,
)
from services.console.signin import by_link, handshake
from services.console.signin.demo import DemoSignIn
from services.console.signin.open_id import OpenIdSignIn
from services.console.signin.session_cookie import Session, SessionKeys
from services.console.telemetry import CSRF_REFUSED
from services.console.views import failure
from services.platform.clock import Clock
from services.platform.telemetry import traces
from services.platform.telemetry.logs import log

PAGE_SECONDS, FORM_SECONDS = 3.0, 12.0
"""How long a reader waits for a page, and for a form that is sent: two reads and a write, each with its own limit."""
Page = Callable[[Visit], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""On every answer, unless the answer has its own: files that hold nothing personal may be kept."""
IN_HISTORY = "private, no-cache"
"""How an answer to a form is kept: by the history of its tab, so that *Back* shows it with what was typed.

Not for those who came by a link: they sign out of nothing, and may hand a shared tablet on to the next child.
"""
STRICT_TRANSPORT = "max-age=31536000"


@dataclass(frozen=True, slots=True)
class Site:
    """Where the console is, as people see it, and what they are told to do when something is wrong."""

    public_url: str
    host: str
    is_secure: bool
    contact: str
    proxies: int = 0
    """How many proxies of ours a request passes, each of which says where it came from."""
    issuer: str = ""
    """Origin of the issuer that signs people in; empty in a demo. A form that signs out leads there."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Return the headers of every answer."""
        policy = HEADERS["content-security-policy"]
        # A browser follows the redirect after a form only to where the policy allows forms to go.
        allowed = policy.replace("form-action 'self'", f"form-action 'self' {self.issuer}") if self.issuer else policy
        strict = {"strict-transport-security": STRICT_TRANSPORT} if self.is_secure else {}
        return HEADERS | strict | {"content-security-policy": allowed}


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts that stand around every page, and the way a page is answered."""

    site: Site
    clock: Clock
    keys: SessionKeys
    forms: Forms
    rendering: Rendering
    gateway: Gateway
    way_in: DemoSignIn | OpenIdSignIn
    limits: Limits
    link_limits: by_link.LinkLimits = field(default_factory=by_link.LinkLimits)

    @property
    def demo(self) -> DemoSignIn | None:
        """Return the demo's way to sign in; None where people are real."""
        return self.way_in if isinstance(self.way_in, DemoSignIn) else None

    @property
    def open_id(self) -> OpenIdSignIn | None:
        """Return the way to sign in by OpenID Connect; None in a demo."""
        return self.way_in if isinstance(self.way_in, OpenIdSignIn) else None

    def show(self, route: str, page: Page, *, signed_in: bool = True, roles: Set[str] = frozenset()) -> Endpoint:
        """Return the endpoint of a page.

        `signed_in`: whether it is shown only to people who are. `roles`: whose page it is; empty: everybody's. The
        services decide what a reader sees. This only keeps a page that is made for one role from another's.
        """

        async def answer(visit: Visit) -> Response:
            visit.stays_in_history = visit.request.method == "POST"
            await self._admit(visit, signed_in=signed_in)
            if roles and visit.signed_in.role not in roles:
                raise NotThere
            return await page(visit)

        return self._endpoint(route, answer)

    def show_by_link(self, route: str, page: Page) -> Endpoint:
        """Return the endpoint of a page of people who give feedback by a link.

        If somebody is signed in at the same browser, the page knows and names nobody all the same.
        """

        async def answer(visit: Visit) -> Response:
            await self._admit_by_link(visit)
            return await page(visit)

        return self._endpoint(route, answer)

    def _endpoint(self, route: str, answer: Page) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            started = time.perf_counter()
            with traces.showing(request.method, route) as shown:
                visit = Visit(request, None, self.clock.now(), self.clock.today())
                response = await self._answer(visit, answer)
                shown.status = response.status_code
                log().info(
                    "shown",
                    route=route,
                    method=request.method,
                    status=response.status_code,
                    milliseconds=round((time.perf_counter() - started) * 1000),
                    role=visit.visitor.role if visit.visitor else "",
                    calls=visit.calls,
                )
            return response

        return endpoint

    async def _answer(self, visit: Visit, answer: Page) -> Response:
        try:
            async with asyncio.timeout(FORM_SECONDS if visit.request.method == "POST" else PAGE_SECONDS):
                response = await answer(visit)
        except TimeoutError:
            response = self._failed(visit, ServiceAway(""))
        except NotSignedIn as problem:
            response = self._sign_in_first(visit) or self._failed(visit, problem)
        except Unanswered as problem:
            response = self._failed(visit, problem)
        except Exception as problem:
            log().error("page_failed", error=type(problem).__name__)
            response = self._failed(visit, problem)
        return self._finished(visit, response)

    def _finished(self, visit: Visit, response: Response) -> Response:
        """Return an answer with its cookies and its headers."""
        if visit.stays_in_history:
            response.headers.setdefault("cache-control", IN_HISTORY)
        self._keep_signed_in(visit, response)
        self._pass_message_on(visit, response)
        if getattr(visit.request.state, "is_over", False):
            self.sign_out(response)
        if getattr(visit.request.state, "came_back", False):
            response.delete_cookie(self._handshake_name, **self._kept)
        return self.headed(response)

    def _keep_signed_in(self, visit: Visit, response: Response) -> None:
        """Renew the cookie, because every page adds an hour. A page that sets it itself has the last word.

        A page that was asked for before the reader signed out in another tab must not sign them in again.
        """
        session = self.session_of(visit)
        if session is None or "set-cookie" in response.headers:
            return
        if self.open_id is not None:
            if getattr(visit.request.state, "has_token", False) and self.open_id.has_ended(session):
                return
            session = self.open_id.newest(session)
        self.sign_in(response, session)

    def done(self, visit: Visit, address: str, code: str, about: str) -> Response:
        """Return the way on after a form was taken. The page at `address` says once what it did to the record."""
        visit.says = Message(code, about)
        return RedirectResponse(address, 303)

    def _pass_message_on(self, visit: Visit, response: Response) -> None:
        """Give the browser the message for the next page, or take away the one that this page has shown."""
        if visit.says is not None and visit.visitor is not None:
            value = messages.sealed(visit.says, self.forms, visit.visitor.person, visit.today)
            response.set_cookie(f"{self.cookie_name}-message", value, max_age=messages.SECONDS, **self._kept)
        elif visit.has_told:
            response.delete_cookie(f"{self.cookie_name}-message", **self._kept)

    async def _admit(self, visit: Visit, *, signed_in: bool) -> None:
        """Find out who asks, and refuse what must not reach a page.

        Raises:
            Unanswered: the request is for another host, forged, one too many, or nobody is signed in.
        """
        request = visit.request
        if request.headers.get("host", "") != self.site.host:
            raise WrongHost
        visit.visitor = self._visitor(request, visit)
        person = visit.visitor.person if visit.visitor else ""
        if request.method == "POST":
            # Somebody signed out in the middle of a form gets it back. Its mark counts when it is sent again.
            await self._read_form(visit, person, is_kept=signed_in and not person)
        cookie = request.cookies.get(f"{self.cookie_name}-message", "")
        visit.message = messages.opened(cookie, self.forms, person, visit.today)
        if person and self.limits.is_over(person, visit.now):
            raise TooMany
        if signed_in and visit.visitor is None:
            raise NotSignedIn
        if signed_in and self.open_id is not None:
            await self._renew(visit, self.open_id)

    async def _admit_by_link(self, visit: Visit) -> None:
        """Refuse what must not reach a page of people who are not signed in.

        Raises:
            Unanswered: the request is for another host, forged, or one too many of its link or of all links.
        """
        request, visit.is_bare = visit.request, True
        if request.headers.get("host", "") != self.site.host:
            raise WrongHost
        if request.method == "POST":
            await self._read_form(visit, "", is_kept=False)
        held = self.held_link(visit)
        if self.link_limits.is_over(held.session if held else "", visit.now):
            raise TooMany

    def held_link(self, visit: Visit) -> by_link.ByLink | None:
        """Return what the link stands for by which somebody came; None without one, or when its time is over."""
        return by_link.opened(self.keys, visit.request.cookies.get(self._link_cookie, ""), visit.now)

    def keep_link(self, response: Response, held: by_link.ByLink, now: datetime) -> None:
        """Give a browser the cookie of a link, until its time is over."""
        seconds = max(held.until - int(now.timestamp()), 0)
        response.set_cookie(self._link_cookie, by_link.sealed(self.keys, held), max_age=seconds, **self._kept)

    @property
    def _link_cookie(self) -> str:
        return f"{self.cookie_name}-{by_link.FEEDBACK}"

    async def _renew(self, visit: Visit, open_id: OpenIdSignIn) -> None:
        """See that calls can be made for the reader. Somebody whom the issuer no longer takes is signed out.

        Raises:
            NotSignedIn, ServiceAway: see open_id.py.
        """
        session = self.session_of(visit)
        try:
            visit.request.state.session = await open_id.fresh(session) if session else None
            visit.request.state.has_token = True
        except NotSignedIn:
            visit.request.state.session = visit.visitor = None
            visit.request.state.is_over = True
            raise

    def session_of(self, visit: Visit) -> Session | None:
        """Return the session of the reader, or None."""
        session: Session | None = getattr(visit.request.state, "session", None)
        return session

    async def _read_form(self, visit: Visit, person: str, *, is_kept: bool) -> None:
        request = visit.request
        try:
            require_own_origin(request.headers, self.site.public_url)
            visit.form = await read_form(request)
            if not is_kept and not self.forms.is_ours(visit.form.get(MARK, ""), person, request.url.path, visit.today):
                raise Forged
        except Forged:
            CSRF_REFUSED.add(1)
            raise

    def _visitor(self, request: Request, visit: Visit) -> Visitor | None:
        session = self.keys.opened(*(request.cookies.get(name, "") for name in self._cookie_names))
        if session is None or bool(session.id) is not bool(self.open_id):
            return None  # of another way to sign in
        if session.is_over(visit.now):
            visit.ended = session.ends_at
            return None
        known = self.way_in.find(session.person)
        if known is None or (known.role, known.subject) != (session.role, session.subject):
            return None  # the role was taken away since
        session = replace(session, used=int(visit.now.timestamp()))
        visit.stays = Stay(session.ends_at, session.ends_at == session.ends_whole_at)
        request.state.session = session
        return Visitor(session.person, session.role, session.subject, known.name, session.id)

    def _sign_in_first(self, visit: Visit) -> Response | None:
        """Return the way to the sign-in page for somebody who only asked for a page. A form must not lose its words."""
        if visit.request.method != "GET":
            return None
        route = visit.request.scope.get("route")
        ids = [str(one) for one in visit.request.path_params.values()]
        asked = "/".join([route.name, *ids]) if route is not None and route.name else ""
        return RedirectResponse(f"/sign-in?next={asked}" if asked else "/sign-in", 303)

    def _failed(self, visit: Visit, problem: Exception) -> Response:
        how = failure_of(problem)
        if isinstance(problem, SignInRefused):
            log().warning("sign_in_refused", reason=problem.reason)
        # With the id that is used up it could never be taken, however often it is sent.
        again = {**visit.form, REQUEST_ID: str(uuid4())} if isinstance(problem, SentBefore) else visit.form
        kept = failure.kept_form(visit.request.url.path, again)
        ended = visit.ended if isinstance(problem, NotSignedIn) else None
        failed = failure.Failed(how, problem, kept, ended)
        view = failure.build(failed, visit.now, self.site.contact, traces.trace_id())
        response = self.rendering.page(visit, "failure/failure", view, how.status)
        if how.retry_after:
            response.headers["retry-after"] = str(how.retry_after)
        return response

    def headed(self, response: Response) -> Response:
        """Return an answer with the headers that every answer has."""
        for name, value in self.site.headers.items():
            response.headers.setdefault(name, value)
        return response

    @property
    def cookie_name(self) -> str:
        """Return the name of the cookie. With `__Host-` a browser takes it from this host over TLS only."""
        return "__Host-psmf" if self.site.is_secure else "psmf-demo"

    @property
    def _cookie_names(self) -> tuple[str, str]:
        """Return the names of the two halves. There is a second only if a session is too long for one cookie."""
        return self.cookie_name, f"{self.cookie_name}-2"

    def sign_in(self, response: Response, session: Session) -> None:
        """Give a browser the cookie of a session."""
        for name, value in zip(self._cookie_names, self.keys.sealed(session), strict=False):
            response.set_cookie(name, value, **self._kept)

    def sign_out(self, response: Response) -> None:
        """Take a browser's cookie away, and with it what the history of its tabs would still show."""
        response.headers["clear-site-data"] = '"cache"'
        for name in self._cookie_names:
            response.delete_cookie(name, **self._kept)

    def leave(self, response: Response, held: handshake.Handshake) -> None:
        """Give a browser what it has to bring back from the issuer."""
        seconds = int(handshake.LIFE.total_seconds())
        response.set_cookie(self._handshake_name, handshake.sealed(self.keys, held), max_age=seconds, **self._kept)

    def came_back(self, visit: Visit) -> handshake.Handshake | None:
        """Return what a browser brings back from the issuer, once; None if it was not sent there by us."""
        visit.request.state.came_back = True
        return handshake.opened(self.keys, visit.request.cookies.get(self._handshake_name, ""))

    @property
    def _handshake_name(self) -> str:
        return f"{self.cookie_name}-sign-in"

    @property
    def _kept(self) -> dict[str, Any]:
        """Return how a browser keeps a cookie: for this site alone, and out of reach of scripts."""
        return {"path": "/", "secure": self.site.is_secure, "httponly": True, "samesite": "lax"}
