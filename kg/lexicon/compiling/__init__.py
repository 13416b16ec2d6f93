"""Ontology releases -> the terms that the shipped vocabulary holds; run by `kg vocab build`, never at start."""
