# make run    the site on the shipped corpus, http://127.0.0.1:8000 (make run PORT=8080 for another port)
# make test   everything the tests need, then the tests
# make check  lint, types, layers, wheel

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
INDEX := .kb/index
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: run test check lint types layers wheel audit lock test-whoosh3 test-opensearch clean

# An index that is damaged, or of another format, is said to be and made anew.
run: $(VENV)/run.done
	@$(BIN)/kb index --index $(INDEX) || $(BIN)/kb index --rebuild --index $(INDEX)
	@$(BIN)/kb serve --index $(INDEX) --port $(PORT)

test: $(VENV)/test.done
	@$(BIN)/python -m pytest

check: lint types layers wheel audit

lint: $(VENV)/check.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/check.done
	$(BIN)/mypy

layers: $(VENV)/check.done
	$(BIN)/lint-imports

wheel: $(VENV)/check.done
	@.ci/wheel $(BIN)/python

audit: $(VENV)/check.done
	@.ci/audit $(BIN)/python

# What a deployment installs, pinned and with hashes; no address of an index gets into it.
lock: $(VENV)/check.done
	$(PIP) 'pip-tools>=7,<8'
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --all-build-deps --allow-unsafe --strip-extras --no-header \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --annotation-style line \
	  --output-file requirements.lock setup.cfg

# The suite but for the browser on whoosh3, the maintained fork of the same import name: what leaving 2.7.4 would cost.
test-whoosh3: .venv-whoosh3/done
	@.venv-whoosh3/bin/python -m pytest --ignore tests/browser

# The suite of both engines and the faults, on one real node and on three: Java 17 and Maven fetch and run OpenSearch.
test-opensearch: $(VENV)/test.done
	@$(BIN)/python -m tests.opensearch.distribution
	@$(BIN)/python -m pytest tests/opensearch -m "cluster or not cluster" -o log_cli=true --log-level INFO

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv module is missing; on Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Creating $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.done: $(VENV)/bin/python setup.cfg pyproject.toml
	@echo "Installing …"
	@$(PIP) --editable .
	@touch $@

$(VENV)/test.done: $(VENV)/bin/python setup.cfg pyproject.toml
	@echo "Installing what the tests need …"
	@$(PIP) --editable '.[test]'
	@touch $@ $(VENV)/run.done

$(VENV)/check.done: $(VENV)/test.done
	@echo "Installing what the checks need …"
	@$(PIP) --editable '.[test,bench,check]'
	@touch $@

.venv-whoosh3/done: setup.cfg pyproject.toml
	@$(PYTHON) -m venv .venv-whoosh3
	@.venv-whoosh3/bin/python -m pip --disable-pip-version-check install --quiet --editable '.[test]'
	@.venv-whoosh3/bin/python -m pip uninstall --quiet --yes Whoosh
	@.venv-whoosh3/bin/python -m pip --disable-pip-version-check install --quiet whoosh3
	@touch $@

clean:
	rm -rf $(VENV) .venv-whoosh3 .kb build *.egg-info
