"""How close ``rubrika annotate`` is to the time that the model's server alone would take, and in how much memory.

python -m benchmarks.annotate
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.pipeline.support.annotating import article, desk, model_server

ARTICLES = 2000
DELAY = 0.05
CONCURRENCY = 32
# What the server alone takes: it answers any number of calls at once, each after DELAY seconds.
IDEAL = ARTICLES * DELAY / CONCURRENCY
WORDS = "правительство рынок музей спутник матч регион закон цена книга робот тренер "
RUBRIKA = Path(sys.executable).with_name("rubrika")


def main() -> None:
    """Annotate 2,000 articles against a server that answers in 50 ms, in a process of its own; print the figures."""
    with tempfile.TemporaryDirectory() as folder, model_server("--delay", str(DELAY)) as server:
        desk(Path(folder), [article(str(n), text=WORDS * 25) for n in range(ARTICLES)])
        annotator = {"BASE_URL": server.base_url, "CONCURRENCY": str(CONCURRENCY), "MODEL": "stand-in"}
        environment = os.environ | {f"RUBRIKA_ANNOTATOR__{name}": value for name, value in annotator.items()}
        started = time.perf_counter()
        command = [str(RUBRIKA), "--home", folder, "--quiet", "annotate", "--json"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        result = json.loads(process.communicate()[0])
        elapsed = time.perf_counter() - started
        print(f"{result['labelled']} of {result['asked']} articles labelled; ideal {IDEAL:.2f} s")
        print(f"asking and storing  {result['seconds']:.2f} s, {result['seconds'] / IDEAL:.2f} times the ideal")
        print(f"the whole command   {elapsed:.2f} s, {elapsed / IDEAL:.2f} times the ideal")
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"processor time      {used.ru_utime + used.ru_stime:.2f} s; load average {os.getloadavg()[0]:.1f}")
        print(f"peak memory         {used.ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
