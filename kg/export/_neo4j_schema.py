"""Nothing in; out: the constraints and indexes that a database of such a graph wants, as Cypher."""

from __future__ import annotations

from kg.export._neo4j_rows import NODES

_UNIQUE = "CREATE CONSTRAINT cartkg_{name}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
# `MERGE` by id is a search through all nodes of a label without its constraint: loading becomes quadratic.
CONSTRAINTS = tuple(_UNIQUE.format(name=table.name, label=table.label) for table in NODES)
INDEXES = (
    "CREATE INDEX cartkg_term_name IF NOT EXISTS FOR (n:Term) ON (n.name)",
    "CREATE INDEX cartkg_paper_year IF NOT EXISTS FOR (n:Paper) ON (n.year)",
    "CREATE INDEX cartkg_statement_predicate IF NOT EXISTS FOR (n:Statement) ON (n.predicate)",
    "CREATE INDEX cartkg_evidence_grade IF NOT EXISTS FOR (n:Evidence) ON (n.grade_rank)",
    "CREATE FULLTEXT INDEX cartkg_names IF NOT EXISTS FOR (n:Term) ON EACH [n.name, n.official, n.synonyms]",
    "CREATE FULLTEXT INDEX cartkg_quotes IF NOT EXISTS FOR (n:Evidence) ON EACH [n.quote]",
)


def script() -> str:
    """All of them, for `cypher-shell -f` or the browser; running it again changes nothing."""
    return "".join(f"{statement};\n" for statement in CONSTRAINTS + INDEXES)
