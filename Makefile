# What needs nothing but Python 3.11 or later: `make report`, `make test` and `make verify`.

PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready

.PHONY: report test quick lint coverage docs verify hostile mutate benchmark sign lock clean

report: $(READY)
	$(VENV)/bin/snakemake --cores all

test: lint
	$(VENV)/bin/pytest

# What can be known within two minutes: all of lint, and the tests that build no evaluation.
quick: lint
	$(VENV)/bin/pytest -m "not build and not chromium and not quarto"

# Lint, format, types, and the layers of the rooms.
lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache

# The tests, and which lines of the engine they reach; what a build runs in processes of its own is not counted.
coverage: $(READY)
	$(VENV)/bin/pytest --cov=evidentia --cov-report=term:skip-covered

# The documentation as a site; a link that leads nowhere fails.
docs: $(READY)
	NO_MKDOCS_2_WARNING=1 $(VENV)/bin/mkdocs build --quiet

# Builds twice in unlike surroundings and compares every output.
verify: $(READY)
	$(VENV)/bin/evidentia verify

# Tries every hostile input, brings about every fault, builds twice, and writes docs/reliability.md; a part alone: make hostile PART=hostile
PART ?= hostile growth escaped faults bytes speed
hostile: $(READY)
	$(VENV)/bin/python tests/reliability/report.py --only $(PART)

# Changes random cells of the data, one at a time, and says what noticed it; another run: make mutate NUMBER=200 SEED=7
NUMBER ?= 40
SEED ?= 1
mutate: $(READY)
	$(VENV)/bin/evidentia mutate --number $(NUMBER) --seed $(SEED)

# With nbconvert and ipykernel (pip install -e .[bench]) a notebook is measured as peer.
benchmark: $(READY)
	$(VENV)/bin/python benchmarks/run.py

# Signs the example with a plan again, after its numbers, words or tables moved on purpose; read what lapsed first.
PLANNED := examples/tillbrook-reading-clubs
SIGN := $(VENV)/bin/evidentia sign --folder $(PLANNED)
sign: $(READY)
	$(VENV)/bin/evidentia build $(PLANNED)
	-$(VENV)/bin/evidentia assurance $(PLANNED)
	rm -f $(PLANNED)/assurance/signed-*.yaml
	$(SIGN) analyst report --name "The analyst of the example" --date 2025-08-04
	$(SIGN) assurer "table:*" --name "The assurer of the example" --date 2025-08-18 --note "Differences recomputed with statsmodels"
	$(SIGN) approver report --name "The steering group of the example" --date 2025-09-01

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) src/evidentia/audit/doctor.py
	$(PYTHON) -m venv --clear $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	$(VENV)/bin/python -m compileall -q src
	@touch $@

# Needs uv; the file names no host.
lock:
	uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --extra dev --extra slurm pyproject.toml --output-file requirements.lock

clean:
	rm -rf build .snakemake .protected
