"""Fetch a public crawl into data/crawl/: `make data URL=https://...`. Its texts belong to their publishers."""

from __future__ import annotations

import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

TIMEOUT_SECONDS = 30
CHUNK_BYTES = 1 << 20
FOLDER = Path(__file__).parent / "crawl"


def fetch_crawl(url: str, folder: Path) -> Path:
    """Download a file, going on where an earlier try stopped; it gets its name when it is whole.

    Raises
    ------
    SystemExit
        With one line when the address cannot be reached (exit code 3).
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / (Path(urllib.parse.urlparse(url).path).name or "crawl.csv")
    draft = target.with_name(target.name + ".part")
    fetched = draft.stat().st_size if draft.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={fetched}-"} if fetched else {})
    # 206: the server goes on where the draft ends; one that cannot sends the whole file, and the draft begins anew.
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            goes_on = answer.status == 206
            with draft.open("ab" if goes_on else "wb") as file:
                while chunk := answer.read(CHUNK_BYTES):
                    file.write(chunk)
                size = file.tell()
        left = int(answer.headers.get("Content-Length") or 0)
        expected = left + (fetched if goes_on else 0) if left else size
        # A closed connection looks like the end of a file; only the announced length tells them apart.
        if size < expected:
            raise ConnectionError(f"the connection broke after {size} of {expected} bytes")
    except (urllib.error.URLError, OSError, ValueError) as error:
        sys.stderr.write(f"cannot fetch {url}: {error}; is there a network? run it again to go on\n")
        sys.exit(3)
    return draft.replace(target)


def main() -> None:
    """Fetch the address named on the command line."""
    if len(sys.argv) != 2 or not sys.argv[1]:
        sys.stderr.write("name the crawl's address: make data URL=https://HOST/FILE.csv\n")
        sys.exit(2)
    path = fetch_crawl(sys.argv[1], FOLDER)
    sys.stdout.write(f"{path}\nnow: make embed train evaluate DATA={path} LABELS={path} RUBRIKA_HOME=crawl\n")


if __name__ == "__main__":
    main()
