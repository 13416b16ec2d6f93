"""The compiled vocabulary and the overlay in, the opened image out; kept in the user's cache folder between starts.

What is shipped is small (terms only). Spelling the names out and building the automaton takes seconds, so the result
is written once, under the digest of everything it was made of, and mapped into memory from then on.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import lzma
import mmap
import os
import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Final

import daachorse
import msgspec

from kg import resources
from kg.errors import BadVocabulary
from kg.lexicon import image as images
from kg.lexicon import overlay, variants
from kg.lexicon.image import Image
from kg.lexicon.overlay import Overlay, Sense
from kg.lexicon.prepare import key
from kg.model import Name, Term

log = logging.getLogger(__name__)

COMPILED: Final = "compiled/terms.msgpack.xz"
# What decides how names are spelled out and laid out; a change of any makes another image.
_CODE = ("described.py", "entry.py", "image.py", "overlay.py", "prepare.py", "shelf.py", "variants.py")


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in an image beside terms and patterns."""

    digest: str
    senses: tuple[Sense, ...]
    categories: dict[str, str]


def shipped() -> Image:
    """The vocabulary of `ontologies/`: compiled terms with the overlay on top.

    Raises:
        BadVocabulary: a file of it is broken.
    """
    folder = resources.folder("ontologies")
    place = cache_folder() / f"lexicon-{_digest(folder)}.image"
    with contextlib.suppress(OSError, msgspec.DecodeError, ValueError, KeyError), place.open("rb") as stream:
        return Image(memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)))
    log.info("spelling the vocabulary out, which takes some ten seconds once")
    read = overlay.read(folder / "overlay")
    terms = merged(compiled(folder / COMPILED), read.terms)
    built = image(terms, msgspec.structs.replace(read, senses=known_senses(read.senses, terms)))
    keep(place, built)
    return Image(built)


def image(terms: Iterable[Term], read: Overlay) -> bytes:
    """The image of some terms with an overlay's senses, exclusions and categories."""
    terms = tuple(terms)
    parts = (
        sorted(terms, key=lambda term: term.id),
        sorted(read.senses, key=lambda sense: (sense.acronym, sense.sense, sense.id)),
        sorted((key(item.name), item.id) for item in read.exclusions),
        sorted(read.categories.items()),
    )
    digest = hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
    meta = msgspec.msgpack.encode(Kept(digest=digest, senses=read.senses, categories=dict(read.categories)))
    return images.build(_unique(terms), read.exclusions, meta=meta)


def kept(image: Image) -> Kept:
    """What `image` put beside the terms."""
    return msgspec.msgpack.decode(image.meta, type=Kept)


def compiled(path: Path) -> tuple[Term, ...]:
    """The terms of the compiled file; none where there is no such file.

    Raises:
        BadVocabulary: it is not what `kg vocab build` writes.
    """
    if not path.is_file():
        return ()
    try:
        return msgspec.msgpack.decode(lzma.decompress(path.read_bytes()), type=tuple[Term, ...])
    except (lzma.LZMAError, msgspec.DecodeError) as error:
        raise BadVocabulary(f"{path.name}: expected a file of `kg vocab build`, got: {error}") from error


def packed(terms: Sequence[Term]) -> bytes:
    """The compiled file of these terms; the same terms, the same bytes."""
    return lzma.compress(msgspec.msgpack.encode(tuple(terms)), format=lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)


def merged(base: Iterable[Term], rows: Iterable[Term]) -> tuple[Term, ...]:
    """Compiled terms with the overlay's rows on top.

    A row of the same ID leads and keeps the compiled names and cross-references behind its own. A name that the
    overlay gives to one term is no other's any more: it knows what this field means by it.
    """
    top = {row.id: row for row in rows}
    owners: dict[str, set[str]] = {}
    for row in top.values():
        for name in row.names:
            if name.scope in images.GROUNDING:
                # "haematological malignancies" is the overlay's, where it has "haematological malignancy".
                full = name.scope != "abbreviation" and " " in name.text
                for form in {key(name.text), *(variants.spellings(name.text) if full else ())}:
                    owners.setdefault(form, set()).add(row.id)
    found: dict[str, Term] = {}
    for term in base:
        names = tuple(
            name
            for name in term.names
            if name.scope not in images.GROUNDING or term.id in owners.get(key(name.text), {term.id})
        )
        own = top.get(term.id)
        if own is not None:
            found[term.id] = msgspec.structs.replace(
                own,
                names=_named((*own.names, *_lesser(names))),
                parents=own.parents or term.parents,
                xrefs=tuple(dict.fromkeys((*own.xrefs, *term.xrefs))),
                source="; ".join(dict.fromkeys((own.source, term.source))),
            )
        else:
            found[term.id] = msgspec.structs.replace(term, names=names)
    found.update((curie, row) for curie, row in top.items() if curie not in found)
    return _acyclic(found, {curie for curie, row in top.items() if row.parents})


def _acyclic(terms: dict[str, Term], leading: Collection[str]) -> tuple[Term, ...]:
    """The terms without the compiled parents that contradict the overlay's: a row's ancestor is not below the row."""
    for curie in sorted(leading):
        above: set[str] = set()
        stack = [parent for parent in terms[curie].parents if parent in terms]
        while stack:
            parent = stack.pop()
            if parent not in above:
                above.add(parent)
                stack.extend(further for further in terms[parent].parents if further in terms)
        for parent in sorted(above.difference(leading)):
            if curie in terms[parent].parents:
                kept = tuple(other for other in terms[parent].parents if other != curie)
                terms[parent] = msgspec.structs.replace(terms[parent], parents=kept)
    # What lies above the branches that are taken ("human disease") is no term.
    return tuple(
        term
        if all(parent in terms for parent in term.parents)
        else msgspec.structs.replace(term, parents=tuple(parent for parent in term.parents if parent in terms))
        for term in terms.values()
    )


def known_senses(senses: Iterable[Sense], terms: Iterable[Term]) -> tuple[Sense, ...]:
    """The senses, those without an ID given the term that is called so: "myotonic dystrophy" for DM."""
    labels: dict[str, str] = {}
    for term in terms:
        for name in term.names:
            if name.scope in ("label", "exact") and " " in name.text:
                labels.setdefault(key(name.text), term.id)
    return tuple(
        sense if sense.id else msgspec.structs.replace(sense, id=labels.get(key(sense.sense), "")) for sense in senses
    )


def cache_folder() -> Path:
    """Where images are kept: `cartkg` under `XDG_CACHE_HOME`, else under `~/.cache`."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path("~").expanduser() / ".cache") / "cartkg"


def _digest(folder: Path) -> str:
    digest = hashlib.sha256(f"{daachorse.__name__} {msgspec.__version__}".encode())
    here = Path(__file__).resolve().parent
    files = [folder / COMPILED, *sorted((folder / "overlay").glob("*.tsv")), *(here / name for name in _CODE)]
    for path in (*files, here.parent / "model.py"):
        digest.update(path.name.encode() + b"\0")
        if path.is_file():
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:32]


def keep(place: Path, built: bytes) -> None:
    """Written beside and moved, so that no reader sees half of it; a folder that cannot be written costs only time.

    What an older version kept under the same beginning of the name goes after a month.
    """
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=place.stem)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(built)
            Path(name).replace(place)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        for old in place.parent.glob(f"{place.stem.rpartition('-')[0]}-*{place.suffix}"):
            if old != place and old.stat().st_mtime + _STALE < place.stat().st_mtime:
                old.unlink(missing_ok=True)


_STALE = 30 * 86_400  # seconds after which an image of an older version goes


def _unique(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple({term.id: term for term in terms}.values())


def _lesser(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(Name(text=name.text, scope="exact") if name.scope == "label" else name for name in names)


def _named(names: Iterable[Name]) -> tuple[Name, ...]:
    found: dict[tuple[str, bool], Name] = {}
    for name in names:
        found.setdefault((name.text, name.scope in images.GROUNDING), name)
    return tuple(found.values())
