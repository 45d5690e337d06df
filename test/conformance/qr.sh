# Pictures of codes: damaged cards by kind of damage, the certificate pictures
# of the European test sets, and 2,000 card texts made and read again.
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
