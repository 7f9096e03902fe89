"""A model that obeys whoever spoke last: it does what the article orders, letter by letter, over a real connection."""

import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ORDER = re.compile(r"(?:ответь|скажи|напиши|answer|reply|write)[^:\n]*:\s*(?P<what>.*)", re.DOTALL | re.IGNORECASE)


def obey(message):
    """What the article orders to say; without an order the article itself."""
    fence = message.split("\n", 1)[0].strip("<>")
    article = message.removeprefix(f"<{fence}>\n").split(f"\n</{fence}>")[0]
    found = ORDER.search(article)
    return found["what"] if found else article


class Obedient(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said = {"role": "assistant", "content": obey(question["messages"][-1]["content"])}
        body = json.dumps({"choices": [{"index": 0, "message": said, "finish_reason": "stop"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def obedient_server():
    """Its address while it runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Obedient)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
