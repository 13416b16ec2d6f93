"""Dockerfile and compose.yaml, read as what they are: nobody is root, nothing is writable, names are true."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import msgspec
import pytest
import yaml
from dockerfile_parse import DockerfileParser

from kg.cli import serve
from kg.config import Config
from tests.web.conftest import publish, serving

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).resolve().parent.parent


class Instruction(msgspec.Struct, frozen=True):
    """One instruction of the Dockerfile."""

    instruction: str
    value: str


class Mount(msgspec.Struct, frozen=True, kw_only=True):
    """One mounted folder."""

    type: str
    source: str
    target: str
    read_only: bool
    bind: dict[str, bool]


class Service(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One service of compose.yaml (Compose Specification, "services"); a misspelt key is an error."""

    build: str
    image: str
    init: bool
    read_only: bool
    user: str
    cap_drop: list[str]
    security_opt: list[str]
    tmpfs: list[str]
    volumes: list[Mount]
    ports: list[str]
    environment: dict[str, str]
    mem_limit: str
    cpus: float
    pids_limit: int
    stop_grace_period: str
    restart: str
    logging: dict[str, object]


def _instructions() -> list[Instruction]:
    with (ROOT / "Dockerfile").open("rb") as file:
        found = DockerfileParser(fileobj=file).structure
    parts = [msgspec.convert(one, Instruction) for one in found if one["instruction"] != "COMMENT"]
    assert parts[0].instruction == "FROM"
    return parts


def _last_stage() -> dict[str, str]:
    parts = _instructions()
    start = max(number for number, one in enumerate(parts) if one.instruction == "FROM")
    return {one.instruction: one.value for one in parts[start:]}


def _service() -> Service:
    found = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return msgspec.convert(found["services"]["kg"], Service)


def _health_program() -> str:
    program = json.loads(_last_stage()["HEALTHCHECK"].partition("CMD ")[2])
    assert program[:2] == ["python", "-c"]
    return str(program[2])


@pytest.mark.parametrize(
    "command",
    [("hadolint", "Dockerfile"), ("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml")],
    ids=("hadolint", "compose-spec"),
)
def test_the_linters_find_nothing(command: tuple[str, ...]) -> None:
    """hadolint knows good Dockerfiles, and the Compose Specification has a schema that needs no engine."""
    program = shutil.which(command[0], path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if program is None:
        pytest.skip(f"no {command[0]} here: the extra `dev` brings it")
    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_program_runs_as_nobody_in_particular() -> None:
    """The last user of the last stage is a number other than 0, and compose.yaml says the same one."""
    user = _last_stage()["USER"]
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    assert _service().user == user


def test_the_image_carries_no_compiler() -> None:
    """What it is built with stays behind: the last stage starts from a slim image of its own."""
    stages = [one.value for one in _instructions() if one.instruction == "FROM"]
    assert len(stages) == 2
    assert "-slim" in stages[-1]
    version = re.match(r"python:(\d+\.\d+)-", stages[-1])
    assert version
    assert version[1] in stages[0]
    required = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert required == f">={version[1]}"


def test_what_is_copied_is_there_and_not_ignored() -> None:
    """Every source of a COPY from the build context stands in the checkout, and .dockerignore lets it in."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    admitted = [line.removeprefix("!") for line in lines if line.startswith("!")]
    copied = [
        source
        for one in _instructions()
        if one.instruction == "COPY" and "--from" not in one.value
        for source in one.value.split()[:-1]
    ]
    assert {"kg", "ontologies", "queries", "examples", "constraints.txt"} <= set(copied)
    assert [source for source in copied if not (ROOT / source).exists()] == []
    assert [source for source in copied if not any(fnmatch(source, one) for one in admitted)] == []
    assert "*" in lines


def test_the_vocabulary_is_spelled_out_when_the_image_is_built() -> None:
    """What the first stage keeps in its cache folder is copied, readable, to where the last stage looks for it."""
    folders = [re.search(r"XDG_CACHE_HOME=(\S+)", one.value) for one in _instructions() if one.instruction == "ENV"]
    (folder,) = {found[1] for found in folders if found}
    built = " ".join(one.value for one in _instructions() if one.instruction == "RUN")
    assert "shipped('full')" in built
    assert f"chmod -R a+rX {folder}" in built
    copied = [one.value.split()[1:] for one in _instructions() if one.instruction == "COPY" and "--from" in one.value]
    assert [source == target and folder.startswith(f"{source}/") for source, target in copied] == [True]


def test_what_it_starts_is_a_command_that_we_have() -> None:
    """`kg serve` understands the default arguments, and the port is the one that is exposed, published and asked."""
    last = _last_stage()
    assert json.loads(last["ENTRYPOINT"]) == ["kg"]
    name, *arguments = json.loads(last["CMD"])
    assert name == "serve"
    values = serve.command.make_context("serve", arguments).params
    assert (str(values["folder"]), values["host"]) == ("/graph", "0.0.0.0")
    port = values["port"]
    assert last["EXPOSE"] == str(port)
    assert f"127.0.0.1:{port}/health" in _health_program()
    service = _service()
    assert service.ports == [f"127.0.0.1:{port}:{port}"]
    assert [mount.target for mount in service.volumes] == ["/graph"]


def test_the_health_check_tells_a_server_from_none(tmp_path: Path) -> None:
    """The very program of HEALTHCHECK ends with 0 where a server answers, and with 1 where none does."""
    publish(tmp_path / "graph")
    program = _health_program()
    with serving(tmp_path / "graph") as served:
        for address, ended in ((str(served.client.base_url), 0), ("http://127.0.0.1:1", 1)):
            asked = program.replace("http://127.0.0.1:8080", address.rstrip("/"))
            assert asked != program
            done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)
            assert done.returncode == ended


def test_nothing_but_tmp_can_be_written() -> None:
    """Root file system and graph are read-only; /tmp is memory, bounded, and runs no program."""
    service = _service()
    assert service.read_only
    assert all(mount.read_only and not mount.bind["create_host_path"] for mount in service.volumes)
    (place,) = service.tmpfs
    folder, _, options = place.partition(":")
    assert folder == "/tmp"
    assert {"noexec", "nosuid", "nodev"} <= set(options.split(","))
    assert re.search(r"size=\d+m", options)


def test_no_privilege_is_kept() -> None:
    """Every capability is dropped, and none comes back through a setuid program."""
    service = _service()
    assert service.cap_drop == ["ALL"]
    assert service.security_opt == ["no-new-privileges:true"]


def test_the_memory_is_enough_for_the_workers_that_it_allows() -> None:
    """The limit holds every query worker at its own limit, /tmp, and a gibibyte for the server."""
    service = _service()
    settings = {name.removeprefix("KG_").lower(): value for name, value in service.environment.items()}
    assert settings.keys() <= set(Config.__struct_fields__)
    config = msgspec.convert(settings, Config, strict=False)
    limit = int(service.mem_limit.removesuffix("g")) * 1024
    tmp = re.search(r"size=(\d+)m", service.tmpfs[0])
    assert tmp
    assert limit >= config.query_workers * config.query_memory + int(tmp[1]) + 1024
    assert 0 < service.pids_limit <= 1024
