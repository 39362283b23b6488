# meibo: `make help` lists the targets. Two matter to a newcomer: `make run` and `make test`.

VAR ?= var
BUILD := build
FLAVOUR ?= release
export VAR
# A small quarantine: tests bound the server's memory, also under AddressSanitizer.
export ASAN_OPTIONS := quarantine_size_mb=4
export TSAN_OPTIONS := halt_on_error=1

ifeq ($(FLAVOUR),release)
CC := gcc
OUT := $(BUILD)
FLAVOUR_FLAGS := -O2 -D_FORTIFY_SOURCE=2
else ifeq ($(FLAVOUR),clang)
CC := clang
OUT := $(BUILD)/clang
FLAVOUR_FLAGS := -O2 -D_FORTIFY_SOURCE=2
else ifeq ($(FLAVOUR),asan)
CC := gcc
OUT := $(BUILD)/asan
FLAVOUR_FLAGS := -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
else ifeq ($(FLAVOUR),tsan)
CC := gcc
OUT := $(BUILD)/tsan
FLAVOUR_FLAGS := -O1 -fsanitize=thread -fno-omit-frame-pointer
else ifeq ($(FLAVOUR),fuzz)
CC := clang
OUT := $(BUILD)/fuzz
FLAVOUR_FLAGS := -O1 -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined -fno-omit-frame-pointer
else
$(error FLAVOUR is release, clang, asan, tsan or fuzz)
endif

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wvla
ifdef CI
WARNINGS += -Werror
endif
ifdef WERROR
WARNINGS += -Werror
endif
VERSION := $(shell sed -n 's/^  version: //p' openapi.yaml | tr -d "'\"")
CPPFLAGS := -D_GNU_SOURCE -DMEIBO_VERSION='"$(VERSION)"' -I. -Iservice -I$(BUILD)/generated -isystem /usr/include/postgresql
CFLAGS := -std=c17 -g $(FLAVOUR_FLAGS) $(WARNINGS) -fstack-protector-strong -fPIE -fno-plt
LDFLAGS := -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack -Wl,--as-needed $(filter -fsanitize=%,$(FLAVOUR_FLAGS))
LDLIBS := -lulfius -lorcania -lyder -lmicrohttpd -ljansson -lpq -lutf8proc -lsodium -lz -lpthread -lm

# V=1 shows the commands.
Q := $(if $(V),,@)
say = @printf '%-4s %s\n' $(1) $(2)

QUERIES := $(sort $(wildcard sql/queries/*.sql))
MIGRATIONS := $(sort $(wildcard sql/migrations/*.sql))
ASSETS := openapi.yaml $(BUILD)/generated/openapi.json $(sort $(wildcard web/*.html web/*.css web/*.js web/*.svg))
GENERATED := $(BUILD)/generated/statements.c $(BUILD)/generated/migrations.c $(BUILD)/generated/assets.c \
	$(BUILD)/generated/variants.c
# What the variants of kanji are made from: Debian's package unicode-data.
UNICODE_DATA := $(wildcard $(addprefix /usr/share/unicode/,UnicodeData.txt EquivalentUnifiedIdeograph.txt \
	Unihan_OtherMappings.txt.bz2 Unihan_Variants.txt.bz2))

SOURCES := $(filter-out service/main.c,$(sort $(wildcard service/*.c service/*/*.c api/*.c)))
OBJECTS := $(SOURCES:%.c=$(OUT)/objects/%.o) $(GENERATED:$(BUILD)/generated/%.c=$(OUT)/objects/generated/%.o)
MAIN := $(OUT)/objects/service/main.o
LIBRARY := $(OUT)/libmeibo.a
BINARY := $(OUT)/meibo

UNIT_SOURCES := $(sort $(wildcard tests/unit/*/test_*.c))
UNIT_TESTS := $(UNIT_SOURCES:tests/unit/%.c=$(OUT)/tests/%)
UNIT_HELPERS := $(patsubst %.c,$(OUT)/objects/%.o,$(sort $(wildcard tests/unit/*.c)))

.PHONY: all help run env test test-unit test-sql test-http test-browser check check-format check-lint check-arrows check-contract check-docs \
	deps-build deps-run deps-test deps-check clean
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BINARY) ## build build/meibo

help: ## this list
	@sed -n 's/[$$][$$]/$$/g; s/^\([a-z-]*\):.*## \(.*\)/\1	\2/p' Makefile | expand -t 14
	@echo "Variables: VAR (default var/), MEIBO_* settings (build/meibo serve --help), FLAVOUR=release|clang|asan|tsan|fuzz."

# --- running -----------------------------------------------------------------

run: deps-run ## install what is missing, build, and serve a sample register on http://127.0.0.1:8080
	@$(MAKE) --no-print-directory all
	@exec tools/run

env: ## that run's settings as shell assignments: eval "$$(make -s env)"
	@tools/run env

# --- building ----------------------------------------------------------------

$(BUILD)/generated/statements.c: tools/embed $(QUERIES) sql/queries
	@mkdir -p $(BUILD)/generated/store
	$(Q)tools/embed statements $@ $(BUILD)/generated/store/statements.list $(QUERIES)

$(BUILD)/generated/migrations.c: tools/embed $(MIGRATIONS) sql/migrations
	@mkdir -p $(@D)
	$(Q)tools/embed migrations $@ /dev/null $(MIGRATIONS)

$(BUILD)/generated/openapi.json: openapi.yaml tools/yaml-to-json
	@mkdir -p $(@D)
	$(Q)tools/yaml-to-json openapi.yaml >$@

$(BUILD)/generated/assets.c: tools/embed $(ASSETS) web
	@mkdir -p $(@D)
	$(Q)tools/embed assets $@ /dev/null $(ASSETS)

$(BUILD)/generated/variants.c: tools/make-variants service/text/variants.table $(UNICODE_DATA)
	@mkdir -p $(@D)
	$(Q)tools/make-variants $@

$(OUT)/objects/generated/variants.o: service/text/variants.h

$(OUT)/objects/generated/%.o: $(BUILD)/generated/%.c
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(OUT)/objects/%.o: %.c | $(GENERATED)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The names of the statements come from the folder.
$(OUT)/objects/service/%.o: $(BUILD)/generated/statements.c

$(LIBRARY): $(OBJECTS)
	$(call say,AR,$@)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(BINARY): $(MAIN) $(LIBRARY)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(MAIN) $(LIBRARY) $(LDLIBS)

$(OUT)/tests/%: $(OUT)/objects/tests/unit/%.o $(UNIT_HELPERS) $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LIBRARY) -lcmocka $(LDLIBS)

-include $(wildcard $(OUT)/objects/*/*.d $(OUT)/objects/*/*/*.d $(OUT)/objects/*/*/*/*.d)

# --- testing -----------------------------------------------------------------

test: deps-test ## install what is missing, build, and run all tests on a cluster and ports of their own
	@$(MAKE) --no-print-directory all
	@$(MAKE) --no-print-directory test-unit test-sql test-http

test-unit: $(UNIT_TESTS) ## the C tests of each module
	@tools/with-cluster tools/run-unit-tests $(UNIT_TESTS)

test-sql: $(BINARY) ## the schema's tests (pgTAP)
	@tools/with-cluster tools/run-sql-tests $(BINARY) tests/sql

test-http: $(BINARY) tests/http/node_modules/.made ## the service's tests over HTTP
	@MEIBO_BIN=$(abspath $(BINARY)) node tests/http/run.mjs $(HTTP_TESTS)

tests/http/node_modules/.made: tests/http/package-lock.json
	cd tests/http && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
	@touch $@

test-browser: $(BINARY) tests/http/node_modules/.made tests/browser/node_modules/.made ## the search page's tests in Chromium
	@MEIBO_BIN=$(abspath $(BINARY)) node tests/browser/run.mjs

tests/browser/node_modules/.made: tests/browser/package-lock.json
	cd tests/browser && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
	@touch $@

# --- checking ----------------------------------------------------------------

check: deps-check ## everything CI checks beyond `make test`: format, lint, arrows, both compilers, sanitizers
	@$(MAKE) --no-print-directory check-format check-arrows check-contract check-docs
	@$(MAKE) --no-print-directory WERROR=1 all
	@$(MAKE) --no-print-directory WERROR=1 FLAVOUR=clang all
	@$(MAKE) --no-print-directory check-lint
	@$(MAKE) --no-print-directory test-browser
	@$(MAKE) --no-print-directory FLAVOUR=asan all test-unit test-http
	@$(MAKE) --no-print-directory FLAVOUR=tsan all test-unit test-http HTTP_TESTS=lifecycle
	@$(MAKE) --no-print-directory check-fuzz

check-format:
	@clang-format --dry-run --Werror $(shell git ls-files '*.c' '*.h')

check-arrows:
	@tools/check-arrows

check-contract: tests/http/node_modules/.made ## the contract's own lint, and the format of the tests
	cd tests/http && npm run -s lint && npm run -s format:check

check-docs: $(BINARY)
	@tools/check-docs

check-lint:
	$(Q)cppcheck --std=c11 --quiet --error-exitcode=1 --inline-suppr --enable=warning,performance,portability \
		--suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches -Iservice -I. service api
	$(Q)tools/clang-tidy-all $(CPPFLAGS) -std=c17

# --- fuzzing -----------------------------------------------------------------

FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_SECONDS ?= 600

.PHONY: fuzz check-fuzz
fuzz: deps-check ## look for inputs that break the parsers and the search, FUZZ_SECONDS=600 a fuzzer; see tests/fuzz/run
	@$(MAKE) --no-print-directory FLAVOUR=fuzz $(FUZZERS)
	@tests/fuzz/run $(FUZZ_SECONDS) $(FUZZERS)

check-fuzz: ## the same for seconds, from the committed inputs only
	@$(MAKE) --no-print-directory FLAVOUR=fuzz $(FUZZERS)
	@tests/fuzz/run check $(FUZZERS)

$(OUT)/fuzz_%: $(OUT)/objects/tests/fuzz/fuzz_%.o $(LIBRARY)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $@ $(filter %.o,$^) $(LIBRARY) -lcmocka $(LDLIBS)

# --- measuring ---------------------------------------------------------------

.PHONY: bench deps-bench
bench: deps-bench ## the service beside bare Ulfius, fastify + pg, pgbench and Groonga; BENCH_* settings: tests/load/lib/settings.mjs
	@$(MAKE) --no-print-directory all $(OUT)/bench/bare $(OUT)/bench/inside tests/load/fastify/node_modules/.made
	@MEIBO_BIN=$(abspath $(BINARY)) BENCH_BUILD=$(abspath $(OUT)) node tests/load/bench.mjs

$(OUT)/bench/bare: tests/load/bare.c
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< -lulfius -lmicrohttpd -lpthread

$(OUT)/bench/inside: tests/load/inside.c $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS)

tests/load/fastify/node_modules/.made: tests/load/fastify/package-lock.json
	cd tests/load/fastify && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
	@touch $@

# --- installing --------------------------------------------------------------

deps-build:
	@tools/install build
deps-run:
	@tools/install build run
deps-test:
	@tools/install build run test
deps-check:
	@tools/install build run test check
deps-bench:
	@tools/install build run bench

clean: ## remove what was built; var/ is kept
	rm -rf $(BUILD) tests/http/node_modules tests/browser/node_modules tests/load/fastify/node_modules
