import http.server
import subprocess
import sys
import threading
from pathlib import Path
from typing import ClassVar

import pytest

FETCH = Path(__file__).parents[1] / "data" / "fetch.py"
CONTENT = b"source,title,text\n" + "a,б,в\n".encode() * 50_000


class Handler(http.server.BaseHTTPRequestHandler):
    """Breaks the first answer off in the middle, then goes on from where it is asked to."""

    calls: ClassVar[list[str]] = []

    def do_GET(self):
        start = int((self.headers.get("Range") or "bytes=0-")[6:-1])
        self.calls.append(f"{start}")
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        self.wfile.write(CONTENT[start : len(CONTENT) // 2] if len(self.calls) == 1 else CONTENT[start:])

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/crawl.csv"
        running.shutdown()


def fetch(url, folder):
    script = f"import sys; sys.path.insert(0, {str(FETCH.parent)!r}); import fetch; from pathlib import Path\n"
    command = script + f"print(fetch.fetch_crawl({url!r}, Path({str(folder)!r})))"
    return subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=False)


def test_a_broken_download_goes_on_and_ends_whole(server, tmp_path):
    first = fetch(server, tmp_path)
    assert first.returncode == 3
    assert first.stderr.startswith("cannot fetch")
    assert not (tmp_path / "crawl.csv").exists()
    assert fetch(server, tmp_path).returncode == 0
    assert (tmp_path / "crawl.csv").read_bytes() == CONTENT
    assert Handler.calls[1] != "0"


def test_without_an_address_it_is_said_how_to_name_one():
    run = subprocess.run([sys.executable, FETCH], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (2, "name the crawl's address: make data URL=https://HOST/FILE.csv\n")
