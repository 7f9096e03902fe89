"""Pool: kept connections to one address, through the proxy of the environment and with the system's certificates."""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import unquote
from urllib.request import getproxies, proxy_bypass

import truststore
from urllib3 import HTTPConnectionPool, PoolManager, ProxyManager, Timeout
from urllib3.util import Url, make_headers, parse_url

from pipeline.annotate.llm.address import parsed
from pipeline.setup.errors import PipelineError


def open_pool(address: str, timeout: Timeout, connections: int) -> tuple[HTTPConnectionPool, str]:
    """Open connections to an address, and say what to request over them: its path, or all of it from a proxy.

    Raises
    ------
    PipelineError
        For a proxy of a kind that is not known (exit code 2).
    """
    url = parse_url(address)
    kept: dict[str, Any] = {"timeout": timeout, "maxsize": connections, "retries": False}
    if url.scheme == "https":
        kept["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    proxy = proxy_of(url)
    if not proxy:
        return PoolManager(**kept).connection_from_url(address), url.request_uri
    login = make_headers(proxy_basic_auth=unquote(proxy.auth)) if proxy.auth else None
    through = ProxyManager(proxy._replace(auth=None).url, proxy_headers=login, **kept).connection_from_url(address)
    return through, url.request_uri if url.scheme == "https" else address


def proxy_of(url: Url) -> Url | None:
    """The proxy that ``http_proxy``, ``https_proxy``, ``all_proxy`` and ``no_proxy`` name for an address."""
    proxies = getproxies()
    named = proxies.get(url.scheme or "") or proxies.get("all")
    if not named or proxy_bypass(url.netloc or ""):
        return None
    proxy = parsed(named if "://" in named else f"http://{named}")
    if proxy.scheme not in ("http", "https") or not proxy.host:
        how = f"set one like http://proxy:3128, or no_proxy={url.host}"
        raise PipelineError(f"the proxy that the environment names for {url.host} is no http one; {how}", exit_code=2)
    return proxy
