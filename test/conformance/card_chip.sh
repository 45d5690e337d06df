# DG1 and DG13 of other people's documents.
need_server
log=$STAGE/conformance_card_chip.log
as_server createdb conformance_card_chip
as_server psql -X -q -v ON_ERROR_STOP=1 -d conformance_card_chip -c 'CREATE EXTENSION cccd' \
	-c "ALTER DATABASE conformance_card_chip SET cccd_test.data = '$CCCD_TEST_DATA/chip'" >"$log" 2>&1 &&
	as_server psql -X -q -v ON_ERROR_STOP=1 -d conformance_card_chip \
		-f "$STAGE/tree/test/conformance/card_chip.sql" >>"$log" 2>&1 ||
	{ cat "$log"; tally "conformance card_chip" 0 1 0; }
as_server psql -X -q -A -t -d conformance_card_chip -c "SELECT CASE WHEN good THEN 'ok' ELSE 'NOT OK' END, item, 'wanted ' || wanted, 'got ' || got FROM result" >>"$log"
grep 'NOT OK' "$log" || true
mkdir -p build/conformance
cp "$log" build/conformance/card_chip.log
as_server psql -X -q -A -t -F ' ' -d conformance_card_chip -c "
	SELECT count(*) FILTER (WHERE good), count(*) FILTER (WHERE NOT good OR good IS NULL)
	FROM result HAVING count(*) > 0" >"$STAGE/conformance_card_chip.sum"
while read -r good bad; do
	tally "conformance card_chip" "$good" "$bad" 0
done <"$STAGE/conformance_card_chip.sum"
