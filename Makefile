# Every command a developer, a newcomer or CI needs. Each prepares the machine itself.
.DEFAULT_GOAL := help
.PHONY: help demo test long check bench faults format proto docs lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: setup ## start the suite on this machine with an invented Panel, and show what it raises and why
	@$(if $(findstring kafka,$(PROFILE:production=kafka)),./dev kafka)
	@.venv/bin/psmf demo up $(if $(PROFILE),--profile $(PROFILE))

test: setup ## every check and every test, with a tenth of the random cases (one part: T=tests/rules/domain)
	@tools/test $(T)

long: setup ## the tests that take many minutes, and every random case (PSMF_SIM_SEEDS=10000: as many simulations)
	@tools/test --long

check: setup ## format, lint, types, import contracts, protos, generated code
	@tools/check

bench: setup ## measure, and print the table kept in docs/benchmarks.md
	@.venv/bin/python -m bench

faults: setup ## kill, fill, cut off and poison the real suite, and print how far each bar is reached (FAULTS="--full")
	@./dev kafka
	@.venv/bin/python -m faults $(FAULTS)

format: setup ## put the code in order
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

proto: setup ## generate the Python code beside each .proto
	@./dev proto

docs: setup ## write docs/coverage.md from docs/requirements.yaml
	@.venv/bin/python -m tools.coverage

lock: setup ## write the locks anew after a change in pyproject.toml
	@./dev lock

clean: ## forget the environment and the demo
	rm -rf .venv .demo .cache

.PHONY: setup
setup:
	@./dev setup
