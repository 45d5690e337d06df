-- The questions of the tests of cccd_count(), and the count that it is compared
-- with.  Read after random_rules.sql.
CREATE TABLE question AS
SELECT n, cccd_bound_rule(b) AS rule, cccd_bound_at(b) AS at, cccd_bound_context(b) AS context
FROM generate_series(1, 400) n, LATERAL (SELECT random_bound(n + 5000 * (n > 1)::int)) r(b);

-- how many of the questions are answered differently by a sequential scan
CREATE FUNCTION differences(relation regclass, first int, last int, OUT asked bigint, OUT wrong bigint, OUT somebody boolean) LANGUAGE plpgsql
SET enable_indexscan = off SET enable_bitmapscan = off SET enable_indexonlyscan = off AS $$
DECLARE
    q question;
    people bigint;
    found bigint := 0;
BEGIN
    asked := 0;
    wrong := 0;
    FOR q IN SELECT * FROM question WHERE n BETWEEN first AND last ORDER BY n LOOP
        EXECUTE format('SELECT count(*) FROM %s WHERE cccd_eligible(health, $1, $2, $3)', relation)
            INTO people USING q.rule, q.at, q.context;
        asked := asked + 1;
        found := found + (people > 0)::int;
        wrong := wrong + (cccd_count(relation, q.rule, q.at, q.context, 'health') IS DISTINCT FROM people)::int;
    END LOOP;
    somebody := found > asked / 2;
END $$;
