"""The shipped vocabulary: merging with the overlay, keeping the image, opening it again."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kg import resources
from kg.errors import BadVocabulary
from kg.lexicon import Lexicon, Sense, overlay, shelf
from kg.lexicon.image import Image
from kg.model import Name, Term


def term(identifier: str, *names: str, type_: str = "disease", parents: tuple[str, ...] = ()) -> Term:
    return Term(
        id=identifier,
        type=type_,
        label=names[0],
        names=(Name(text=names[0], scope="label"), *(Name(text=text, scope="exact") for text in names[1:])),
        parents=parents,
        xrefs=(f"UMLS:{identifier[-1]}",),
    )


def test_a_row_of_the_same_id_leads_and_keeps_the_compiled_names() -> None:
    """The overlay's label and type hold; names and cross-references of both are there."""
    base = term("X:1", "old name", "further name")
    (merged,) = shelf.merged([base], [term("X:1", "our name", type_="adverse_event")])
    assert (merged.label, merged.type) == ("our name", "adverse_event")
    assert [name.text for name in merged.names] == ["our name", "old name", "further name"]
    assert [name.scope for name in merged.names] == ["label", "exact", "exact"]


def test_a_name_of_the_overlay_is_no_other_terms() -> None:
    """What this field means by a name is not shared with a catalogue's term."""
    merged = {found.id: found for found in shelf.merged([term("X:2", "other", "SLE")], [term("X:1", "lupus", "SLE")])}
    assert [name.text for name in merged["X:2"].names] == ["other"]


def test_a_compiled_parent_that_contradicts_the_overlay_is_dropped() -> None:
    """The overlay puts X:1 under X:2, the ontology X:2 under X:1: no cycle is left, the overlay holds."""
    base = [term("X:1", "one"), term("X:2", "two", parents=("X:1",))]
    lexicon = Lexicon(shelf.merged(base, [term("X:1", "one", parents=("X:2",))]))
    assert lexicon.ancestors("X:1") == {"X:2"}
    assert lexicon.ancestors("X:2") == frozenset()


def test_a_sense_without_id_gets_the_term_that_is_called_so() -> None:
    """ "DM" may be myotonic dystrophy once the vocabulary has it; a sense that it lacks stays without ID."""
    rows = [
        Sense(acronym="DM", sense=sense, id="", context=(), source="x")
        for sense in ("myotonic dystrophy", "dimethyl x")
    ]
    known = shelf.known_senses(rows, [term("X:1", "myotonic dystrophy")])
    assert [sense.id for sense in known] == ["X:1", ""]


def test_packing_is_reversible_and_the_same_each_time(tmp_path: Path) -> None:
    """The compiled file gives back its terms; the same terms give the same bytes."""
    terms = (term("X:1", "one"), term("X:2", "two"))
    data = shelf.packed(terms)
    (tmp_path / "file").write_bytes(data)
    assert shelf.compiled(tmp_path / "file") == terms
    assert shelf.packed(terms) == data


def test_a_broken_compiled_file_is_named(tmp_path: Path) -> None:
    """Not a traceback of the decompressor."""
    (tmp_path / "terms.xz").write_bytes(b"not xz")
    with pytest.raises(BadVocabulary, match=r"terms\.xz: expected a file of `kg vocab build`"):
        shelf.compiled(tmp_path / "terms.xz")


def test_the_image_is_kept_where_the_user_keeps_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first opening writes one file, a second maps it; a file cut short is made anew."""
    folder = _ontologies(tmp_path)
    monkeypatch.setattr(resources, "folder", lambda name: folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first = Lexicon.from_image(shelf.shipped())
    (kept,) = shelf.cache_folder().iterdir()
    whole = kept.read_bytes()
    assert Lexicon.from_image(shelf.shipped()).digest == first.digest
    kept.write_bytes(whole[: len(whole) // 2])
    assert Lexicon.from_image(shelf.shipped()).digest == first.digest
    assert kept.read_bytes() == whole


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The vocabulary opens from memory."""
    folder = _ontologies(tmp_path)
    (tmp_path / "cache").write_text("a file where a folder should be")
    monkeypatch.setattr(resources, "folder", lambda name: folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert isinstance(shelf.shipped(), Image)
    assert Lexicon.from_image(shelf.shipped()).resolve("disease", "flu") == "X:1"


def _ontologies(tmp_path: Path) -> Path:
    folder = tmp_path / "ontologies"
    (folder / "compiled").mkdir(parents=True)
    (folder / "overlay").mkdir()
    (folder / shelf.COMPILED).write_bytes(shelf.packed([term("X:1", "flu", "influenza")]))
    header = "\t".join(overlay.COLUMNS)
    (folder / "overlay" / "disease.tsv").write_text(f"# category: biolink:Disease\n{header}\n")
    return folder


def test_spelling_the_vocabulary_out_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Who waits is told why; who opens the kept image does not wait."""
    folder = _ontologies(tmp_path)
    monkeypatch.setattr(resources, "folder", lambda name: folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with caplog.at_level(logging.INFO, logger="kg.lexicon"):
        shelf.shipped()
        assert [record.levelno for record in caplog.records] == [logging.INFO]
        shelf.shipped()
        assert len(caplog.records) == 1
