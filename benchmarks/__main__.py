"""All measurements that need no data but the bundled sample and what they make themselves: `make bench`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLE = Path("data/sample")


def run(*command: str) -> None:
    """Show a command, then run it."""
    print(f"\n$ {' '.join(command)}", flush=True)
    subprocess.run([sys.executable, *command[1:]] if command[0] == "python" else command, check=True)


def main() -> None:
    """Measure ingest, annotation, and quality against labels on the sample."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["RUBRIKA_HOME"] = home
        # The command beside this interpreter, which is the version to measure; another may be on the path.
        rubrika = str(Path(sys.executable).with_name("rubrika"))
        run(rubrika, "--quiet", "ingest", str(SAMPLE / "crawl.tsv"))
        run(rubrika, "--quiet", "embed")
        run(rubrika, "--quiet", "labels", "import", str(SAMPLE / "labels.csv"))
        run("python", "-m", "benchmarks.budgets", "--home", home, "--budgets", "100,0", "--seeds", "3")
        run("python", "-m", "benchmarks.ingest_memory", "--gigabytes", "0.5")
        run("python", "-m", "benchmarks.annotate")
        run("python", "-m", "benchmarks.reading")


if __name__ == "__main__":
    main()
