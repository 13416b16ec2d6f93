# `make demo` sets up and runs the main job on the example records; `make test` sets up and passes the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# uv installs in seconds what takes pip a minute; where it cannot be had, pip does it.
INSTALL = install() { $(BIN)/uv pip install --quiet --python $(BIN)/python -c constraints.txt "$$@" 2>/dev/null || $(PIP) install -c constraints.txt "$$@"; }; install

.PHONY: demo test lint types wheel bench notebooks lab docs clean help
.DEFAULT_GOAL := help

help:
	@echo "make demo   set up, build a graph from examples/ and answer a question"
	@echo "make test   set up and run the tests"
	@echo "make lint types wheel bench clean"
	@echo "make notebooks   run the notebooks; make lab opens them; make docs builds the site in build/site"

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "cartkg needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	-@$(PIP) install uv

$(VENV)/.run: $(VENV)/pyvenv.cfg pyproject.toml constraints.txt
	$(INSTALL) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(INSTALL) -e '.[dev]'
	@touch $@

demo: $(VENV)/.run
	@rm -rf demo-graph
	$(BIN)/kg build examples/records --graph demo-graph
	@echo
	@echo 'Targets tried in SSc (systemic sclerosis):'
	@echo '$$ $(BIN)/kg query targets-tried-in --disease SSc --graph demo-graph'
	@echo
	@$(BIN)/kg query targets-tried-in --disease SSc --graph demo-graph
	@echo
	@echo 'Read an abstract with everything found in it:  $(BIN)/kg annotate examples/records --format html > page.html'
	@echo 'Pages and SPARQL endpoint:                     $(BIN)/kg serve --graph demo-graph --port 8080'
	@echo '                                               then open http://localhost:8080/ (SPARQL at /sparql)'

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

# The tests again, on the built wheel, away from the checkout: what the wheel forgot to pack shows here.
wheel: $(VENV)/.dev
	rm -rf dist build/wheel
	$(BIN)/python -m build --outdir dist .
	$(PYTHON) -m venv build/wheel
	$(BIN)/uv pip install --quiet --python build/wheel/bin/python -c constraints.txt "$$(ls dist/*.whl)[test]" || \
	  build/wheel/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt "$$(ls dist/*.whl)[test]"
	cp -r tests pyproject.toml build/wheel/
	cd build/wheel && KG_SHARED="$${KG_SHARED:-$(CURDIR)/../shared}" bin/python -m pytest tests -q -n auto -m 'not checkout and not slow'

$(VENV)/.docs: $(VENV)/.dev
	$(INSTALL) -e '.[dev,docs]'
	@touch $@

# The notebooks on the example records, with nothing but loopback within reach; the copies hold the outputs.
notebooks: $(VENV)/.docs
	$(BIN)/python notebooks/run.py build/notebooks

lab: $(VENV)/.docs
	$(INSTALL) -e '.[lab]'
	$(BIN)/jupyter lab notebooks

# Warnings are errors; a link that leads nowhere is one.
docs: notebooks
	$(BIN)/python docs/site.py build/notebooks build/site
	@echo 'open build/site/index.html'

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/hierarchy.py

clean:
	rm -rf $(VENV) build dist demo-graph
