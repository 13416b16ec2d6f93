"""Query workers, the SPARQL 1.1 Protocol endpoint and the pages. Import the modules: a worker needs few."""
