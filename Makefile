# What people and the continuous integration run. Everything happens in .venv, which is made when it is missing.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
TESTED := tests/constraints.txt
CONSTRAINTS := $(TESTED)
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --editable '.[dev]'

# What is resolved with the oldest Python can be installed with newer ones too; the reverse does not hold.
OLDEST_PYTHON ?= python$(shell sed -n 's/^requires-python = ">=\(.*\)"/\1/p' pyproject.toml)

.PHONY: help demo test lint types translations coverage slow oldest upgrade bench bench-web structure clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-14s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(INSTALLED)  ## index the five articles and show the answer to a query
	@$(BIN)/searchidx index seeds/
	@echo
	@$(BIN)/searchidx query --color always cooperación energética con Kazajistán
	@echo
	@echo "Search further:      $(BIN)/searchidx query reunión"
	@echo "Learn the language:  $(BIN)/searchidx query --help"
	@echo "In a browser:        $(BIN)/searchidx serve"
	@echo "Your own folder:     $(BIN)/searchidx index --index my-index/ FOLDER"

test: $(INSTALLED)  ## the whole suite
	$(BIN)/python -m pytest

lint: $(INSTALLED)  ## style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED)  ## the type checker
	$(BIN)/mypy

CATALOGUES := web/translations
POT := build/messages.pot

lemmas: $(INSTALLED)  ## build the file of Spanish lemmas anew from its sources
	$(BIN)/python -m searchidx.analysis.languages.es.lemma_building

translations: $(INSTALLED)  ## bring the catalogues up to date with the messages in web/, and compile them
	@mkdir -p build
	$(BIN)/pybabel -q extract -F pyproject.toml -k lazy_gettext --no-location --sort-output -o $(POT) web
	$(BIN)/pybabel -q update -i $(POT) -d $(CATALOGUES) --no-fuzzy-matching --ignore-obsolete \
	    --ignore-pot-creation-date --width 110
	$(BIN)/pybabel -q compile -d $(CATALOGUES)

coverage: $(INSTALLED)  ## branches of searchidx/ and web/ that the suite runs
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered --cov-fail-under=90

slow: $(INSTALLED)  ## the expensive runs: thousands of queries, kills in a large corpus
	$(BIN)/python -m pytest -m slow

bench: $(INSTALLED)  ## time of a cold start, and speed of analysis
	$(BIN)/python -m tests.benchmarks.cold_start
	$(BIN)/python -m tests.benchmarks.analysis

oldest:  ## the suite with the oldest versions that pyproject.toml allows
	rm -rf build/oldest
	$(OLDEST_PYTHON) -m venv build/oldest
	grep -oE '"[a-z0-9-]+>=[0-9.]+' pyproject.toml | tr -d '"' | sed 's/>=/==/' > build/oldest/constraints.txt
	build/oldest/bin/python $(PIP_INSTALL) --constraint build/oldest/constraints.txt
	build/oldest/bin/python -m pytest

upgrade:  ## move the tested versions to the newest, and try them
	rm -rf build/newest
	$(OLDEST_PYTHON) -m venv build/newest
	build/newest/bin/python $(PIP_INSTALL)
	grep '^#' $(TESTED) > build/newest/constraints.txt
	build/newest/bin/python -m pip freeze --exclude-editable >> build/newest/constraints.txt
	cp build/newest/constraints.txt $(TESTED)
	$(MAKE) lint types test

INDEX ?= index
SECONDS ?= 60

bench-web: $(INSTALLED)  ## load test of the server: 16 clients on INDEX for SECONDS
	$(BIN)/python -m tests.benchmarks.web_load --index $(INDEX) --seconds $(SECONDS)

structure: $(INSTALLED)  ## count packages, imports, circles and sizes, of this checkout or of ROOTS
	$(BIN)/python -m tests.structure $(ROOTS)

clean:  ## remove the environment and what was built
	rm -rf .venv build *.egg-info

$(INSTALLED): pyproject.toml $(CONSTRAINTS)
	$(PYTHON) -m venv .venv
	$(BIN)/python $(PIP_INSTALL) --constraint $(CONSTRAINTS)
	@touch $@
