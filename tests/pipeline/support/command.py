"""Calling the command line in this process, as a shell would."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from pipeline.cli import main

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "data" / "sample"
CONFIG = ROOT / "rubrika.toml"


@dataclass(frozen=True)
class Result:
    """What a call printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object it printed."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Rubrika:
    """The command with its home and settings file."""

    home: Path
    config: Path = CONFIG

    def __call__(self, *arguments: str | Path, stdin: str = "") -> Result:
        """Run one command."""
        out, err = io.StringIO(), io.StringIO()
        argv = ["rubrika", "--home", self.home, "--config", self.config, "--quiet", *arguments]
        given = io.TextIOWrapper(io.BytesIO(stdin.encode()))
        patched = mock.patch.multiple(sys, argv=[str(part) for part in argv], stdin=given)
        with patched, redirect_stdout(out), redirect_stderr(err):
            try:
                main()
                code = 0
            except SystemExit as stop:
                code = int(stop.code or 0)
        return Result(code, out.getvalue(), err.getvalue())

    def json(self, *arguments: str | Path) -> Any:
        """Run one command that must succeed, with ``--json``."""
        result = self(*arguments, "--json")
        assert result.code == 0, result.err
        return result.json
