"""The evidence map: what a cell counts."""

from __future__ import annotations

import msgspec
import pytest

from kg.errors import KGError
from kg.model import Grade
from kg.plot import Passages
from kg.plot._passages import Passage
from kg.plot.evidence_map import cells, draw
from tests.graph_fixture import MYELOMA, fixture_store
from tests.plot.passages import passage

pytest.importorskip("matplotlib", reason="needs matplotlib (the extra `plot`)")


def test_two_passages_of_a_paper_are_one_paper() -> None:
    """The paper's larger number of patients counts, once."""
    found = cells([passage(treated=5), passage(treated=4), passage(document="PMID:2", treated=8)])
    assert [(cell.papers, cell.patients) for cell in found] == [(2, 13)]


def test_patients_told_of_in_two_papers_count_once() -> None:
    """Two papers on one trial are two papers and one trial's patients."""
    again = passage(document="PMID:2", treated=9, cohort="NCT:NCT1")
    assert [(cell.papers, cell.patients) for cell in cells([passage(treated=5, cohort="NCT:NCT1"), again])] == [(2, 9)]


def test_animals_are_no_patients() -> None:
    """Twenty mice add a paper and nobody; a cell of mice alone is marked."""
    mice = passage(document="PMID:3", setting="preclinical_in_vivo", treated=20)
    found = cells([passage(treated=2), mice])
    assert [(cell.papers, cell.patients, cell.animals_only) for cell in found] == [(2, 2, False)]
    assert [(cell.patients, cell.animals_only) for cell in cells([mice])] == [(0, True)]


def test_the_best_grade_is_kept() -> None:
    """A sentence is better than a title in a reference list."""
    weak = passage(document="PMID:2", grade=Grade.REFERENCE_TITLE)
    assert cells([weak, passage()])[0].best is Grade.SENTENCE_ASSERTION


def test_what_is_denied_is_no_cell() -> None:
    """ "Was not tried" fills nothing."""
    assert cells([passage(negated=True)]) == ()


def test_hypotheses_and_retracted_papers_do_not_count() -> None:
    """Of the six papers a trial and a review stay; the best is the trial's."""
    tried = Passages(fixture_store(), disease=None, min_grade=Grade.DOCUMENT_ASSERTION).tried()
    told = {(cell.target, cell.disease): (cell.papers, cell.best.rank) for cell in cells(tried)}
    assert told["CD19", "diffuse systemic sclerosis"] == (1, 1)
    assert told["CD20 (MS4A1)", "systemic lupus erythematosus"] == (1, 2)
    assert ("BCMA (TNFRSF17)", "systemic sclerosis") not in told


def test_nothing_to_draw_is_said() -> None:
    """No document says firmly that anything was tried in myeloma."""
    with pytest.raises(KGError, match="found none in this graph"):
        draw(Passages(fixture_store(), disease=MYELOMA, min_grade=Grade.DOCUMENT_ASSERTION))


def test_many_are_cut_and_the_picture_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two targets of three are shown; how many pairs are missing stands below."""
    monkeypatch.setattr("kg.plot.evidence_map.MOST_TARGETS", 2)
    rows = [passage(subject_label=name, document=f"PMID:{n}") for name in "ABC" for n in range("ABC".index(name), 3)]

    class Given(Passages):
        def tried(self) -> tuple[Passage, ...]:
            return tuple(rows)

    figure = draw(Given(fixture_store(), disease=None, min_grade=Grade.REFERENCE_TITLE))
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["A", "B"]
    assert "1 pairs of rarer targets or diseases are left out." in figure.get_supxlabel()


def test_a_passage_is_a_value() -> None:
    """Equal fields, equal passages, whatever made them."""
    assert passage(n=1) == msgspec.structs.replace(passage(), n=1)
