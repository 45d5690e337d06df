# The files that belong to no document, and that no file was passed over: what
# is left over must be what the case names.
conformance_cases chip_file chip
(cd "$CCCD_TEST_DATA/chip" && find . -type f ! -name 'LICENSE*' ! -name README.md) |
	sed 's!^\./!!' | LC_ALL=C sort >"$STAGE/conformance_there"
LC_ALL=C sort -u "$STAGE/conformance_read" | LC_ALL=C comm -23 "$STAGE/conformance_there" - >"$STAGE/conformance_left"
if [ "$(cat "$STAGE/conformance_left")" = "zkpassport-circuits/csca-packaged-certs.json" ]; then
	echo "ok      every file was read but one, which holds bare keys and no certificate:" \
		"$(cat "$STAGE/conformance_left")"
	tally "conformance chip every_file" 1 0 0
else
	sed 's/^/NOT OK  not read: /' "$STAGE/conformance_left"
	tally "conformance chip every_file" 0 1 0
fi
