"""The host of an address: the source of an article that names none but says where it stands."""

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """Return the host of an address as sources are called.

    Parameters
    ----------
    url
        ``https://www.ved.example/news/1``; the scheme may be missing.

    Returns
    -------
    str
        ``ved.example``: lower case, Cyrillic letters as letters, without user, port and ``www.``; empty if it is no
        address.
    """
    address = url.strip()
    if "//" not in address and "@" in address:  # a mailbox
        return ""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:  # brackets that are no IPv6 address
        return ""
    if parts.scheme not in ("", "http", "https") or "." not in host or any(mark.isspace() for mark in host):
        return ""
    return _as_letters(host)


def _as_letters(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:  # written in letters, or not of that encoding at all
        return host
