"""`kg.toml`, environment and defaults, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import Config, load
from kg.errors import UsageError


def test_without_file_and_environment_the_defaults_hold(tmp_path: Path) -> None:
    """A folder without `kg.toml` gives the defaults."""
    assert load(tmp_path, environment={}) == Config()


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    """`KG_WORKERS` beats `workers` in the file; what neither names keeps its default."""
    (tmp_path / "kg.toml").write_text("workers = 2\nquery_rows = 10\n", "utf-8")
    found = load(tmp_path, environment={"KG_WORKERS": "3"})
    assert (found.workers, found.query_rows, found.keep_releases) == (3, 10, Config().keep_releases)


def test_every_setting_can_stand_in_the_environment(tmp_path: Path) -> None:
    """Each field has a variable `KG_` and its name in capitals."""
    for field in Config.__struct_fields__:
        value, expected = {"vocabulary": ("full", "full"), "recogniser": ("7", "7"), "retractions": ("7", "7")}.get(
            field, ("7", 7)
        )
        found = load(tmp_path, environment={f"KG_{field.upper()}": value})
        assert getattr(found, field) == expected


def test_unknown_key_lists_the_known_ones(tmp_path: Path) -> None:
    """A misspelt key is refused, with the file's name and the keys that exist."""
    (tmp_path / "kg.toml").write_text("worker = 2\n", "utf-8")
    with pytest.raises(UsageError) as caught:
        load(tmp_path, environment={})
    assert f"{tmp_path / 'kg.toml'}: unknown key 'worker'" in str(caught.value)
    assert all(field in str(caught.value) for field in Config.__struct_fields__)


@pytest.mark.parametrize("content", [b"workers = ", b"workers = 1\nworkers = 2\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    """Broken TOML and bytes that are no UTF-8 are usage errors that name the file."""
    (tmp_path / "kg.toml").write_bytes(content)
    with pytest.raises(UsageError, match=r"kg\.toml: expected TOML"):
        load(tmp_path, environment={})


@pytest.mark.parametrize("value", ["many", "1.5", ""])
def test_a_value_of_the_wrong_kind_is_refused(tmp_path: Path, value: str) -> None:
    """A whole number is asked for; words, fractions and nothing are none."""
    with pytest.raises(UsageError, match="configuration: "):
        load(tmp_path, environment={"KG_WORKERS": value})


def test_a_configuration_cannot_be_changed() -> None:
    """Config is frozen: a run has one configuration from start to end."""
    with pytest.raises(AttributeError):
        Config().workers = 2  # type: ignore[misc]
