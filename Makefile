# The long tools. To run and to test the application: python3 manage.py demo, python3 manage.py test.
PYTHON ?= .venv/bin/python
LOCK = uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

.PHONY: lock bench torture audit

lock: ## Locks both requirements files; needs uv
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) tests/requirements.in -o tests/requirements.txt

bench: ## Every measurement in tests/benchmarks
	@set -e; for file in tests/benchmarks/*.py; do echo "== $$file"; $(PYTHON) "$$file"; done

torture: ## The long forms: 3,000 saves, and 24 kills of a browser; a server that lies must be found
	$(PYTHON) -m tests.torture.saves --saves 3000
	$(PYTHON) -m tests.torture.saves --saves 500 --app tests.torture.liar:before_commit --must-lose
	$(PYTHON) -m tests.torture.saves --saves 500 --app tests.torture.liar:before_the_disk --must-lose
	KILLS=24 $(PYTHON) -m pytest tests/browser/test_live_kills.py -q -s

audit: ## The long forms of what keeps data where it belongs
	INTERVIEWBANK_LONG=1 $(PYTHON) -m pytest tests/test_bad_input.py tests/test_bad_headers.py -q
	$(PYTHON) -m tests.mutations
