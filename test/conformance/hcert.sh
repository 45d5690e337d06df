# Health certificates that others issued, with what is known of each.
need_server
log=$STAGE/conformance_hcert.log
as_server createdb conformance_hcert
as_server psql -X -q -v ON_ERROR_STOP=1 -d conformance_hcert -c 'CREATE EXTENSION cccd' \
	-c "ALTER DATABASE conformance_hcert SET cccd_test.data = '$CCCD_TEST_DATA/health-certificates'" >"$log" 2>&1 &&
	as_server psql -X -q -v ON_ERROR_STOP=1 -d conformance_hcert \
		-f "$STAGE/tree/test/conformance/hcert.sql" >>"$log" 2>&1 ||
	{ cat "$log"; tally "conformance hcert" 0 1 0; }
as_server psql -X -q -A -t -d conformance_hcert -c "SELECT family, CASE WHEN good THEN 'ok' ELSE 'NOT OK' END, item, 'wanted ' || wanted, 'got ' || got FROM result" >>"$log"
grep 'NOT OK' "$log" || true
mkdir -p build/conformance
cp "$log" build/conformance/hcert.log
as_server psql -X -q -A -t -F ' ' -d conformance_hcert -c "
	SELECT replace(family, ' ', '_'), count(*) FILTER (WHERE good), count(*) FILTER (WHERE NOT good OR good IS NULL)
	FROM result GROUP BY family ORDER BY family" >"$STAGE/conformance_hcert.sum"
while read -r family good bad; do
	tally "conformance hcert $family" "$good" "$bad" 0
done <"$STAGE/conformance_hcert.sum"
