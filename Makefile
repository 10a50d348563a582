# Vigie: `make run` opens the chat, `make test` proves that all is well. Both set up what they need.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
VIGIE := $(BIN)/vigie
TEST_PROGRAMS := chromium poppler-utils tesseract-ocr tesseract-ocr-fra
PDFS := ../shared/pdfs/french
DATA := ../shared/data

.PHONY: run test check slow setup models index chromium format guide vectors constraints clean

run: setup models index
	@$(VIGIE) serve --port $(PORT)

test: setup models index chromium check
	@echo "== tests"
	@$(BIN)/python -m pytest -m "not slow" --numprocesses 2 --dist loadfile --no-loadscope-reorder --durations=10

check: setup
	@echo "== format, lint, types, arrows"
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/test_arrows.py tests/test_project.py

slow: setup models index
	@$(BIN)/python -m evaluations.benchmarks.speed
	@$(BIN)/python -m evaluations.benchmarks.retrieval $(DATA) embeddinggemma-300m
	@$(BIN)/python -m evaluations.benchmarks.guide_retrieval
	@$(BIN)/python -m evaluations.benchmarks.encoding $(DATA)/piaf/tune.json embeddinggemma-300m
	@$(BIN)/python -m evaluations.benchmarks.search_scale
	@$(VIGIE) models install qwen2.5-coder-1.5b-instruct
	@$(BIN)/python -m evaluations.support.fit $(DATA)/.. embeddinggemma-300m --half held
	@$(BIN)/python -m evaluations.benchmarks.abstention $(DATA)/piaf/test.json embeddinggemma-300m
	@$(BIN)/python -m evaluations.benchmarks.followups evaluations/questions/guide-followups.jsonl
	@$(BIN)/python -m evaluations.benchmarks.conversations evaluations/conversations/test.jsonl
	@$(BIN)/python -m evaluations.benchmarks.answers .vigie/runs/answers-local.jsonl
	@$(BIN)/python -m pytest -m slow
	@$(BIN)/python -m evaluations.reading.fidelity
	@$(BIN)/python -m evaluations.reading.hyphens $(PDFS)
	@$(BIN)/python -m evaluations.reading.furniture $(PDFS)
	@$(BIN)/python -m evaluations.reading.highlight $(PDFS)
	@$(BIN)/python -m evaluations.reading.speed $(PDFS)
	@$(BIN)/python -m evaluations.benchmarks.rebuild $(PDFS)
	@$(BIN)/python -m evaluations.sensitivity.run
	@$(BIN)/python -m evaluations.benchmarks.suggestions
	@$(BIN)/python -m evaluations.benchmarks.needed evaluations/answers/extractive-2026-11-27-sixth.jsonl
	@$(BIN)/python -m evaluations.benchmarks.purpose
	@$(BIN)/python -m tests.load.paint
	@$(BIN)/python -m tests.load.run --add $(PDFS)/mon-aide-cyber__Charte_MonAideCyber.pdf --out .vigie/runs/load.json
	@$(BIN)/python -m tests.load.memory --out .vigie/runs/memory.json

setup: .venv/.ready

.venv/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "Vigie needs Python 3.11, 3.12 or 3.13; this is `$(PYTHON) --version`. Try: make PYTHON=python3.11 run"; exit 1; }
	@echo "== virtual environment and pinned dependencies (a few minutes the first time)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt torch
	@$(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

models: setup
	@$(VIGIE) models install

index: setup models
	@$(VIGIE) index build --if-needed

chromium: setup
	@$(BIN)/python -m tests.axe
	@command -v chromium >/dev/null && command -v pdftotext >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx fra || { \
	  if [ "`id -u`" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "== Chromium, poppler-utils and Tesseract for the tests"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(TEST_PROGRAMS) >/dev/null; \
	  else \
	    echo "The tests need other programs. Please install them: sudo apt-get install $(TEST_PROGRAMS)"; exit 1; \
	  fi; }

format: setup
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

guide: setup
	@$(BIN)/python -m pip install -q --constraint constraints.txt '.[guide]'
	@$(BIN)/python corpus/guide/build_guide.py corpus/guide/source corpus/guide

vectors: setup models
	@$(VIGIE) index build --index .vigie/shipped
	@$(BIN)/python -m evaluations.tuning.shipped .vigie/shipped

constraints: setup
	@{ head -1 constraints.txt; $(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu//'; } > constraints.tmp && mv constraints.tmp constraints.txt

clean:
	rm -rf .venv .vigie
