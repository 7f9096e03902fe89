"""Fetching a feed over HTTP: politely, at most once for what has not changed, bounded in time and size."""

import re
import ssl
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import truststore
from urllib3 import BaseHTTPResponse, PoolManager, ProxyManager, Timeout
from urllib3.exceptions import HTTPError, LocationValueError, MaxRetryError, TimeoutError
from urllib3.util import Retry

from pipeline.crawl.read_feed import MAX_FEED
from pipeline.setup.errors import PipelineError

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 10.0, 30.0, 120.0
MOST_REDIRECTS = 5
_CHUNK = 2**16
_HEADERS = {
    "User-Agent": "rubrika/0.1 (news feed reader)",
    "Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A feed that was fetched.

    Attributes
    ----------
    path
        Where it lies now, under a name made of its address; None if it has not changed since the last time.
    validators
        What the server calls this version, by header: to be remembered once the feed's articles are stored.
    """

    path: Path | None
    validators: dict[str, str]


def is_address(name: str) -> bool:
    """Tell an address from a file's name."""
    return re.match(r"[a-z][a-z0-9+.-]*://", name, re.IGNORECASE) is not None


def fetch(url: str, folder: Path, validators: dict[str, str]) -> Fetched:
    """Fetch a feed into a folder.

    Parameters
    ----------
    url
        Of ``http`` or ``https``.
    folder
        Where to put it.
    validators
        What the server called the version fetched last: headers by their lower-case names.

    Returns
    -------
    Fetched
        The file.

    Raises
    ------
    PipelineError
        Exit code 2 for an address of another kind; 3 if the server cannot be reached, does not answer in time, answers
        with an error or with more than `MAX_FEED` bytes.
    """
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise PipelineError(f"{url}: only addresses like https://host/feed are fetched; or name a file", exit_code=2)
    headers = _HEADERS | {_VALIDATORS[name]: value for name, value in validators.items() if name in _VALIDATORS}
    try:
        with _pool(url) as pool:
            response = pool.request("GET", url, headers=headers, preload_content=False)
            return _keep(url, response, folder, validators)
    except LocationValueError as error:
        raise PipelineError(f"{url}: leads to an address that is not http or https", exit_code=3) from error
    except (HTTPError, OSError) as error:
        raise PipelineError(f"{url}: {_reason(error)}; check the address, or try again later", exit_code=3) from error


def _pool(url: str) -> PoolManager:
    retries = Retry(connect=0, read=0, status=0, other=0, redirect=MOST_REDIRECTS, raise_on_redirect=True)
    timeout = Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    parts = urlsplit(url)
    proxy = None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)
    if proxy:
        return ProxyManager(proxy, retries=retries, timeout=timeout, ssl_context=context)
    return PoolManager(retries=retries, timeout=timeout, ssl_context=context)


def _keep(url: str, response: BaseHTTPResponse, folder: Path, validators: dict[str, str]) -> Fetched:
    if response.status == 304:
        return Fetched(None, validators)
    if response.status != 200:
        response.close()
        what = f"HTTP {response.status} {response.reason or ''}".strip()
        raise PipelineError(f"{url}: {what}; open the address in a browser to see what it is now", exit_code=3)
    body = _body(url, response)
    is_json = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")  # JSON Feed, and news APIs
    path = folder / _file_name(url, ".json" if is_json else ".xml")
    path.write_bytes(body)
    return Fetched(path, {name: value for name in _VALIDATORS if (value := response.headers.get(name))})


def _body(url: str, response: BaseHTTPResponse) -> bytes:
    """Read a body; the library's own time limit is only between two bytes."""
    deadline, body = time.monotonic() + WHOLE_SECONDS, bytearray()
    for chunk in response.stream(_CHUNK):
        body += chunk
        if len(body) > MAX_FEED or time.monotonic() > deadline:
            response.close()
            limit = (
                f"more than {MAX_FEED // 2**20} MiB" if len(body) > MAX_FEED else f"not over after {WHOLE_SECONDS:g} s"
            )
            raise PipelineError(f"{url}: the answer is {limit}; is it a feed?", exit_code=3)
    return bytes(body)


def _file_name(url: str, suffix: str) -> str:
    """Make a readable file name of an address; rows are found in the store under it."""
    parts = urlsplit(url)
    readable = re.sub(r"[^\w.-]+", "_", f"{parts.netloc}{parts.path}{'_' + parts.query if parts.query else ''}")
    return readable.strip("_")[:150].removesuffix(suffix) + suffix


def _reason(error: BaseException) -> str:
    cause = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    if isinstance(cause, TimeoutError):
        return f"no answer within {READ_SECONDS:g} s"
    return str(cause).rpartition(": ")[2] or type(cause).__name__
