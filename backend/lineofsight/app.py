"""The server: routes, headers, lifespan; all the wiring in one read."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lineofsight.graph.http import endpoint, open_graph
from lineofsight.kernel.database import database
from lineofsight.kernel.sealer import sealing
from lineofsight.people.setup import agency_setting, open_installation, root_unit
from lineofsight.settings import settings

WEB = Path(__file__).parent / "web"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
NOT_BUILT = "<!doctype html><title>Line of Sight</title><p>The app is not built. Run <code>make setup</code>.</p>"


class SafeHeaders:
    """Adds the headers that every answer carries."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if Headers(scope=scope).get("host") and settings().public_url.startswith("https:"):
                    headers.setdefault("strict-transport-security", "max-age=31536000")
            await send(message)

        await self.app(scope, receive, sending)


async def health(request: Request) -> Response:
    """GET /health."""
    return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})


async def site(request: Request) -> Response:
    """GET /site.json: what the sign-in page says before anyone is signed in."""
    body = {"agency": (await root_unit()).name, "demo": await agency_setting("demo")}
    return JSONResponse(body, headers={"cache-control": "no-store"})


async def page(request: Request) -> Response:
    """Every other address is the app's: a file beside its page, else the page, which routes in the browser."""
    beside = WEB / request.path_params["path"]
    if beside.parent == WEB and beside.suffix in (".js", ".svg", ".txt", ".webmanifest") and beside.is_file():
        return FileResponse(beside, headers={"cache-control": "no-cache"})
    file = WEB / "index.html"
    if not file.is_file():
        return Response(NOT_BUILT, 503, media_type="text/html")
    return FileResponse(file, headers={"cache-control": "no-cache"})


class Assets(StaticFiles):
    """The built app's files, named by their content: kept for a year."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def create_app(url: str | None = None) -> Starlette:
    """The application over the database of the settings, or of ``url``."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with database(url or settings().database_url):
            await open_installation()
            await open_graph()
            async with sealing():
                yield

    return Starlette(
        routes=routes(),
        middleware=[Middleware(SafeHeaders)],
        lifespan=lifespan,
    )


def routes() -> list[Route | Mount]:
    """All addresses of the server."""
    every: Callable[..., Route] = Route
    return [
        every("/graphql", endpoint, methods=["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]),
        every("/health", health),
        every("/site.json", site),
        Mount("/assets", Assets(directory=WEB / "assets", check_dir=False)),
        every("/{path:path}", page),
    ]
