"""GraphQL over HTTP: one endpoint, JSON only; who asks, what may be asked, how errors are told."""

import asyncio
import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
)
from starlette.requests import Request
from starlette.responses import Response

from lineofsight.goals.viewer import complete
from lineofsight.graph import cursors
from lineofsight.graph.context import Context
from lineofsight.graph.schema import schema
from lineofsight.kernel.database import snapshot
from lineofsight.kernel.problems import Problem
from lineofsight.people import identity
from lineofsight.people.setup import instance_key
from lineofsight.people.viewer import ANONYMOUS, Viewer, of_client, of_person, scoped
from lineofsight.settings import settings

logger = logging.getLogger("lineofsight.graph")

MOST_BYTES = 1_000_000  # of a request
MOST_TOKENS = 10_000  # of a document
OPEN_FIELDS = frozenset({"viewer", "sessionSignIn", "sessionUseLink", "__typename"})
"""Root fields open to a stranger."""
SECURE_COOKIE = "__Host-lineofsight"
LOOPBACK_COOKIE = "lineofsight"
JSON = "application/json"
RESPONSE_JSON = "application/graphql-response+json"
NUL = re.compile(rb"\\u(0000|\{0+\})")
"""The one character PostgreSQL cannot store, as JSON and GraphQL write it."""


class Refused(Exception):  # noqa: N818
    """A request that is answered before anything is executed."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass(frozen=True)
class Asked:
    """A request for an operation."""

    query: str
    variables: dict[str, Any] | None
    operation: str | None


async def open_graph() -> None:
    """Reads the key of cursors; called once after the database is opened."""
    cursors.use_secret(await instance_key("cursors"))


async def endpoint(request: Request) -> Response:
    """POST /graphql."""
    try:
        viewer = await _viewer(request)
        asked = await _read(request)
        return await _answer(request, viewer, asked)
    except Refused as refused:
        body = {"errors": [_error(refused.message, refused.code)]}
        headers = {"allow": "POST"} if refused.status == 405 else {}
        return _respond(request, body, refused.status, headers)


async def _read(request: Request) -> Asked:
    """The operation asked for; Refused where the request is not well formed."""
    if request.method != "POST":
        raise Refused(405, "METHOD_NOT_ALLOWED", "Send a POST request.")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise Refused(415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Refused(413, "BODY_TOO_LARGE", f"A request has at most {MOST_BYTES:,} bytes.")
    if NUL.search(body):
        raise Refused(400, "BAD_REQUEST", "Text cannot hold the character U+0000.")
    try:
        given = orjson.loads(bytes(body))
    except (orjson.JSONDecodeError, RecursionError):
        raise Refused(400, "BAD_REQUEST", "The body is not JSON.") from None
    if not isinstance(given, dict):
        raise Refused(400, "BAD_REQUEST", "The body must be an object with a query.")
    query, variables, name = given.get("query"), given.get("variables"), given.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise Refused(400, "BAD_REQUEST", "The body has no query.")
    if variables is not None and not isinstance(variables, dict):
        raise Refused(400, "BAD_REQUEST", "The variables must be an object.")
    if name is not None and not isinstance(name, str):
        raise Refused(400, "BAD_REQUEST", "The operation name must be text.")
    if _NUL.search(query) or _holds_nul(variables):
        raise Refused(400, "BAD_REQUEST", "Text may not hold the character U+0000.")
    return Asked(query, variables, name or None)


_NUL = re.compile(r"\x00|\\u(?:0000|\{0+\})")


def _holds_nul(value: Any) -> bool:
    """Whether a text in the variables holds U+0000, which no database keeps alike."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any("\x00" in key or _holds_nul(part) for key, part in value.items())
    return isinstance(value, list) and any(map(_holds_nul, value))


async def _viewer(request: Request) -> Viewer:
    """Who asks: by bearer token, by session cookie, or a stranger."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme:
        found = await _bearer(secret.strip()) if scheme.lower() == "bearer" else None
        if found is None:
            raise Refused(401, "UNAUTHENTICATED", "This token is unknown, ended or expired.")
        return found
    cookie = request.cookies.get(cookie_name(request) or "")
    if not cookie:
        return ANONYMOUS
    _same_origin(request)
    session = await identity.session_of(cookie)
    if session is None:
        return ANONYMOUS
    person = await of_person(session[1])
    return ANONYMOUS if person is None else await complete(replace(person, session_id=session[0]))


async def _bearer(secret: str) -> Viewer | None:
    token = await identity.token_of(secret)
    if token is None:
        return None
    scopes = frozenset(token.scopes)
    if token.client_id is not None:
        return await of_client(token.client_id, scopes)
    person = await of_person(token.person_id)
    return None if person is None else await complete(scoped(person, scopes))


def _same_origin(request: Request) -> None:
    """Refuses requests that another site made the browser send."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    own = settings().public_url.rstrip("/") or f"{request.url.scheme}://{request.headers.get('host', '')}"
    if (site is not None and site not in ("same-origin", "none")) or (origin is not None and origin != own):
        raise Refused(403, "FORBIDDEN", "Requests from other sites are not answered.")


def cookie_name(request: Request) -> str | None:
    """The session cookie's name here; None where a session may not be opened: plain http beyond this machine."""
    public = settings().public_url
    if urlsplit(public).scheme == "https" or (not public and request.url.scheme == "https"):
        return SECURE_COOKIE
    return LOOPBACK_COOKIE if _on_this_machine(request) else None


def _on_this_machine(request: Request) -> bool:
    host = request.url.hostname or ""
    here = request.client.host if request.client else ""
    try:
        return (host == "localhost" or ip_address(host).is_loopback) and ip_address(here).is_loopback
    except ValueError:
        return False


async def _answer(request: Request, viewer: Viewer, asked: Asked) -> Response:
    try:
        document = parse(asked.query, no_location=False, max_tokens=MOST_TOKENS)
    except GraphQLError as error:
        raise Refused(400 if _accepts_response(request) else 200, "GRAPHQL_PARSE_FAILED", error.message) from None
    except RecursionError:
        raise Refused(400, "GRAPHQL_PARSE_FAILED", "The document is nested too deeply.") from None
    if not viewer.is_known:
        _refuse_strangers(document)
    operation = _operation(document, asked.operation)
    if operation is None:
        reason = "Name one operation of the document in operationName."
        raise Refused(400 if _accepts_response(request) else 200, "GRAPHQL_VALIDATION_FAILED", reason)
    if operation is OperationType.MUTATION:
        _same_origin(request)
        if viewer.scopes is None and cookie_name(request) is None:
            raise Refused(403, "INSECURE", "Sign in over https; plain http is for this machine only.")
    context = Context(
        viewer,
        address=request.client.host if request.client else "",
        agent=request.headers.get("user-agent"),
    )
    body = await _execute(context, asked, is_query=operation is not OperationType.MUTATION)
    status = 400 if body.get("data", ...) is ... and _accepts_response(request) else 200
    response = _respond(request, body, status)
    _set_cookie(request, response, context)
    return response


async def _execute(context: Context, asked: Asked, *, is_query: bool) -> dict[str, Any]:
    async def run() -> Any:
        return await schema.execute(
            asked.query,
            variable_values=asked.variables,
            operation_name=asked.operation,
            context_value=context,
        )

    try:
        async with asyncio.timeout(settings().query_seconds):
            if is_query:
                async with snapshot():
                    result = await run()
            else:
                result = await run()
    except TimeoutError:
        return {"errors": [_error("The operation took too long and was stopped.", "TIMEOUT")], "data": None}
    except RecursionError:
        return {"errors": [_error("The document is nested too deeply.", "GRAPHQL_VALIDATION_FAILED")]}
    body: dict[str, Any] = {}
    executed = result.data is not None or any(error.path for error in result.errors or ())
    if result.errors:
        body["errors"] = [_told(error, context) for error in result.errors]
    if executed:
        body["data"] = result.data
    if context.redactions:
        hidden = sorted(context.redactions.items())
        body["extensions"] = {"redactions": [{"path": p, "rule": r, "count": n} for (p, r), n in hidden]}
    return body


def _told(error: GraphQLError, context: Context) -> dict[str, Any]:
    """An error as the viewer reads it: problems by their code, mistakes in the document, all else masked."""
    cause = error.original_error
    told: dict[str, Any]
    if isinstance(cause, Problem):
        told = _error(cause.message, cause.code)
    elif cause is None or isinstance(cause, GraphQLError):
        message = error.message
        if not context.viewer.is_known:
            message = re.sub(r" Did you mean .*", "", message)
        told = _error(message, "BAD_USER_INPUT" if error.path else "GRAPHQL_VALIDATION_FAILED")
    else:
        reference = secrets.token_hex(6)
        logger.error("fault %s at %s", reference, error.path, exc_info=cause)
        told = _error(f"Something went wrong here. Reference: {reference}.", "INTERNAL")
    if error.locations:
        told["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path:
        told["path"] = error.path
    return told


def _error(message: str, code: str) -> dict[str, Any]:
    return {"message": message, "extensions": {"code": code}}


def _operation(document: DocumentNode, name: str | None) -> OperationType | None:
    """The type of the operation that will run; None where the document does not say which one that is."""
    found = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    named = [d for d in found if name is None or (d.name is not None and d.name.value == name)]
    return named[0].operation if len(named) == 1 else None


def _refuse_strangers(document: DocumentNode) -> None:
    """A stranger reads ``viewer`` and signs in, and does not see the schema."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            for name in _root_fields(definition.selection_set, fragments, set()):
                if name not in OPEN_FIELDS:
                    raise Refused(200, "UNAUTHENTICATED", "Sign in first.")


def _root_fields(
    selection: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], seen: set[str]
) -> list[str]:
    names = []
    for node in selection.selections:
        if isinstance(node, FieldNode):
            names.append(node.name.value)
        elif isinstance(node, FragmentSpreadNode):
            fragment = fragments.get(node.name.value)
            if fragment is not None and node.name.value not in seen:
                seen.add(node.name.value)
                names += _root_fields(fragment.selection_set, fragments, seen)
        elif isinstance(node, InlineFragmentNode):
            names += _root_fields(node.selection_set, fragments, seen)
    return names


def _accepts_response(request: Request) -> bool:
    return RESPONSE_JSON in request.headers.get("accept", "")


def _respond(request: Request, body: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> Response:
    media = RESPONSE_JSON if _accepts_response(request) else JSON
    return Response(
        orjson.dumps(body),
        status,
        {"content-type": f"{media}; charset=utf-8", "cache-control": "private, no-store", **(headers or {})},
    )


def _set_cookie(request: Request, response: Response, context: Context) -> None:
    name = cookie_name(request)
    if context.sign_in is None or name is None:
        return
    secure = name == SECURE_COOKIE
    if context.sign_in:
        response.set_cookie(
            name, context.sign_in, max_age=settings().session_hours * 3600, path="/",
            secure=secure, httponly=True, samesite="lax",
        )  # fmt: skip
    else:
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")
