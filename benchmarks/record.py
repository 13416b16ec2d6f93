"""A benchmark's script and arguments in; what it prints out, and kept with date and machine in `printed/`.

    python benchmarks/record.py hierarchy.py --large

`docs/generate.py` makes `docs/benchmarks.md` of what is kept there, so that no figure of that page was typed.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    """Runs the script and keeps its output if it went well; its exit code."""
    script, *options = arguments
    done = subprocess.run(
        [sys.executable, str(HERE / script), *options], cwd=HERE.parent, stdout=subprocess.PIPE, text=True
    )
    sys.stdout.write(done.stdout)
    if done.returncode == 0:
        command = " ".join(["python", f"benchmarks/{script}", *options])
        head = (f"command: {command}", f"date: {datetime.now(UTC):%Y-%m-%d}", f"machine: {machine()}", "")
        kept = HERE / "printed" / f"{Path(script).stem}.txt"
        kept.write_text("\n".join((*head, done.stdout.strip())) + "\n", "utf-8")
    return done.returncode


def machine() -> str:
    """System, processor, cores and Python; no name of a machine or a person."""
    cores = len(os.sched_getaffinity(0))
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
