"""A sentence's tokens in, the spans of names in it out, by a linear-chain conditional random field.

The model is a table of whole numbers, trained by `training/train_recogniser.py` with CRFsuite; nothing of CRFsuite is
needed to use it, and whole numbers add up the same on every machine. What a word adds is summed once and kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
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
_NEXT: Final[Mapping[int, tuple[int, ...]]] = {0: (0, 1, 4), 1: (2, 3), 2: (2, 3), 3: (0, 1, 4), 4: (0, 1, 4)}
_BEFORE = tuple(tuple(a for a in range(_SIZE) if b in _NEXT[a]) for b in range(_SIZE))
_FIRST, _LAST = (0, 1, 4), (0, 3, 4)
_ROWS = 4096  # words remembered at first; the table doubles when they are more
_MOST = 65_536  # and is begun anew when they are more than these
_NEVER = -(2**40)


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """transitions: from label to label, row by row. weights: attribute -> what it adds to each label.

    words: a word of the vocabulary's names -> five signs that code in how many names of conditions it stands, in how
    many as the last word, in how many names of genes, and what share of its names these are.
    """

    transitions: tuple[int, ...]
    weights: dict[str, tuple[int, int, int, int, int]]
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
        self._transitions = [list(model.transitions[row * _SIZE : (row + 1) * _SIZE]) for row in range(_SIZE)]
        self._rows: dict[str, int] = {}
        self._table = _empty()
        self._hits: dict[tuple[str, str, str], tuple[int, ...]] = {}

    def spans(self, sentence: Sentence) -> tuple[tuple[int, int], ...]:
        """The names of a sentence as first token and the token behind the last, in order."""
        if not sentence.words:
            return ()
        return tuple(_spans(self._best(self._scores(sentence))))

    def _scores(self, sentence: Sentence) -> list[list[int]]:
        words, listed, size = sentence.words, sentence.listed, len(sentence.words)
        if len(self._rows) > _MOST:
            self._rows, self._table = {}, _empty()
        rows = np.array([self._row(word) for word in (BORDER, BORDER, *words, BORDER, BORDER)])
        table = self._table
        scores = table[rows[2 : size + 2], 0]
        for number, place in enumerate(AROUND, start=1):
            scores = scores + table[rows[2 + place : size + 2 + place], number]
        found: list[list[int]] = scores.tolist()
        weights = self._model.weights
        for here, row in enumerate(found):
            around = (features.at(listed, here - 1), listed[here], features.at(listed, here + 1))
            told = self._hits.get(around)
            if told is None:
                told = self._hits[around] = self._sum(features.of_hits(*around))
            _add(row, told)
            if (more := weights.get(features.of_word_in_hit(words[here], listed[here]))) is not None:
                _add(row, more)
            if here:
                pair = features.of_pair(words[here - 1], words[here])
                if (more := weights.get(f"b-:{pair}")) is not None:
                    _add(row, more)
                if (more := weights.get(f"b+:{pair}")) is not None:
                    _add(found[here - 1], more)
        for here, names in enumerate(sentence.short):
            for place in (-1, 0, 1) if names else ():
                if 0 <= here - place < size:
                    _add(found[here - place], self._sum(f"{place}{name}" for name in names))
        return found

    def _best(self, scores: Sequence[Sequence[int]]) -> list[int]:
        """The labels of the highest sum, the earlier label of two as good."""
        transitions = self._transitions
        sums = [scores[0][label] if label in _FIRST else _NEVER for label in range(_SIZE)]
        back: list[list[int]] = []
        for row in scores[1:]:
            came, new = [], []
            for label in range(_SIZE):
                best, start = _NEVER * 2, 0
                for before in _BEFORE[label]:
                    value = sums[before] + transitions[before][label]
                    if value > best:
                        best, start = value, before
                new.append(best + row[label])
                came.append(start)
            sums = new
            back.append(came)
        label = max(_LAST, key=lambda last: sums[last])
        labels = [label]
        for came in reversed(back):
            label = came[label]
            labels.append(label)
        labels.reverse()
        return labels

    def _row(self, word: str) -> int:
        row = self._rows.get(word)
        if row is None:
            row = self._rows[word] = len(self._rows)
            if row == len(self._table):
                self._table = np.concatenate((self._table, np.zeros_like(self._table)))
            known = self._model.words
            if word != BORDER:
                self._table[row, 0] = self._sum(features.of_word(word, known))
            told = features.of_neighbour(word, known)
            for number, place in enumerate(AROUND, start=1):
                self._table[row, number] = self._sum(f"{place}:{name}" for name in told)
        return row

    def _sum(self, names: Iterator[str] | tuple[str, ...]) -> tuple[int, ...]:
        total = [0] * _SIZE
        for name in names:
            if (more := self._model.weights.get(name)) is not None:
                _add(total, more)
        return tuple(total)


def _empty() -> npt.NDArray[np.int64]:
    return np.zeros((_ROWS, 1 + len(AROUND), _SIZE), np.int64)


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
