# The two commands of a fresh machine: `make demo` and `make test`. python3, git and make are all they need.
# Another Python than the one that is found: make PYTHON=/path/to/python3.12 demo
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$$name"; break; fi; done)
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test lint mutants generate bench docs clean

demo: $(VENV)/.demo
	@$(BIN)/python examples/demo.py

test: lint
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/generate.py --check

# Plants small faults in the rules and counts those that the case files notice; `make mutants RULE=ST003` for one rule alone.
mutants: $(VENV)/.dev
	$(BIN)/python tools/mutants.py $(if $(RULE),--rule $(RULE))

# Beside its peers, which are installed in scratch environments; `make bench ARGS=--quick` takes about a minute.
bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py $(ARGS)

generate: $(VENV)/.dev
	$(BIN)/python tools/generate.py

# The pages as a site, in build/site; every link and anchor must lead somewhere.
docs: $(VENV)/.docs
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "open build/site/index.html"

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.made:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "gatekeeper needs Python 3.11 or newer, and $(if $(PYTHON),$(PYTHON) is not,no python3 or python3.11 to python3.14 here is)." >&2; \
		echo "Install one, or name one: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment: its modules venv and ensurepip are missing." >&2; \
		echo "On Debian and Ubuntu: sudo apt install python3-venv; then run make again." >&2; exit 1; }
	@echo "making $(VENV) with $(PYTHON)"
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

$(VENV)/.demo: pyproject.toml $(VENV)/.made
	@echo "installing gatekeeper in $(VENV)"
	@$(INSTALL) -e .
	@touch $@

$(VENV)/.docs: pyproject.toml $(VENV)/.made
	@echo "installing what builds the site in $(VENV)"
	@$(INSTALL) -e '.[docs]'
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.made
	@echo "installing gatekeeper and what its tests need in $(VENV)"
	@$(INSTALL) -e '.[dev]'
	@touch $@ $(VENV)/.demo $(VENV)/.docs
