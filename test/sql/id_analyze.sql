-- ANALYZE keeps no number: histograms hold place, sex and year only.

CREATE TABLE counted (id cccd_id, often cccd_id, few cccd_id, none cccd_id);
INSERT INTO counted
SELECT ((i % 63 + 1) * 1000000000::bigint + i % 4 * 100000000 + i % 100 * 1000000 + i * 31 % 1000000)::cccd_id,
       -- a third of the rows belongs to three people
       CASE WHEN i % 9 < 3 THEN 79301438570 + i % 3 ELSE 79301438576::bigint + i END::cccd_id,
       (79301438576::bigint + i % 5)::cccd_id,
       NULL
FROM generate_series(1, 20000) i;
ANALYZE counted;

SELECT attname, null_frac, avg_width, n_distinct < 0 OR n_distinct BETWEEN 1 AND 10 AS has_distinct,
       most_common_vals IS NULL AS no_values, most_common_freqs IS NULL AS no_frequencies,
       histogram_bounds IS NOT NULL AS has_histogram, correlation IS NOT NULL AS has_correlation
FROM pg_stats WHERE tablename = 'counted' ORDER BY attname;

-- nothing in the catalog row of any column has a random part
SELECT count(*) AS bounds, count(*) FILTER (WHERE v::bigint % 1000000 <> 0) AS with_random_part,
       count(*) FILTER (WHERE v < previous) AS out_of_order
FROM (SELECT v, lag(v) OVER (PARTITION BY attname ORDER BY n) AS previous
      FROM pg_stats, unnest(histogram_bounds::text::cccd_id[]) WITH ORDINALITY u(v, n)
      WHERE tablename = 'counted') z;
SELECT count(*) AS rows_with_a_number
FROM pg_statistic s WHERE starelid = 'counted'::regclass
  AND concat_ws(' ', stavalues1, stavalues2, stavalues3, stavalues4, stavalues5) ~ '[0-9]{6}(?!000000)[0-9]{6}';

-- a domain and an index expression are no way round
CREATE DOMAIN person_number AS cccd_id;
CREATE TABLE counted_too AS SELECT id::person_number FROM counted;
CREATE INDEX ON counted_too ((coalesce(id, '000000000000')));
ANALYZE counted_too;
SELECT count(*) AS columns, count(*) FILTER (WHERE most_common_vals IS NOT NULL
           OR histogram_bounds::text ~ '[0-9]{6}(?!000000)[0-9]{6}') AS with_a_number
FROM pg_stats WHERE tablename LIKE 'counted_too%';

-- the planner can still tell a part from the whole: the estimate of a range of
-- places is within a factor of two of its true share
CREATE FUNCTION estimate(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END $$;
SELECT p AS places, estimate(format('SELECT FROM counted WHERE id < cccd_id_place_first(%s)', p)) / r BETWEEN 0.5 AND 2 AS near
FROM unnest('{5,20,40,63,64}'::int[]) p,
     LATERAL (SELECT count(*)::numeric AS r FROM counted WHERE cccd_id_place(id) < p) z;
SELECT estimate('SELECT FROM counted WHERE id = ''079301438576''') AS one_of_many,
       estimate('SELECT FROM counted WHERE few = ''079301438576''') AS one_of_five;

-- a place that is smaller than a hundredth of the people
CREATE TABLE spread AS
SELECT (place::bigint * 1000000000 + n)::cccd_id AS id FROM generate_series(1, 40) place,
     LATERAL generate_series(1, CASE WHEN place = 38 THEN 100 ELSE 1000 END) n;
ANALYZE spread;
SELECT estimate('SELECT FROM spread WHERE cccd_id_in_place(id, 38)') BETWEEN 33 AND 300 AS small_place,
       estimate('SELECT FROM spread WHERE cccd_id_in_place(id, 7)') BETWEEN 500 AND 2000 AS usual_place;
DROP TABLE spread;

-- a statistics target of zero, and an empty table
ALTER TABLE counted ALTER COLUMN id SET STATISTICS 0;
ANALYZE counted (id);
TRUNCATE counted_too;
ANALYZE counted_too;

DROP TABLE counted, counted_too;
DROP DOMAIN person_number;
DROP FUNCTION estimate(text);
