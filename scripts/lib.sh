# What the project's commands share: a private copy of the PostgreSQL
# installation with the extensions in it, and a throw-away server.
#
# The copy makes it possible to test without being able to write to the
# system's folders, and leaves them as they were.  PostgreSQL finds its
# libraries relative to its own program file, so programs are copied and
# everything else is linked.
# shellcheck shell=sh

PG=${PG_VERSION:-15}
PG_CONFIG=${PG_CONFIG:-$(command -v "/usr/lib/postgresql/$PG/bin/pg_config" || command -v pg_config || true)}
JOBS=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

die() {
	echo "cccd: $*" >&2
	exit 1
}

# Build the extensions; warnings are errors.
build() {
	if [ ! -w . ] || [ ! -w src ] || [ ! -w sql ]; then
		die "the extensions are built in this folder, which cannot be written to: use a clone of your own"
	fi
	make -s -j "$JOBS" with_llvm=no PROFILE=-Werror PG_CONFIG="$PG_CONFIG" all ||
		die "the build failed"
}

# Run a command as the user who owns the server: PostgreSQL refuses to be root.
# That user may be unable to enter the present folder; the stage is its own.
as_server() {
	if [ "$(id -u)" = 0 ]; then
		(
			case $(pwd) in "$STAGE"/*) ;; *) cd "$STAGE" || exit ;; esac
			exec runuser -u postgres -- env HOME="$STAGE" \
				PATH="$PGBIN:/usr/bin:/bin" "$@"
		)
	else
		env PATH="$PGBIN:$PATH" "$@"
	fi
}

# Make the private installation of PG_CONFIG's version below $STAGE.
make_installation() {
	bindir=$("$PG_CONFIG" --bindir)
	libdir=$("$PG_CONFIG" --pkglibdir)
	sharedir=$("$PG_CONFIG" --sharedir)
	PGBIN=$STAGE$bindir
	mkdir -p "$PGBIN" "$STAGE$libdir" "$STAGE$sharedir/extension"
	cp -L "$bindir"/* "$PGBIN"
	ln -s "$libdir"/* "$STAGE$libdir"
	for entry in "$sharedir"/*; do
		[ "${entry##*/}" = extension ] || ln -s "$entry" "$STAGE$sharedir"
	done
	ln -s "$sharedir"/extension/* "$STAGE$sharedir/extension"
	# an installed older copy must not shine through
	rm -f "$STAGE$libdir"/cccd* "$STAGE$sharedir"/extension/cccd*
	make -s with_llvm=no PG_CONFIG="$PG_CONFIG" install DESTDIR="$STAGE" >/dev/null ||
		die "could not install into $STAGE"
}

# Make the folder $STAGE, in which the server's user can run programs.
make_stage_folder() {
	base=${TMPDIR:-/tmp}
	# a socket's path has room for 107 bytes, and a setting no room for quotes
	[ ${#base} -le 60 ] || base=/tmp
	case $base in *[!A-Za-z0-9/._-]*) base=/tmp ;; esac
	STAGE=$(mktemp -d "$base/cccd.XXXXXX" 2>/dev/null) ||
		die "no folder can be made in $base: set TMPDIR to one where it can"
	printf '#!/bin/sh\n' >"$STAGE/program"
	chmod 755 "$STAGE/program"
	[ "$(id -u)" != 0 ] || chown -R postgres "$STAGE"
	trouble=
	if ! "$STAGE/program" 2>/dev/null; then
		trouble="no program can be run in $base, which may be mounted noexec"
	elif ! PGBIN=/bin as_server "$STAGE/program" 2>/dev/null; then
		trouble="the user postgres cannot enter $base"
	fi
	[ -z "$trouble" ] || {
		rm -rf "$STAGE"
		die "$trouble: set TMPDIR to another folder"
	}
}

# Make a private installation and a copy of the tests below $STAGE.
make_stage() {
	umask 022
	make_stage_folder
	trap 'status=$?; trap - EXIT INT TERM; end_stage; exit $status' EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	mkdir -p "$STAGE/run" "$STAGE/tree"
	make_installation
	cp -R test expected bench sql doc README.md "$STAGE/tree"
	PGHOST=$STAGE/run PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
	CCCD_TEST_DATA=${CCCD_TEST_DATA-$(cd ../shared/data 2>/dev/null && pwd || true)}
	export STAGE PGBIN PGHOST PGPORT PGUSER PGDATABASE CCCD_TEST_DATA
	[ "$(id -u)" != 0 ] || chown -R postgres "$STAGE"
}

# Tests and the demonstration act as superusers; a server of one's own hands
# the gate over instead.
SUPERUSER_ACTS='cccd_gate.allow_superuser = on'

# Start the throw-away server; arguments are further settings (name=value).
# SERVER_PROGRAM is what runs in postgres's place, if it is set.
start_server() {
	as_server initdb -D "$STAGE/data" -U postgres -A trust -E UTF8 \
		--locale=C.UTF-8 --no-sync >"$STAGE/initdb.log" 2>&1 ||
		{ cat "$STAGE/initdb.log" >&2; die "initdb failed"; }
	{
		echo "listen_addresses = ''"
		echo "unix_socket_directories = '$STAGE/run'"
		echo "port = $PGPORT"
		echo "timezone = 'Asia/Ho_Chi_Minh'"
		echo "log_timezone = 'UTC'"
		echo "max_connections = 120"
		echo "$SUPERUSER_ACTS"
		for setting in "$@"; do
			echo "${setting%%=*} = ${setting#*=}"
		done
	} >"$STAGE/extra.conf"
	as_server tee -a "$STAGE/data/postgresql.conf" <"$STAGE/extra.conf" >/dev/null
	as_server pg_ctl ${SERVER_PROGRAM:+-p "$SERVER_PROGRAM"} -D "$STAGE/data" -l "$STAGE/data/server.log" -w -s start ||
		{ cat "$STAGE/data/server.log" >&2; die "the server did not start"; }
}

stop_server() {
	if [ -f "$STAGE/data/postmaster.pid" ]; then
		as_server pg_ctl -D "$STAGE/data" -m fast -w -s stop ||
			as_server pg_ctl -D "$STAGE/data" -m immediate -w -s stop || true
	fi
}

end_stage() {
	# shellcheck disable=SC2086
	[ -z "${children:-}" ] || kill $children 2>/dev/null || true
	stop_server
	if [ -n "${CCCD_KEEP:-}" ]; then
		echo "cccd: kept $STAGE"
	else
		rm -rf "$STAGE"
	fi
}

# The server that the suites share; durability is tested elsewhere.
need_server() {
	[ -f "$STAGE/data/postmaster.pid" ] || start_server fsync=off
}

# run_pg_regress SUITE PROGRAM FOLDER INPUT TEST...: run pg_regress or its
# isolation twin in FOLDER of the copy of the tree, where expected/ stands, over
# the tests of INPUT.  Each test is printed when it is done, and the differences
# at the end if there are any.
run_pg_regress() {
	need_server
	suite=$1
	program=$(dirname "$("$PG_CONFIG" --pgxs)")/../../src/test/$2
	folder=$3
	input=$4
	shift 4
	# pg_regress itself would stop at the first such test
	for test in "$@"; do
		[ -f "$folder/expected/$test.out" ] || die "$folder/expected/$test.out is missing"
	done
	(cd "$STAGE/tree/$folder" && as_server "$program" \
		--bindir="$PGBIN" --inputdir="$input" --encoding=UTF8 --no-locale \
		--load-extension=cccd --load-extension=cccd_gate \
		--dbname="cccd_$suite" "$@" || true) 2>&1 | tee "$STAGE/$suite.log"
	good=$(grep -c '^test .* ok  \|^ok ' "$STAGE/$suite.log" || true)
	if [ "$good" != $# ]; then
		cat "$STAGE/tree/$folder/regression.diffs" "$STAGE/tree/output_iso/regression.diffs" 2>/dev/null || true
	fi
	tally "$suite" "$good" $(($# - good)) 0
}

# run_prove ARGUMENT...: TAP tests in the copy of the tree, with the server's
# own test modules.
run_prove() {
	src=$(dirname "$("$PG_CONFIG" --pgxs)")/../test
	echo "$SUPERUSER_ACTS" >"$STAGE/cluster.conf"
	(cd "$STAGE/tree" && mkdir -p tmp_check && { [ "$(id -u)" != 0 ] || chown postgres tmp_check; } &&
		as_server TEMP_CONFIG="$STAGE/cluster.conf" TESTDIR="$STAGE/tree" TESTDATADIR="$STAGE/tree/tmp_check" \
			LIBPQ="-I$("$PG_CONFIG" --includedir) -L$("$PG_CONFIG" --libdir) -lpq" \
			TESTLOGDIR="$STAGE/tree/tmp_check/log" PG_REGRESS="$src/regress/pg_regress" \
			prove -I "$src/perl" -I test/t "$@")
}

# chosen FOLDER EXTENSION: the names of a suite's tests, or of those in TESTS
chosen() {
	for name in ${TESTS:-}; do
		[ -f "$1/$name.$2" ] || echo "there is no test \"$name\" in $1" >&2
	done
	for name in $(names "$1" "$2"); do
		case " ${TESTS:-$name} " in *" $name "*) echo "$name" ;; esac
	done
}

# progress WHAT ALL: read one line for each thing that is done, and say every
# ten seconds how many of ALL are
progress() {
	done_things=0
	next_line=$(($(date +%s) + 10))
	while read -r _; do
		done_things=$((done_things + 1))
		[ "$(date +%s)" -ge "$next_line" ] || continue
		echo "$1: $done_things of $2"
		next_line=$(($(date +%s) + 10))
	done
}

# names FOLDER EXTENSION: the names of a suite's files
names() {
	for file in "$1"/*."$2"; do
		[ ! -f "$file" ] || basename "$file" ".$2"
	done
}

# abreast SUITE FUNCTION NAME...: call a function of this file for each name, as
# many at once as there are cores.  It prints what became of it, and writes how
# much passed and failed into build/SUITE/NAME.counts.
abreast() {
	suite=$1
	function=$2
	shift 2
	[ $# != 0 ] || return 0
	rm -f "build/$suite"/*.counts
	printf '%s\n' "$@" | xargs -P "$JOBS" -I NAME sh -c '. scripts/lib.sh
		"$1" "$2"' sh "$function" NAME || true
	for name; do
		[ -f "build/$suite/$name.counts" ] || echo "0 1"
	done >"build/$suite/without.counts"
	# shellcheck disable=SC2046
	tally "$suite" $(cat "build/$suite"/*.counts | awk '{ good += $1; bad += $2 } END { print good + 0, bad + 0 }') 0
}

# counted SUITE NAME PASSED FAILED: what a function of abreast() ends with
counted() {
	echo "$3 $4" >"build/$1/$2.counts"
	[ "$4" = 0 ] || cat "build/$1/$2.log"
	echo "$1 $2: $3 passed, $4 failed"
}

# unit_test NAME: compile and run a test of test/unit with $unit_flags
unit_test() {
	# shellcheck disable=SC2046,SC2086
	if gcc $unit_flags -o "build/unit/$1" "test/unit/$1.c" \
		$(links "test/unit/$1.c") build/unit/cores.a -lcrypto -lz -lm >"build/unit/$1.log" 2>&1 &&
		"build/unit/$1" >>"build/unit/$1.log" 2>&1; then
		counted unit "$1" "$(sed -n 's/^\([0-9]*\) checks$/\1/p' "build/unit/$1.log")" 0
	else
		counted unit "$1" 0 1
	fi
}

# fuzz_target NAME: compile a target of test/fuzz with $fuzz_flags, and run it
# over its seeds and then for FUZZ_SECONDS
fuzz_target() {
	corpus=build/fuzz/corpus_$1
	mkdir -p "$corpus"
	# shellcheck disable=SC2046,SC2086
	if clang $fuzz_flags -fsanitize=fuzzer -o "build/fuzz/$1" "test/fuzz/$1.c" \
		$(links "test/fuzz/$1.c") build/fuzz/cores.a -lcrypto -lz -lm >"build/fuzz/$1.log" 2>&1 &&
		"build/fuzz/$1" -seed="${FUZZ_SEED:-1}" -max_total_time="$FUZZ_SECONDS" -timeout=5 -rss_limit_mb=1024 \
			-max_len=8192 -artifact_prefix="build/fuzz/" -print_final_stats=1 -close_fd_mask=1 \
			"$corpus" "test/fuzz/seeds/$1" >>"build/fuzz/$1.log" 2>&1; then
		echo "$1: $(find "test/fuzz/seeds/$1" -type f | wc -l) seeds," \
			"$(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$1.log") executions"
		counted fuzz "$1" 1 0
	else
		tail -n 60 "build/fuzz/$1.log" >"build/fuzz/$1.tail"
		mv "build/fuzz/$1.tail" "build/fuzz/$1.log"
		counted fuzz "$1" 0 1
	fi
}

# core_archive FOLDER COMPILER FLAG...: the cores compiled once for all tests
# of a suite, into FOLDER/cores.a
core_archive() {
	folder=$1
	shift
	mkdir -p "$folder/cores"
	[ -f "$folder/cores.a" ] && [ -z "$(find src -name '*.[ch]' -newer "$folder/cores.a")" ] && return
	rm -f "$folder"/cores/*.o "$folder/cores.a"
	find src -name '*_core.c' | sort | xargs -P "$JOBS" -I '{}' sh -c '
		file=$1
		shift
		exec "$@" -c -o "'"$folder"'/cores/$(echo "${file%.c}" | tr / -).o" "$file"' sh '{}' "$@" ||
		die "a core does not compile"
	ar rcs "$folder/cores.a" "$folder"/cores/*.o
}

# links FILE: what a test of more than cores is linked with: the rest of its
# comment's line "link:"
links() {
	sed -n 's/^ \*[[:space:]]*link: *//p' "$1"
}

# make_calls PROGRAM: compile a program of test/calls
make_calls() {
	mkdir -p build/calls
	gcc -std=gnu99 -g -O1 -Wall -Wextra -Werror -Wno-unused-function -Wno-unused-parameter \
		-I"$("$PG_CONFIG" --includedir)" -o "build/calls/$1" "test/calls/$1.c" \
		-L"$("$PG_CONFIG" --libdir)" -lpq || die "test/calls/$1.c does not compile"
}
# make_pool DATABASE: a database with the values to call with
make_pool() {
	as_server createdb "$1"
	as_server psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -v data="$STAGE/tree/test/data" \
		-d "$1" -f "$STAGE/tree/test/calls/pool.sql" || die "no pool of values"
}

# make_bench TOPIC: compile the program that measures a core alone
make_bench() {
	bench_flags="-std=gnu99 -O2 -Wall -Wextra -Werror -Wno-unused-parameter -Isrc"
	# shellcheck disable=SC2086
	core_archive build/bench gcc $bench_flags
	# shellcheck disable=SC2046,SC2086
	gcc $bench_flags -o "build/bench/$1" "bench/$1.c" $(links "bench/$1.c") \
		build/bench/cores.a -lcrypto -lz -lm || die "bench/$1.c does not compile"
}
