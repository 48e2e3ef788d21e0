# Each target sets up .venv by itself: Python 3.11 or newer and make are all that a machine needs.
PORT ?= 3000
ENV ?= default
BASE ?= python:3.13-slim-trixie
# As pip's requirement: the version that uv.lock has, and the hashes of its wheels.
UV := $(shell sed -n '/^name = "uv"$$/,/^]$$/{s/^version = "\(.*\)"/uv==\1/p;s/.*whl", hash = "\([^"]*\)".*/--hash=\1/p;}' uv.lock)
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export SAM_CLI_TELEMETRY := 0

.PHONY: serve test lint bench deploy container sbom mutation verify-layer verify-plots raise-versions

serve: .venv/synced
	plotgate serve --port $(PORT)

# In two processes; tests/conftest.py says which tests share one.
test: .venv/synced
	pytest -n 2 --dist loadscope --no-loadscope-reorder

lint: .venv/synced
	ruff check
	ruff format --check
	mypy
	cfn-lint template.yaml
	sam validate --lint

bench: .venv/synced
	python -m benchmarks

# To another stack: make deploy ENV=production. samconfig.toml has them.
deploy: .venv/synced
	sam build
	sam deploy --config-env $(ENV)

# The plain container, for hosts without Lambda. Of another base: make container BASE=IMAGE
container: .venv/synced
	sam build
	PYTHONPATH=layers python -m builder.container
	docker build --tag plotgate --build-arg BASE=$(BASE) --file Dockerfile .aws-sam/container

# What is in the layers and in the container, as CycloneDX, of what uv.lock has.
sbom: .venv/synced
	@PYTHONPATH=layers python -m builder.sbom .aws-sam/sbom

# Changes of the code that no test notices, in hours; in minutes: make mutation MUTATE="http.caching --sample 20"
mutation: .venv/synced
	python -m tests.mutation $(MUTATE)

# The packages' own tests against the layer: a quarter of an hour. Name some: make verify-layer SUITES="seaborn scipy"
verify-layer: .venv/synced
	sam build
	PYTHONPATH=layers python -m tests.layers.suites $(SUITES)

# The galleries' scripts against matplotlib alone: hours. Some of them: make verify-plots ARGS="--only 'seaborn/*' -j 1"
verify-plots: .venv/synced
	python -m tests.gallery $(ARGS)

# The newest version of everything, locked, built and checked; then a table of what has changed.
raise-versions: .venv/synced
	sam build
	PYTHONPATH=layers python -m builder.requirements --upgrade

# uv itself is installed aside, for it may replace .venv by one of the Python version that .python-version names.
# The gallery starts a process for each plot at once: with nothing compiled, each of them would compile the whole stack.
.venv/synced: pyproject.toml uv.lock .python-version
	@echo "Setting up .venv (once; a minute or two with a cold cache)"
	@set -e; aside=$$(mktemp -d); trap 'rm -rf "$$aside"' EXIT; \
	  python3 -m venv "$$aside"; \
	  echo "$(UV)" > "$$aside/uv.txt"; \
	  "$$aside/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: \
	    --require-hashes --requirement "$$aside/uv.txt"; \
	  "$$aside/bin/uv" sync --frozen --quiet --compile-bytecode
	@touch $@
