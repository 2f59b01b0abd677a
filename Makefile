# Two commands do everything on a fresh machine with Python 3.11 or newer: `make run` and `make test`.

.DEFAULT_GOAL := help
.PHONY: help run check test bench build clean fresh browser tesseract

# the first Python that is new enough, unless PYTHON names one
ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
endif
PY := .venv/bin/python
# an environment whose Python is gone or too old is made anew
ifneq ($(wildcard .venv),)
$(shell $(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || rm -rf .venv)
endif
BUILD := $(or $(PAPI_BUILD),data/build)
PORT ?= 8501
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

help:
	@echo "make run    dựng cơ sở dữ liệu nếu cần, mở bảng điều khiển ở http://localhost:$(PORT)"
	@echo "make check  xem cách viết và kiểu dữ liệu của mã nguồn (ruff, mypy)"
	@echo "make test   chạy mọi kiểm thử"
	@echo "make bench  đo độ chính xác và tốc độ, bên cạnh các cách khác"
	@echo "make build  đọc lại mọi kế hoạch, dựng lại cơ sở dữ liệu"
	@echo "make clean  xóa môi trường Python và các bản dựng"

run: .venv/run fresh
	@echo "→ http://localhost:$(PORT)  (Ctrl+C để dừng)"
	@exec $(PY) -m streamlit run app.py --server.port $(PORT)

check: .venv/test
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy

# The tests start some hundred processes of the program: what Python has compiled is kept, whatever the machine says.
test: .venv/test browser tesseract
	@PYTHONDONTWRITEBYTECODE= $(PY) -m pytest -n 2 --dist loadscope

bench: .venv/test
	@$(PY) -m benchmarks

build: .venv/run
	@$(PY) -m etl

clean:
	rm -rf .venv .pytest_cache test-results
	rm -f -- "$(BUILD)"/papi-*.duckdb "$(BUILD)"/current "$(BUILD)"/lock
	rm -rf -- "$(BUILD)"/readings

# The environment: made where there is none, brought up to date when a list of packages changes.
.venv/run: requirements.txt constraints.txt | .venv/bin/python
	@echo "Đang cài các gói cần để chạy (chỉ lần đầu hoặc khi danh sách gói đổi)…"
	@$(PY) -m pip install --quiet -r requirements.txt 2>.venv/pip.log || { cat .venv/pip.log >&2; exit 1; }
	@touch $@

.venv/test: requirements-dev.txt requirements-cluster.txt requirements.txt constraints.txt | .venv/bin/python
	@echo "Đang cài các gói cần để kiểm thử…"
	@$(PY) -m pip install --quiet -r requirements-dev.txt 2>.venv/pip.log || { cat .venv/pip.log >&2; exit 1; }
	@touch .venv/run $@

.venv/bin/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Cần Python 3.11 trở lên; máy này chỉ có: $$(python3 --version 2>&1 || echo 'chưa có Python'). Hãy cài Python mới hơn, hoặc chạy: make run PYTHON=/đường/dẫn/python3.11" >&2; \
		echo "Python 3.11 or newer is needed." >&2; exit 1; fi
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON): cần Python 3.11 trở lên / Python 3.11 or newer is needed" >&2; exit 1; }
	@rm -rf .venv
	@"$(PYTHON)" -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; \
		"$(PYTHON)" -m venv --without-pip .venv && "$(PYTHON)" -m pip --python .venv/bin/python install --quiet pip; } || { rm -rf .venv; \
		echo "Không tạo được môi trường Python; trên Debian hãy chạy: sudo apt-get install python3-venv" >&2; exit 1; }

# A database that is there and newer than all it is made from is left alone; one that cannot be remade stays in use.
fresh: .venv/run
	@if [ ! -e "$(BUILD)/current" ] || [ -n "$$(find data/plans data/plans.csv data/reference data/gold carried decided etl tables sql \
			\( -path 'data/*' -o -name '*.py' -o -name '*.sql' \) -newer "$(BUILD)/current" -print | head -n 1)" ]; then \
		$(PY) -m etl || { [ -e "$(BUILD)/current" ] && echo "Chưa dựng lại được; vẫn dùng bản trước." >&2; }; fi

# Browser tests: a Chromium that is there, else Debian's (as root), else Playwright's; without one they are skipped with a reason.
browser: .venv/test
	@if [ -z "$$CHROMIUM" ] && ! { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation2 >/dev/null; \
		else $(PY) -m playwright install chromium; fi \
		|| echo "Không cài được Chromium; các kiểm thử trên trình duyệt sẽ được bỏ qua." >&2; fi

# Tests of scans: Tesseract with Vietnamese, Debian's where we are root; without it they are skipped with a reason.
tesseract:
	@if ! tesseract --list-langs 2>/dev/null | grep -qx vie; then \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
			&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd >/dev/null; } \
		|| echo "Không cài được Tesseract; các kiểm thử trên bản quét sẽ được bỏ qua." >&2; fi
