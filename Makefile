# cccd - identity-health queries on Vietnamese citizen identity cards
#
#   make demo            the stadium evening, from nothing to the report
#   make test            every suite, ends with "N passed, N failed, N skipped"
#   make bench           every figure beside its baseline
#   make && make install && make installcheck      the PGXS way
#
# The version has one home: the control file.

EXTENSION   = cccd cccd_gate
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" cccd.control)

MODULE_big  = cccd
OBJS        = $(patsubst %.c,%.o,$(sort $(wildcard src/*.c src/*/*.c)))
DATA        = $(wildcard sql/cccd--*--*.sql sql/cccd_gate--*--*.sql)
DATA_built  = sql/cccd--$(EXTVERSION).sql sql/cccd_gate--$(EXTVERSION).sql
DOCS        = $(wildcard doc/*.md)
PGFILEDESC  = "cccd - Vietnamese citizen identity cards"

PKG_CONFIG ?= pkg-config
PKGS        = libcrypto zlib
PG_CPPFLAGS = -Isrc -DCCCD_VERSION='"$(EXTVERSION)"' \
	$(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
PG_CFLAGS   = -Wall -Wextra -Wno-unused-parameter -Wno-missing-field-initializers \
	-Wno-sign-compare
SHLIB_LINK  = $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null)

REGRESS        = $(sort $(patsubst test/sql/%.sql,%,$(wildcard test/sql/*.sql)))
REGRESS_OPTS   = --inputdir=test --encoding=UTF8 --no-locale \
	--load-extension=cccd --load-extension=cccd_gate
ISOLATION      = $(sort $(patsubst test/specs/%.spec,%,$(wildcard test/specs/*.spec)))
ISOLATION_OPTS = $(REGRESS_OPTS)
EXTRA_CLEAN    = build results output_iso tmp_check

PG_CONFIG ?= pg_config

# The project's own commands set the machine up first, so they must be
# readable where PostgreSQL is not there yet.
OWN_GOALS = demo test test-% fuzz bench setup lint
ifneq ($(filter-out $(OWN_GOALS),$(or $(MAKECMDGOALS),all)),)
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

sql/cccd--$(EXTVERSION).sql: $(sort $(wildcard sql/cccd/*.sql)) cccd.control
	scripts/concatenate cccd $(filter %.sql,$^) > $@

sql/cccd_gate--$(EXTVERSION).sql: $(sort $(wildcard sql/cccd_gate/*.sql)) cccd_gate.control
	scripts/concatenate cccd_gate $(filter %.sql,$^) > $@

$(OBJS): Makefile $(wildcard src/*.h src/*/*.h)
endif

.PHONY: $(filter-out test-%,$(OWN_GOALS))

setup:
	@scripts/setup

demo:
	@scripts/demo

test:
	@scripts/test

# one suite: make test-unit, test-regress, test-pgtap, ...
test-%:
	@scripts/test $*

FUZZ_SECONDS ?= 60
fuzz:
	@FUZZ_SECONDS=$(FUZZ_SECONDS) scripts/test fuzz

bench:
	@scripts/bench

lint:
	@scripts/test lint
