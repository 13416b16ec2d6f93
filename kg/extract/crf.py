"""A sentence's tokens in, the spans of names in it out, by a linear-chain conditional random field.

The model is a table of whole numbers, trained by `training/train_recogniser.py` with CRFsuite; nothing of CRFsuite is
needed to use it, and whole numbers add up the same on every machine. What a word adds is summed once and kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from kg.errors import BadVocabulary
from kg.extract import features
from kg.extract.features import AROUND, BORDER, Sentence

# Outside of a name; its beginning, inside and end; a name of one token.
LABELS: Final = ("O", "B", "I", "E", "S")
_SIZE = len(LABELS)
_ROWS = 4096  # words remembered at first; the table doubles when they are more
_MOST = 400_000  # words and pairs of words, above which what is remembered is begun anew
_NEVER = -(2**40)

_Weights = tuple[int, int, int, int, int]
_Pair = tuple[_Weights, _Weights]
_NOTHING: Final[_Weights] = (0, 0, 0, 0, 0)
_UNSEEN: Final[_Pair] = (_NOTHING, _NOTHING)  # told apart by identity


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """transitions: from label to label, row by row. weights: attribute -> what it adds to each label.

    words: a word of the vocabulary's names -> five signs that code in how many names of conditions it stands, in how
    many as the last word, in how many names of genes, and what share of its names these are.
    """

    transitions: tuple[int, ...]
    weights: dict[str, _Weights]
    words: dict[str, str]

    def packed(self) -> bytes:
        """The model's file; the same model, the same bytes."""
        ordered = msgspec.structs.replace(
            self, weights=dict(sorted(self.weights.items())), words=dict(sorted(self.words.items()))
        )
        return zlib.compress(msgspec.msgpack.encode(ordered), 9)

    @classmethod
    def from_path(cls, path: Path) -> Model:
        """The model of a file.

        Raises:
            BadVocabulary: it is not what the training writes.
        """
        try:
            return msgspec.msgpack.decode(zlib.decompress(path.read_bytes()), type=cls)
        except (zlib.error, msgspec.DecodeError) as error:
            raise BadVocabulary(f"{path.name}: expected a model of train_recogniser.py, got: {error}") from error


class Tagger:
    """A model ready to be asked. Not for several threads at a time: it remembers the words it has seen."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._transitions = tuple(tuple(model.transitions[row * _SIZE : (row + 1) * _SIZE]) for row in range(_SIZE))
        self._rows: dict[tuple[str, str], int] = {}
        self._hits: dict[tuple[str, str, str], int] = {}
        self._pairs: dict[tuple[str, str], _Pair | None] = {}
        self._table = _empty(1 + len(AROUND), _SIZE)
        self._around = _empty(_SIZE)

    def spans(self, sentence: Sentence) -> tuple[tuple[int, int], ...]:
        """The names of a sentence as first token and the token behind the last, in order."""
        if not sentence.words:
            return ()
        return tuple(_spans(self._best(self._scores(sentence))))

    def _scores(self, sentence: Sentence) -> list[list[int]]:
        words, listed, size = sentence.words, sentence.listed, len(sentence.words)
        if len(self._rows) + len(self._pairs) > _MOST:
            self._rows, self._table, self._pairs = {}, _empty(1 + len(AROUND), _SIZE), {}
        inner = [self._row(word, hit) for word, hit in zip(words, listed, strict=True)]
        border = self._row(BORDER, BORDER)
        rows = np.array([border, border, *inner, border, border])
        bordered = (BORDER, *listed, BORDER)
        hits = [self._hit(around) for around in zip(bordered, listed, bordered[2:], strict=False)]
        table = self._table
        scores = table[rows[2 : size + 2], 0] + self._around[hits]
        for number, place in enumerate(AROUND, start=1):
            scores += table[rows[2 + place : size + 2 + place], number]
        found: list[list[int]] = scores.tolist()
        pairs = self._pairs
        for here in range(1, size):
            pair = (words[here - 1], words[here])
            told = pairs.get(pair, _UNSEEN)
            if told is _UNSEEN:
                told = pairs[pair] = self._pair(*pair)
            if told is not None:
                _add(found[here - 1], told[0])
                _add(found[here], told[1])
        for here, names in enumerate(sentence.short):
            for place in (-1, 0, 1) if names else ():
                if 0 <= here - place < size:
                    _add(found[here - place], self._sum(f"{place}{name}" for name in names))
        return found

    def _best(self, scores: Sequence[Sequence[int]]) -> list[int]:
        """The labels of the highest sum, the earlier label of two as good; only those that may follow each other."""
        oo, ob, _, _, os = self._transitions[0]
        _, _, bi, be, _ = self._transitions[1]
        _, _, ii, ie, _ = self._transitions[2]
        eo, eb, _, _, es = self._transitions[3]
        so, sb, _, _, ss = self._transitions[4]
        o, b, s = scores[0][0], scores[0][1], scores[0][4]
        i = e = _NEVER
        back: list[tuple[int, int, int, int, int]] = []
        for add_o, add_b, add_i, add_e, add_s in scores[1:]:
            to_o, from_o = o + oo, 0
            if e + eo > to_o:
                to_o, from_o = e + eo, 3
            if s + so > to_o:
                to_o, from_o = s + so, 4
            to_b, from_b = o + ob, 0
            if e + eb > to_b:
                to_b, from_b = e + eb, 3
            if s + sb > to_b:
                to_b, from_b = s + sb, 4
            to_s, from_s = o + os, 0
            if e + es > to_s:
                to_s, from_s = e + es, 3
            if s + ss > to_s:
                to_s, from_s = s + ss, 4
            to_i, from_i = (b + bi, 1) if b + bi >= i + ii else (i + ii, 2)
            to_e, from_e = (b + be, 1) if b + be >= i + ie else (i + ie, 2)
            o, b, i, e, s = to_o + add_o, to_b + add_b, to_i + add_i, to_e + add_e, to_s + add_s
            back.append((from_o, from_b, from_i, from_e, from_s))
        label = 0
        if e > o:
            label = 3
        if s > max(o, e):
            label = 4
        labels = [label]
        for came in reversed(back):
            label = came[label]
            labels.append(label)
        labels.reverse()
        return labels

    def _row(self, word: str, hit: str) -> int:
        """Where the sums of a word stand that lies in a hit so: for itself, and for those on either side."""
        row = self._rows.get((word, hit[:3]))
        if row is None:
            row = self._rows[word, hit[:3]] = len(self._rows)
            self._table = _grown(self._table, row)
            known = self._model.words
            if word != BORDER:
                own = (*features.of_word(word, known), features.of_word_in_hit(word, hit))
                self._table[row, 0] = self._sum(own)
            told = features.of_neighbour(word, known)
            for number, place in enumerate(AROUND, start=1):
                self._table[row, number] = self._sum(f"{place}:{name}" for name in told)
        return row

    def _hit(self, around: tuple[str, str, str]) -> int:
        row = self._hits.get(around)
        if row is None:
            row = self._hits[around] = len(self._hits)
            self._around = _grown(self._around, row)
            self._around[row] = self._sum(features.of_hits(*around))
        return row

    def _pair(self, first: str, second: str) -> _Pair | None:
        weights, pair = self._model.weights, features.of_pair(first, second)
        for_first, for_second = weights.get(f"b+:{pair}"), weights.get(f"b-:{pair}")
        if for_first is None and for_second is None:
            return None
        return for_first or _NOTHING, for_second or _NOTHING

    def _sum(self, names: Iterable[str]) -> tuple[int, ...]:
        total = [0] * _SIZE
        for name in names:
            if (more := self._model.weights.get(name)) is not None:
                _add(total, more)
        return tuple(total)


def _empty(*shape: int) -> npt.NDArray[np.int64]:
    return np.zeros((_ROWS, *shape), np.int64)


def _grown(table: npt.NDArray[np.int64], row: int) -> npt.NDArray[np.int64]:
    """A table with room for a row."""
    return table if row < len(table) else np.concatenate((table, np.zeros_like(table)))


def _add(row: list[int], more: Sequence[int]) -> None:
    row[0] += more[0]
    row[1] += more[1]
    row[2] += more[2]
    row[3] += more[3]
    row[4] += more[4]


def _spans(labels: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for here, label in enumerate(labels):
        if label in (1, 4):
            start = here
        if label in (3, 4):
            yield start, here + 1
