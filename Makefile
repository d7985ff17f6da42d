# A short front for Meson. `make help` lists the targets.
#
# Only git and make are needed to begin with: the targets install what is missing (Debian 12
# packages, list and reasons in tools/packages.txt) before they use it; plain `make` only says so.

BUILD       ?= build
PREFIX      ?= /usr/local
JOBS        ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ $$n -gt 8 ] && n=8; echo $$n)
FUZZ_SECONDS ?= 30
BENCH_ARGS  ?=
DEMO        ?=
NINJA       = ninja -j $(JOBS)

.PHONY: all deps demo test lint format bench fuzz install clean help check-deps

all: check-deps
	@tools/build-web
	@tools/configure $(BUILD) -Dprefix=$(PREFIX)
	@$(NINJA) -C $(BUILD)

check-deps:
	@tools/install-deps --check build

deps:
	@tools/install-deps build test lint fuzz
	@echo "deps: everything in tools/packages.txt is installed"

demo:
	@tools/install-deps build
	@$(MAKE) --no-print-directory all
	@$(BUILD)/tanlian demo $(DEMO)

test:
	@tools/install-deps build test
	@tools/build-web
	@tools/run-tests --jobs $(JOBS)

lint:
	@tools/install-deps build lint
	@tools/lint --jobs $(JOBS)

format:
	@tools/install-deps lint
	@tools/check-layout --fix

fuzz:
	@tools/install-deps build fuzz
	@tools/run-fuzz --jobs $(JOBS) --seconds $(FUZZ_SECONDS)

bench:
	@tools/install-deps build
	@tools/run-bench $(BENCH_ARGS)

install: all
	@DESTDIR="$(DESTDIR)" meson install -C $(BUILD) --no-rebuild

clean:
	rm -rf build build-asan build-clang build-bench build-fuzz web/dist

help:
	@echo "make          builds $(BUILD)/tanlian; says what is missing"
	@echo "make deps     installs all Debian packages needed (root or sudo)"
	@echo "make demo     installs what the build needs, builds, runs 'tanlian demo'; DEMO=--no-serve: without the page"
	@echo "make test     all tests, plain and under ASan+UBSan; ends with 'N passed, N failed'"
	@echo "make lint     layers, layout, static checks, warnings as errors"
	@echo "make format   lays the C source out with clang-format"
	@echo "make bench    builds with full optimisation and runs every benchmark"
	@echo "make fuzz     runs every fuzz target for FUZZ_SECONDS (now $(FUZZ_SECONDS))"
	@echo "make install  installs under DESTDIR/PREFIX (now $(DESTDIR)$(PREFIX))"
	@echo "make clean    removes the build folders"
