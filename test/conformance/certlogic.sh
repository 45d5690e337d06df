# CertLogic against other people's expressions, rules and cases.
need_server
log=$STAGE/conformance_certlogic.log
as_server createdb conformance_certlogic
as_server psql -X -q -v ON_ERROR_STOP=1 -d conformance_certlogic -c 'CREATE EXTENSION cccd' \
	-c "ALTER DATABASE conformance_certlogic SET cccd_test.data = '$CCCD_TEST_DATA/health-certificates'" >"$log" 2>&1 &&
	as_server psql -X -q -v ON_ERROR_STOP=1 -d conformance_certlogic \
		-f "$STAGE/tree/test/conformance/certlogic.sql" >>"$log" 2>&1 ||
	{ cat "$log"; tally "conformance certlogic" 0 1 0; }
as_server psql -X -q -A -t -d conformance_certlogic -c "SELECT family, CASE WHEN good THEN 'ok' ELSE 'NOT OK' END, item, 'wanted ' || wanted, 'got ' || got FROM result" >>"$log"
as_server psql -X -q -A -t -d conformance_certlogic -c "
	SELECT 'skipped: ' || family || ' ' || item || ': ' || why FROM skipped" >>"$log"
grep -E 'NOT OK|^skipped' "$log" || true
mkdir -p build/conformance
cp "$log" build/conformance/certlogic.log
as_server psql -X -q -A -t -F ' ' -d conformance_certlogic -c "
	SELECT replace(family, ' ', '_'), count(*) FILTER (WHERE good), count(*) FILTER (WHERE NOT good OR good IS NULL),
	       (SELECT count(*) FROM skipped s WHERE s.family = r.family)
	FROM result r GROUP BY family ORDER BY family" >"$STAGE/conformance_certlogic.sum"
while read -r family good bad left_out; do
	tally "conformance certlogic $family" "$good" "$bad" "$left_out"
done <"$STAGE/conformance_certlogic.sum"
