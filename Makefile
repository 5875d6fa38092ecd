# make run    set up what is missing, then run ShopDesk (a window; without a display, the terminal chat)
# make test   set up what is missing, then run the tests
# make help   all targets

# The first Python ≥ 3.11; the one in .venv once it is there.
PYTHON := $(shell for python in .venv/bin/python python3 python3.13 python3.12 python3.11 python3.14; do \
	$$python -I -S -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
SETUP = @$(if $(PYTHON),$(PYTHON) -I tools/setup_env.py,echo "ShopDesk needs Python 3.11 or newer." >&2; exit 1; :)
OFFSCREEN = QT_QPA_PLATFORM=offscreen

.PHONY: help run test test-train check format screenshots toy-model exam package clean \
	bench bench-engine bench-assistant bench-store bench-search bench-train
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z -]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target text; do \
		printf '%-20s %s\n' "$$target" "$$text"; done

run: ## set up what is missing, then run ShopDesk
	$(SETUP) run
	@exec $(BIN)/shopdesk $(ARGS)

test: ## set up what is missing, then run the tests
	$(SETUP) test
	@$(OFFSCREEN) $(BIN)/python -m pytest -q -n 2 --dist loadfile $(ARGS)

test-train: ## the tests that need torch (installs it)
	$(SETUP) train
	@$(OFFSCREEN) $(BIN)/python -m pytest -q tests/tools $(ARGS)

check: ## lint, types, import contracts
	$(SETUP) dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: ## put the code into the project's format, and README's list of files in step
	$(SETUP) dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/python tools/readme.py

screenshots: ## the main screens as PNG in build/screenshots/
	$(SETUP) test
	@$(OFFSCREEN) $(BIN)/python tools/screenshots.py

toy-model: ## data → train → merge → convert → quantise → parity → package at toy length; prints the GGUF's path last
	$(SETUP) train
	@$(BIN)/python tools/make_model.py build/toy-model --sample --toy

exam: ## the shop exam on the sample shop (HOME_OF_SHOP=folder for another), beside baselines; writes build/exam
	$(SETUP) test
	@$(if $(HOME_OF_SHOP),,$(BIN)/shopdesk --home build/exam/home products list --limit 1 >/dev/null)
	@$(BIN)/python tools/exam.py shop --home $(or $(HOME_OF_SHOP),build/exam/home) --untrained 1000 --out build/exam $(ARGS)

bench: ## all benchmarks at a size for 2 cores; writes build/bench.json
	$(SETUP) test
	@$(OFFSCREEN) $(BIN)/python -m tools.bench

bench-engine bench-assistant bench-store bench-search: ## one group of benchmarks
	$(SETUP) test
	@$(OFFSCREEN) $(BIN)/python -m tools.bench $(@:bench-%=%)

bench-train: ## training against transformers' own trainer (installs torch)
	$(SETUP) train
	@$(BIN)/python -m tools.bench train

package: ## what the installer can build on this platform, into dist/
	$(SETUP) package
	@$(BIN)/python installer/build.py

clean: ## remove what was built, .venv excepted
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
