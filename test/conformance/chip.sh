# Passive authentication against other people's documents and lists.
need_server
log=$STAGE/conformance_chip.log
as_server createdb conformance_chip
as_server psql -X -q -v ON_ERROR_STOP=1 -d conformance_chip -c 'CREATE EXTENSION cccd' \
	-c "ALTER DATABASE conformance_chip SET cccd_test.data = '$CCCD_TEST_DATA/chip'" >"$log" 2>&1 &&
	as_server psql -X -q -v ON_ERROR_STOP=1 -d conformance_chip \
		-f "$STAGE/tree/test/conformance/chip.sql" >>"$log" 2>&1 ||
	{ cat "$log"; tally "conformance chip" 0 1 0; }
as_server psql -X -q -A -t -d conformance_chip -c "SELECT family, CASE WHEN good THEN 'ok' ELSE 'NOT OK' END, item, 'wanted ' || wanted, 'got ' || got FROM result" >>"$log"
grep 'NOT OK' "$log" || true
mkdir -p build/conformance
cp "$log" build/conformance/chip.log
as_server psql -X -q -A -t -F ' ' -d conformance_chip -c "
	SELECT replace(family, ' ', '_'), count(*) FILTER (WHERE good), count(*) FILTER (WHERE NOT good OR good IS NULL)
	FROM result GROUP BY family ORDER BY family" >"$STAGE/conformance_chip.sum"
while read -r family good bad; do
	tally "conformance chip $family" "$good" "$bad" 0
done <"$STAGE/conformance_chip.sum"
