# The long tools. To run and to test the application: python3 manage.py demo, python3 manage.py test.
PYTHON ?= .venv/bin/python
LOCK = uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

.PHONY: lock bench

lock: ## Locks both requirements files; needs uv
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) tests/requirements.in -o tests/requirements.txt

bench: ## Every measurement in tests/benchmarks
	@set -e; for file in tests/benchmarks/*.py; do echo "== $$file"; $(PYTHON) "$$file"; done
