"""The notebooks in, copies with their outputs out: `python notebooks/run.py FOLDER`; only loopback is reached."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HERE = Path(__file__).resolve().parent
_SECONDS = 300
# Said to each kernel before its first cell: a notebook needs no network, and one that asks for it fails.
_GUARD = """
import sys
def _local_only(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in ("127.0.0.1", "::1"):
        raise RuntimeError(f"the network is off: {arguments[1]}")
    if event == "socket.getaddrinfo" and arguments[0] not in (None, "localhost", "127.0.0.1", "::1"):
        raise RuntimeError(f"the network is off: {arguments[0]}")
sys.addaudithook(_local_only)
"""


def run(path: Path, folder: Path) -> float:
    """Runs one notebook beside its neighbours and writes the copy into the folder; gives the seconds it took.

    Raises:
        CellExecutionError: a cell failed; the copy, with the error in it, is written all the same.
    """
    started = time.monotonic()
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        # Widgets' state would be most of the file; without it the page keeps the text that stands for them.
        store_widget_state=False,
        extra_arguments=["--IPKernelApp.log_level=ERROR", f"--IPKernelApp.exec_lines={_GUARD}"],
    )
    try:
        client.execute()
    finally:
        nbformat.write(notebook, folder / path.name)
    return time.monotonic() - started


def main(arguments: list[str]) -> int:
    """Runs all notebooks, two at a time; 1 where one failed."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        runs = {path: pool.submit(run, path, folder) for path in sorted(HERE.glob("*.ipynb"))}
        for path, done in runs.items():
            try:
                print(f"{path.name}: {done.result():.1f} s", flush=True)
            except CellExecutionError as error:
                failed = 1
                print(f"{path.name}: failed\n{error}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
