# cccd - identity-health queries on Vietnamese citizen identity cards
#
#   make demo            the stadium evening, from nothing to the report
#   make test            the suites of every day, ends with "N passed, N failed, N skipped"
#   make test-all        every suite: what CI runs
#   make bench           every figure beside its baseline
#   make bench-against REV=HEAD~1      the same beside another commit's
#   make && make install && make installcheck      the PGXS way
#
# The version has one home: the control file.

# the folder of the sources, where it is not this one:
#   mkdir build-17 && cd build-17 && make -f ../Makefile PG_CONFIG=...
SRC := $(filter-out ./,$(dir $(firstword $(MAKEFILE_LIST))))

EXTENSION   = cccd cccd_gate
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(SRC)cccd.control)

MODULE_big  = cccd
here        = $(patsubst $(SRC)%,%,$(wildcard $(addprefix $(SRC),$(1))))
OBJS        = $(patsubst %.c,%.o,$(sort $(filter-out src/qr/% src/gate/%,$(call here,src/*/*.c))))
DATA        = $(call here,sql/cccd--*--*.sql sql/cccd_gate--*--*.sql)
DATA_built  = sql/cccd--$(EXTVERSION).sql sql/cccd_gate--$(EXTVERSION).sql
DOCS        = $(call here,doc/*.md)
PGFILEDESC  = "cccd - Vietnamese citizen identity cards"

PKG_CONFIG ?= pkg-config
PKGS        = libcrypto zlib
PG_CPPFLAGS = -I$(SRC)src -DCCCD_VERSION='"$(EXTVERSION)"' \
	$(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
PG_CFLAGS   = -Wall -Wextra -Wno-unused-parameter -Wno-missing-field-initializers \
	-Wno-sign-compare
SHLIB_LINK  = $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null)

# QR codes: a second library, which is always built, and a program that reads
# pictures, where its libraries are.  Without them the functions say what to
# install.
have        = $(shell $(PKG_CONFIG) --exists $(1) 2>/dev/null && echo yes)
MAKER_PKGS  = libqrencode libpng
HAVE_MAKER := $(call have,$(MAKER_PKGS))
QR_LIBRARY  = cccd_qr$(DLSUFFIX)
QR_OBJS     = $(patsubst %,src/qr/%.o,qr client protocol_core render_core \
	$(if $(HAVE_MAKER),encode_image,encode_absent))
READER_PKGS = zbar libpng libjpeg
HAVE_ZXING := $(if $(shell command -v g++),$(call have,zxing))
ifdef HAVE_ZXING
READER_PKGS += zxing
endif
READER     := $(if $(call have,$(READER_PKGS)),cccd_qr_reader)
READER_OBJS = $(patsubst %,src/qr/%.o,picture_core protocol_core) \
	$(patsubst %,src/qr/reader/%.o,reader sandbox_image png_image jpeg_image \
	zbar_image grey_core \
	$(if $(HAVE_ZXING),ladder_zxing zxing_image,ladder_image))

# The gate's own library.  Of what cccd.so is made of it takes what it needs, for
# itself alone.
GATE_LIBRARY = cccd_gate$(DLSUFFIX)
GATE_OBJS    = $(patsubst %.c,%.o,$(sort $(call here,src/gate/*.c)))

REGRESS        = $(sort $(patsubst test/sql/%.sql,%,$(call here,test/sql/*.sql)))
REGRESS_OPTS   = --inputdir=$(SRC)test --encoding=UTF8 --no-locale \
	--load-extension=cccd --load-extension=cccd_gate
ISOLATION      = $(sort $(patsubst test/specs/%.spec,%,$(call here,test/specs/*.spec)))
# the expected output of both stands in the root's expected/
ISOLATION_OPTS = $(REGRESS_OPTS) --outputdir=.
EXTRA_CLEAN    = build results output_iso tmp_check \
	$(wildcard src/qr/*.o src/qr/reader/*.o src/gate/*.o) $(QR_LIBRARY) cccd_qr_reader \
	$(GATE_LIBRARY) cccd_cores.a

PG_CONFIG ?= pg_config

# The project's own commands set the machine up first, so they must be
# readable where PostgreSQL is not there yet.
OWN_GOALS = demo test test-% fuzz bench bench-against setup lint coverage analyse
ifneq ($(filter-out $(OWN_GOALS),$(or $(MAKECMDGOALS),all)),)
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

ifneq ($(SRC),)
$(shell mkdir -p sql $(sort $(dir $(OBJS) $(QR_OBJS) $(READER_OBJS) $(GATE_OBJS))))
endif

sql/cccd--$(EXTVERSION).sql: $(sort $(call here,sql/cccd/*.sql)) cccd.control
	$(SRC)scripts/concatenate cccd $(filter %.sql,$^) > $@

sql/cccd_gate--$(EXTVERSION).sql: $(sort $(call here,sql/cccd_gate/*.sql)) cccd_gate.control
	$(SRC)scripts/concatenate cccd_gate $(filter %.sql,$^) > $@

all: $(QR_LIBRARY) $(READER) $(GATE_LIBRARY)

$(GATE_LIBRARY): $(GATE_OBJS) $(OBJS)
	rm -f cccd_cores.a
	$(AR) crs cccd_cores.a $(OBJS)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -o $@ $(GATE_OBJS) \
		-Wl,-Bsymbolic -Wl,--exclude-libs,ALL cccd_cores.a $(SHLIB_LINK)

$(QR_LIBRARY): $(QR_OBJS)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -o $@ $^ \
		$(if $(HAVE_MAKER),$(shell $(PKG_CONFIG) --libs $(MAKER_PKGS)))

cccd_qr_reader: $(READER_OBJS)
	$(if $(HAVE_ZXING),g++,$(CC)) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ \
		$(shell $(PKG_CONFIG) --libs $(READER_PKGS)) -lm

src/qr/reader/grey_core.o: override CFLAGS += -O3
src/qr/reader/ladder_zxing.o: src/qr/reader/ladder_image.c
	$(CC) $(CFLAGS) $(CPPFLAGS) -DCCCD_HAVE_ZXING -c -o $@ $<
src/qr/reader/zxing_image.o: src/qr/reader/zxing_image.cc
	g++ -std=c++17 -O2 -g -fPIC -Wall -Wextra $(CPPFLAGS) \
		$(shell $(PKG_CONFIG) --cflags zxing) -c -o $@ $<

install: install-qr
install-qr: $(QR_LIBRARY) $(READER) installdirs
	$(INSTALL_SHLIB) $(QR_LIBRARY) '$(DESTDIR)$(pkglibdir)'
	$(if $(READER),$(INSTALL_PROGRAM) $(READER) '$(DESTDIR)$(pkglibdir)')

# the tests act as superusers
installcheck: export PGOPTIONS := $(PGOPTIONS) -c cccd_gate.allow_superuser=on

install: install-gate
install-gate: $(GATE_LIBRARY) installdirs
	$(INSTALL_SHLIB) $(GATE_LIBRARY) '$(DESTDIR)$(pkglibdir)'

uninstall: uninstall-qr
uninstall-qr:
	rm -f '$(DESTDIR)$(pkglibdir)/$(QR_LIBRARY)' '$(DESTDIR)$(pkglibdir)/cccd_qr_reader' \
		'$(DESTDIR)$(pkglibdir)/$(GATE_LIBRARY)'
	# PGXS looks for them below doc/
	rm -f $(patsubst doc/%,'$(DESTDIR)$(docdir)/$(docmoduledir)/%',$(DOCS))

$(OBJS) $(QR_OBJS) $(READER_OBJS) $(GATE_OBJS): Makefile $(call here,src/*/*.h src/*/*/*.h)
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

# the same figures of another commit beside these: make bench-against REV=HEAD~1
bench-against:
	@scripts/bench --against '$(REV)' $(TOPICS)

lint coverage analyse:
	@scripts/test $@
