"""A real Neo4j: the community server and its `neo4j-admin`, from the artifacts that Neo4j publishes for Maven.

They are test tools, under the GPL, and no part of this project: Maven fetches them once into its own cache. Where Java
or Maven is missing, or cannot resolve them, `Neo4j.resolve` skips the test and says why.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

# The long-term support line; it runs on Java 17 and 21 (Neo4j Operations Manual 5, System requirements).
VERSION = "5.26.30"
_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>server</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version>
</dependency></dependencies></project>
"""
_SETTINGS = """server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=64m
db.tx_log.preallocate=false
"""
# As `neo4j` and `neo4j-admin` start Java.
_OPENS = tuple(
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
)
_START_SECONDS = 120
# Of the server that a test starts for itself.
USER, PASSWORD = "neo4j", "only-for-this-test"


class Neo4j:
    """An installation in a folder of its own, with one database, `neo4j`."""

    def __init__(self, home: Path, classpath: str) -> None:
        self.home = home
        self._classpath = classpath
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        for name in ("conf", "data", "logs", "import"):
            (home / name).mkdir(parents=True, exist_ok=True)
        (home / "conf" / "neo4j.conf").write_text(_SETTINGS.format(port=self.port), "utf-8")

    @classmethod
    def resolve(cls, home: Path) -> Neo4j:
        """An installation in `home`, its password set; skips the test where it cannot be had."""
        made = cls(home, _classpath(home))
        made.run_admin("dbms", "set-initial-password", PASSWORD)
        return made

    @property
    def address(self) -> str:
        """Where it listens, once it runs."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What its programs want to know."""
        return {**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}

    def admin(self) -> Path:
        """A program `neo4j-admin`: the class that the distribution's script of this name starts."""
        path = self.home / "neo4j-admin"
        command = " ".join(["exec java -Xmx512m", *_OPENS, "-cp", f"'{self._classpath}'", "org.neo4j.cli.AdminTool"])
        path.write_text(f'#!/bin/sh\n{command} "$@"\n', "utf-8")
        path.chmod(0o755)
        return path

    def run_admin(self, *arguments: str) -> str:
        """Runs `neo4j-admin`; what it printed."""
        ran = subprocess.run(
            [self.admin(), *arguments], env=self.environment, capture_output=True, text=True, check=False, cwd=self.home
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    @contextmanager
    def running(self) -> Iterator[None]:
        """The server, listening at `address` of this machine alone; ended afterwards."""
        command = ["java", "-Xmx768m", *_OPENS, "-cp", self._classpath, "org.neo4j.server.CommunityEntryPoint"]
        log = self.home / "logs" / "console.log"
        with log.open("wb") as out:
            server = subprocess.Popen(
                [*command, f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"],
                stdout=out,
                stderr=subprocess.STDOUT,
                env=self.environment,
            )
        try:
            self._await(server, log)
            yield
        finally:
            server.kill()  # what it holds is thrown away; stopping in order takes it ten seconds
            server.wait()

    def _await(self, server: subprocess.Popen[bytes], log: Path) -> None:
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and server.poll() is None:
            with socket.socket() as asking:
                asking.settimeout(1)
                if asking.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.2)
        logs = [path for path in (log, self.home / "logs" / "neo4j.log") if path.exists()]
        told = [path.read_text("utf-8", "replace")[-2000:] for path in logs]
        pytest.fail(f"Neo4j {VERSION} did not start: {' '.join(told)}")


def _classpath(folder: Path) -> str:
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            pytest.skip(f"no {program} here: Neo4j's published artifacts need Java 17 or newer and Maven")
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if found is None or int(found[1]) < 17:
        pytest.skip(f"Neo4j {VERSION} needs Java 17 or newer, got {said.splitlines()[:1]}")
    folder.mkdir(parents=True, exist_ok=True)
    pom, out = folder / "pom.xml", folder / "classpath.txt"
    pom.write_text(_POM.format(version=escape(VERSION)), "utf-8")
    ran = None
    for network in (["--offline"], []):
        ran = subprocess.run(
            ["mvn", "-B", "-q", *network, "-f", pom, f"{_PLUGIN}:build-classpath", f"-Dmdep.outputFile={out}"],
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        if ran.returncode == 0 and out.is_file():
            return out.read_text("utf-8").strip()
    assert ran is not None
    pytest.skip(f"Maven could not resolve org.neo4j:neo4j:{VERSION}: {(ran.stdout or ran.stderr).strip()[:300]}")
