# kg: `make run` and `make test` set up what they need; `make help` lists the rest.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
STORE  ?= embedded:kg-store
CORPUS ?= all
DATA   ?= ../shared/data
BENCH  ?=
PEERS  := build/peers

.PHONY: help setup run test lint types imports check docs neo4j neo4j-down evaluate bench terms train constraints clean

help:            ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | column -t -s "$$(printf '\t')"

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[pdf]' --group dev
	@touch $@

$(PEERS): benchmarks/peers/requirements.txt
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

setup: $(STAMP)  ## make .venv and install kg in it

run: setup       ## ingest corpus/, report on it, and answer the headline question
	$(BIN)/kg ingest corpus --store $(STORE)
	$(BIN)/kg check corpus
	$(BIN)/kg query link a="interferon-alpha" b="cell therapy" --store $(STORE)

test: setup      ## run the tests, on Neo4j too where one answers (NEO4J_URI, or make neo4j)
	$(BIN)/python -m pytest

lint: setup      ## style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup     ## strict types
	$(BIN)/mypy

imports: setup   ## stages import one way only
	$(BIN)/lint-imports

check: lint types imports test  ## all that CI checks

docs: setup      ## write the generated pages anew (schema, checks, queries, command line)
	$(BIN)/python -m tools.docs

neo4j:           ## start a real Neo4j on this machine (Java and Maven needed)
	tools/neo4j/neo4j.sh up

neo4j-down:      ## stop it
	tools/neo4j/neo4j.sh down

evaluate: setup  ## print the figures for CORPUS, read from DATA
	$(BIN)/python -m tools.evaluate $(CORPUS) --data $(DATA)

bench: setup $(PEERS)  ## measure speed and memory, as ratios beside a peer or a floor
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks $(BENCH) --data $(DATA) --peers $(PEERS)/bin/python

terms: setup     ## build the compiled terminology from its open sources
	$(BIN)/python -m pipelines.terms

train: setup     ## train the models from DATA
	$(BIN)/python -m pipelines.train --data $(DATA)

constraints:     ## resolve constraints.txt anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra pdf --group dev --no-header --no-annotate pyproject.toml -o constraints.txt

clean:           ## remove the environment and the default store
	rm -rf $(VENV) kg-store
