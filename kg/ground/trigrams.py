"""A name in, the most similar of many names out, by the letter trigrams they share.

Exact TF-IDF cosine over the trigrams of prepared names, words padded with blanks, as scispaCy's candidate generator
weighs them (Neumann et al. 2019, doi:10.18653/v1/W19-5034), with an index of our own in two numpy arrays: scispaCy's is
approximate, and building it fails on scipy from 1.11 on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from kg.ground.packed import Packed
from kg.lexicon.prepare import key

_LETTERS = 64  # codes of a character: blank, 26 letters, 10 digits, the rest of the world shares 27
_CODES = _LETTERS**3
_CHUNK = 20_000  # names whose trigrams are counted at a time, so that building needs little beyond the index


class Near(msgspec.Struct, frozen=True):
    """One of the names. score: cosine in [0, 1]."""

    name: str
    score: float


class Index:
    """Names ready to be searched. Immutable."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        rows, codes, counts = _counted(self._names)
        frequency = np.bincount(codes, minlength=_CODES)
        size = len(self._names)
        self._idf = (np.log((1 + size) / (1 + frequency)) + 1).astype(np.float32)
        weights = counts * self._idf[codes]
        norms = np.sqrt(np.bincount(rows, weights=weights.astype(np.float64) ** 2, minlength=size))
        order = np.argsort(codes, kind="stable")
        self._rows = rows[order]
        self._weights = (weights / np.maximum(norms[rows], 1e-9).astype(np.float32))[order]
        self._starts = np.concatenate(([0], np.cumsum(frequency)))

    def packed(self) -> Packed:
        """The index as it is kept between starts."""
        return Packed(
            names=self._names,
            idf=self._idf.tobytes(),
            rows=self._rows.tobytes(),
            weights=self._weights.tobytes(),
            starts=self._starts.astype(np.int64).tobytes(),
        )

    @classmethod
    def from_packed(cls, kept: Packed) -> Index:
        """The index that was kept."""
        made = cls.__new__(cls)
        made._names = list(kept.names)
        made._idf = np.frombuffer(kept.idf, np.float32)
        made._rows = np.frombuffer(kept.rows, np.int32)
        made._weights = np.frombuffer(kept.weights, np.float32)
        made._starts = np.frombuffer(kept.starts, np.int64)
        return made

    def __len__(self) -> int:
        return len(self._names)

    def search(self, text: str, *, limit: int = 10) -> tuple[Near, ...]:
        """The most similar names, the best first, ties in order of the name; none that shares no trigram.

        >>> index = Index(["systemic sclerosis", "tuberous sclerosis"])
        >>> [(near.name, round(near.score, 2)) for near in index.search("systemic scleroses")]
        [('systemic sclerosis', 0.74), ('tuberous sclerosis', 0.23)]
        """
        _, codes, counts = _counted([text])
        if not len(codes) or not self._names:
            return ()
        query = counts * self._idf[codes]
        query /= np.sqrt((query**2).sum())
        parts = [slice(self._starts[code], self._starts[code + 1]) for code in codes]
        rows = np.concatenate([self._rows[part] for part in parts])
        weights = np.concatenate([self._weights[part] * weight for part, weight in zip(parts, query, strict=True)])
        scores = np.bincount(rows, weights=weights, minlength=len(self._names))
        best = np.argpartition(-scores, limit)[:limit] if len(scores) > limit else np.arange(len(scores))
        return tuple(
            Near(self._names[row], min(1.0, float(scores[row])))
            for row in sorted(best, key=lambda row: (-scores[row], row))
            if scores[row] > 0
        )


def _counted(
    names: Sequence[str],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """For each trigram of each name: the name's row, the trigram's code, how often; sorted by row and code."""
    rows, codes, counts = [], [], []
    for begin in range(0, len(names), _CHUNK):
        part = [f" {key(name)} " for name in names[begin : begin + _CHUNK]]
        letters = _letters("".join(part))
        owner = np.repeat(np.arange(len(part)), [len(name) for name in part])
        middle = letters[1:-1] != 0  # a trigram does not reach across words, nor across names
        grams = (letters[:-2].astype(np.int64) * _LETTERS + letters[1:-1]) * _LETTERS + letters[2:]
        found, times = np.unique(owner[1:-1][middle] * _CODES + grams[middle], return_counts=True)
        rows.append((found // _CODES + begin).astype(np.int32))
        codes.append((found % _CODES).astype(np.int32))
        counts.append(times.astype(np.float32))
    if not rows:
        return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32)
    return np.concatenate(rows), np.concatenate(codes), np.concatenate(counts)


def _letters(text: str) -> npt.NDArray[np.uint8]:
    points = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    plain = np.where(points < 128, points, 0).astype(np.uint8)
    return np.where(points < 128, _ASCII[plain], 37 + points % 27).astype(np.uint8)


_ASCII = np.zeros(128, np.uint8)  # prepared text has blanks for all other signs
_ASCII[ord("a") : ord("z") + 1] = np.arange(1, 27)
_ASCII[ord("0") : ord("9") + 1] = np.arange(27, 37)
