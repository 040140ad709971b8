"""What is known of a request when it arrives: from which machine, by which name, below which path.

A reverse proxy may strip the root path or leave it, and may say for whom it asks; only the addresses in
ASSISTANT_PROXY_ADDRESSES are believed. Outermost middleware: the rest of the server sees the scope as it is
left here, with the client's own address and no forwarding header of anybody else. Does not know who the
person is.
"""

from ipaddress import ip_address, ip_network

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from server.refusing import refused
from server.settings import ServerSettings

_FORWARDING = (
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-proto",
    "x-forwarded-prefix",
    "x-real-ip",
    "x-gradio-server",
)
_LOOPBACK_NAMES = frozenset(("localhost", "127.0.0.1", "::1"))
_WRONG_NAME = "Máy chủ không mang tên này. Người quản trị khai tên được phép trong ASSISTANT_HOSTS"
UNKNOWN = "unknown"


class Arrival:
    """ASGI middleware: root path, client, scheme and host name, before anything else looks at them."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self._app = app
        self._root = settings.root_path
        self._proxies = [ip_network(address, strict=False) for address in settings.proxy_addresses]
        own = _LOOPBACK_NAMES | {name.lower() for name in settings.hosts}
        # On all addresses of a machine any name may be right, unless somebody says which ones are.
        self._names = own if settings.on_this_machine_only or settings.hosts else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Amend the scope and pass it on; 400 for a name that is not ours."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        names = {_host_name(scope)}
        self._place(scope)
        self._origin(scope)
        names.add(_host_name(scope))  # a proxy may have told another
        if self._names is not None and not names <= self._names:
            # Else a page of elsewhere could have its own name point here and read everything.
            await refused(scope, 400, _WRONG_NAME)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _place(self, scope: Scope) -> None:
        """Path and root path agree, whether or not a proxy has stripped the latter."""
        if not self._root:
            return
        path: str = scope["path"]
        scope["root_path"] = self._root
        if path != self._root and not path.startswith(f"{self._root}/"):
            scope["path"] = self._root + path
            if scope.get("raw_path"):
                scope["raw_path"] = self._root.encode("ascii") + scope["raw_path"]
        elif path == self._root:
            scope["path"] = f"{self._root}/"

    def _origin(self, scope: Scope) -> None:
        peer = scope["client"][0] if scope.get("client") else "127.0.0.1"  # a socket of this machine
        state = scope.setdefault("state", {})
        state["from_proxy"] = self._is_proxy(peer)
        state["peer"] = state["address"] = peer
        headers = Headers(scope=scope)
        mutable = MutableHeaders(scope=scope)
        if state["from_proxy"]:
            state["address"] = self._client(headers, peer)
            proto = headers.get("x-forwarded-proto", "").split(",")[-1].strip().lower()
            if proto in ("http", "https"):
                scope["scheme"] = proto
            if host := headers.get("x-forwarded-host", "").split(",")[-1].strip():
                mutable["host"] = host
        for name in _FORWARDING:
            del mutable[name]
        if scope["scheme"] == "https":
            mutable["x-forwarded-proto"] = "https"  # Gradio looks at nothing else

    def _client(self, headers: Headers, peer: str) -> str:
        """The last address that was not written by a trusted proxy."""
        hops = [hop.strip() for value in headers.getlist("x-forwarded-for") for hop in value.split(",")]
        for hop in reversed(hops):
            if not _is_address(hop):
                return UNKNOWN
            if not self._is_proxy(hop):
                return hop
        if hops:
            return hops[0]
        other = headers.get("x-real-ip") or headers.get("forwarded")
        if other is None:
            return peer
        return other if _is_address(other) else UNKNOWN

    def _is_proxy(self, address: str) -> bool:
        if not _is_address(address):
            return False
        parsed = ip_address(address)
        return any(parsed.version == network.version and parsed in network for network in self._proxies)


def is_this_machine(address: str) -> bool:
    """Whether an address is one of this machine's own; so is what is no address, an in-process client."""
    if address == UNKNOWN:
        return False
    return not _is_address(address) or ip_address(address).is_loopback


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _host_name(scope: Scope) -> str:
    host = Headers(scope=scope).get("host", "").lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
