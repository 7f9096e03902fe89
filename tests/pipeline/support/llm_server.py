"""A stand-in for an OpenAI-compatible server, as a process of its own: slow, broken, or obeying the article.

An article tells it what to do: ``#id=7#`` names it, ``#answer=politics#`` is what the model says, ``#faults=500,half#``
what goes wrong at each try until one is left to succeed; ``*`` behind the last fault makes it stay. ``GET /counts``
tells how often each article was asked about and answered.
"""

import argparse
import asyncio
import json
import os
import re
import sys
from collections import Counter

ARGUMENTS = argparse.ArgumentParser()
ARGUMENTS.add_argument("--delay", type=float, default=0.0)
ARGUMENTS.add_argument("--no-schema", action="store_true", help="refuse structured output, as older servers do")
ARGUMENTS.add_argument("--no-system", action="store_true", help="refuse the role, as templates of Gemma do")
ARGUMENTS.add_argument("--refuse", type=int, default=0, help="answer everything with this status, quoting the key")
ARGUMENTS.add_argument("--dies-after", type=int, default=0, help="exit at the next question after so many answers")
ARGUMENTS.add_argument("--instead", default="", help="what comes with status 200 in place of a completion")
ARGUMENTS.add_argument("--instead-after", type=int, default=0, help="only after so many answers")
STATUSES = ("302", "400", "402", "403", "404", "429", "500", "502", "503")
TOOLS = {"role": "assistant", "content": None, "tool_calls": [{"id": "1", "function": {"name": "x"}}]}
PAGE = """<!DOCTYPE html><html><head><style>p {color: red}</style></head><body><h1>Sign in</h1>
<input name="csrf" value="c5rfT0ken000000000000000001"></body></html>"""
INSTEAD = {
    "page": lambda key: PAGE.encode(),
    "echo": lambda key: f"<p>unknown key {key}, session 5e5510nT0ken00000000000001</p>".encode(),
    "stream": lambda key: b'data: {"choices": [{"delta": {"content": "politics"}}]}\n\ndata: [DONE]\n\n',
    "other": lambda key: b'{"status": "ok", "version": "2.1", "access_token": "eyJhbGciOiJIUzI1NiJ9.e30.x1"}',
    "choices": lambda key: b'{"id": "1", "object": "chat.completion", "choices": []}',
    "nothing": lambda key: b"",
    "thoughts": lambda key: completion({"role": "assistant", "content": "", "reasoning_content": "Hmm, let"}, "length"),
    "error": lambda key: b'{"error": {"message": "CUDA out of memory"}}',
}
GARBAGE = b'<html>\xff\xfe\x00 502 Bad Gateway {"choices": [</html>'


class Server:
    def __init__(self, options):
        self.options = options
        self.asked, self.answered = Counter(), Counter()
        self.under_way = self.most_under_way = 0

    async def serve(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
                body = await reader.readexactly(int(length[1]) if length else 0)
                if not await self.respond(head, body, writer):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def respond(self, head, body, writer):
        if head.startswith("GET /counts"):
            said = {"asked": self.asked, "answered": self.answered, "most_under_way": self.most_under_way}
            return await send(writer, "200 OK", json.dumps(said).encode())
        if self.options.refuse:
            said = json.dumps({"error": {"message": f"refused: {key_of(head)}"}}).encode()
            return await send(writer, f"{self.options.refuse} Refused", said)
        question = json.loads(body)
        if self.options.dies_after and self.answered.total() >= self.options.dies_after:
            os._exit(1)
        if self.options.no_schema and "response_format" in question:
            return await send(writer, "400 Bad Request", b'{"error": {"message": "response_format is not supported"}}')
        if self.options.no_system and question["messages"][0]["role"] == "system":
            self.asked["system"] += 1
            return await send(writer, "400 Bad Request", b'{"error": "System role not supported"}')
        if self.options.instead and self.answered.total() >= self.options.instead_after:
            self.asked["instead"] += 1
            return await send(writer, "200 OK", INSTEAD[self.options.instead](key_of(head)))
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            return await self.answer(head, question["messages"][-1]["content"], writer)
        finally:
            self.under_way -= 1

    async def answer(self, head, article, writer):
        name = mark(article, "id")
        fault = fault_at(mark(article, "faults"), self.asked[name])
        self.asked[name] += 1
        await asyncio.sleep(self.options.delay + (0.4 if fault == "slow" else 60 if fault == "hang" else 0))
        if fault in STATUSES:
            said = f"come later, {key_of(head)}".encode()
            return await send(writer, f"{fault} Fault", said, "Retry-After: 0.1\r\n" if fault == "429" else "")
        if fault == "drop":
            return False
        self.answered[name] += fault != "half"
        if fault == "garbage":
            return await send(writer, "200 OK", GARBAGE)
        text = {"echo": key_of(head), "big": "sport, " * 200_000}.get(fault) or mark(article, "answer")
        message = TOOLS if fault == "tools" else {"role": "assistant", "content": text}
        status = "201 Created" if fault == "201" else "200 OK"
        said = completion(message, "length" if fault == "cut" else "stop")
        return await send(writer, status, said, half=fault == "half")


def completion(message, finish):
    choice = {"index": 0, "message": message, "finish_reason": finish}
    usage = {"prompt_tokens": 300, "completion_tokens": 10}
    return json.dumps({"id": "1", "object": "chat.completion", "choices": [choice], "usage": usage}).encode()


def mark(article, name):
    found = re.search(f"#{name}=(.*?)#", article, re.DOTALL)
    return found[1] if found else ""


def fault_at(faults, attempt):
    listed = faults.split(",") if faults else []
    if listed and listed[-1].endswith("*"):
        return listed[min(attempt, len(listed) - 1)].rstrip("*")
    return listed[attempt] if attempt < len(listed) else ""


def key_of(head):
    found = re.search(r"authorization: (.*)\r", head, re.IGNORECASE)
    return found[1] if found else "no key"


async def send(writer, status, body, headers="", half=False):
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    writer.write(head.encode() + (body[: len(body) // 2] if half else body))
    await writer.drain()
    return not half


async def main():
    server = Server(ARGUMENTS.parse_args())
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    sys.stdout.write(f"{listening.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
