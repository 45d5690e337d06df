# Pictures of codes: damaged cards by kind of damage, the certificate pictures
# of the European test sets, and 2,000 card texts made and read again.
# CCCD_QR_PAYLOADS=1 makes all twelve codes of each text, not one of twelve.
need_server
cp -R "$CCCD_TEST_DATA/qr" "$STAGE/qr"
cp -R "$CCCD_TEST_DATA/health-certificates" "$STAGE/certificates"
chmod -R a+rX,u+w "$STAGE/qr" "$STAGE/certificates"
as_server createdb conformance_qr
as_server psql -X -q -v ON_ERROR_STOP=1 -d conformance_qr -v data="$STAGE" \
	-c 'SET client_min_messages = warning' -c 'CREATE EXTENSION cccd' \
	-f "$STAGE/tree/test/conformance/qr.sql" >"$STAGE/conformance_qr.log" 2>&1 || true
cat "$STAGE/conformance_qr.log"
good=$(grep -c '^ok ' "$STAGE/conformance_qr.log" || true)
tally "conformance qr" "$good" $((7 - good)) 0

# The kinds of segments need libqrencode itself, so this is a program.
mkdir -p build
# shellcheck disable=SC2046
gcc -std=gnu99 -O2 -Wall -Wextra -Werror -Isrc -Itest/unit -o build/qr_payload test/conformance/qr_payload.c \
	$(find src -name '*_core.c') $(links test/conformance/qr_payload.c) -lcrypto -lz -lm ||
	die "test/conformance/qr_payload.c does not compile"
as_server psql -X -q -A -t -d conformance_qr -c 'SELECT normalize(payload, NFD) FROM payloads' >"$STAGE/payloads_nfd.txt"
for texts in "$STAGE/qr/payloads.txt" "$STAGE/payloads_nfd.txt"; do
	echo "$(basename "$texts" .txt):"
	build/qr_payload "$texts" "${CCCD_QR_PAYLOADS:-12}" >"$STAGE/conformance_qr.log" || true
	cat "$STAGE/conformance_qr.log"
	good=$(grep -c '^ok ' "$STAGE/conformance_qr.log" || true)
	tally "conformance qr $(basename "$texts" .txt)" "$good" $((12 - good)) 0
done
