-- A plan without what only some versions say: since 18 a line tells that a scan
-- is disabled, since 19 one what a result without rows replaces.
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line !~ '^ *(Disabled|Replaces): ' THEN
            RETURN NEXT line;
        END IF;
    END LOOP;
END $$;
