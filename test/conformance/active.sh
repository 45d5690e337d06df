# Active authentication against other people's answers of chips.
need_server
log=$STAGE/conformance_active.log
as_server createdb conformance_active
as_server psql -X -q -v ON_ERROR_STOP=1 -d conformance_active -c 'CREATE EXTENSION cccd' \
	-c "ALTER DATABASE conformance_active SET cccd_test.data = '$CCCD_TEST_DATA/chip'" >"$log" 2>&1 &&
	as_server psql -X -q -v ON_ERROR_STOP=1 -d conformance_active \
		-f "$STAGE/tree/test/conformance/active.sql" >>"$log" 2>&1 ||
	{ cat "$log"; tally "conformance active" 0 1 0; }
as_server psql -X -q -A -t -d conformance_active -c "SELECT family, CASE WHEN good THEN 'ok' ELSE 'NOT OK' END, item, 'wanted ' || wanted, 'got ' || got FROM result" >>"$log"
grep 'NOT OK' "$log" || true
mkdir -p build/conformance
cp "$log" build/conformance/active.log
as_server psql -X -q -A -t -F ' ' -d conformance_active -c "
	SELECT replace(family, ' ', '_'), count(*) FILTER (WHERE good), count(*) FILTER (WHERE NOT good OR good IS NULL)
	FROM result GROUP BY family ORDER BY family" >"$STAGE/conformance_active.sum"
while read -r family good bad; do
	tally "conformance active $family" "$good" "$bad" 0
done <"$STAGE/conformance_active.sum"
