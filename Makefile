# Every command a developer, a newcomer or CI needs. Each target installs what it needs.
.DEFAULT_GOAL := help
.PHONY: help demo test long check bench faults format proto docs lock clean

help: ## list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: setup ## start the suite on this machine with an invented Panel, and show its concerns with their reasons
	@$(if $(findstring kafka,$(PROFILE:production=kafka)),./dev kafka)
	@.venv/bin/psmf demo up $(if $(PROFILE),--profile $(PROFILE))

test: setup ## every check and every test, with one in twenty of the random cases (one part: T=tests/rules/domain)
	@tools/test $(T)

long: setup ## the tests that take many minutes, and every random case (PSMF_SIM_SEEDS=10000: as many simulations)
	@tools/test --long

check: setup ## check format, lint, types, import contracts, protos and generated code
	@tools/check

bench: setup ## run the benchmarks, print the table and write it to docs/benchmarks.md (PEERS=1: other rules engines too)
	@./dev kafka
	@$(if $(PEERS),./dev peers)
	@.venv/bin/python -m bench $(if $(PEERS),peers)

faults: setup ## break the real suite (kills, full disks, lost brokers, poison) and print whether each bar is met (FAULTS="--full")
	@./dev kafka
	@.venv/bin/python -m faults $(FAULTS)

format: setup ## format the code and fix what lint can fix
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

proto: setup ## generate the Python code beside each .proto
	@./dev proto

docs: setup ## write docs/coverage.md from docs/requirements.yaml, and docs/events.md and docs/asyncapi.yaml from the protos
	@.venv/bin/python -m tools.released_rulebook && .venv/bin/python tools/coverage.py && .venv/bin/python -m tools.event_contract

lock: setup ## write the lock files again after a change in pyproject.toml
	@./dev lock

clean: ## delete the environment, the demo and the cache
	rm -rf .venv .demo .cache

.PHONY: setup
setup:
	@./dev setup
