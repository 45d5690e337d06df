-- Passive authentication through the executor: a thousand readings of a card in
-- one statement, by key; the first reading in a session; a list of many
-- certificates as the trust value; two workers.
\getenv stage STAGE
\set folder :stage '/tree/test/data/chip/'
\set QUIET on
\pset format unaligned
\t on
SET max_parallel_workers_per_gather = 0;

CREATE FUNCTION file(folder text, name text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT pg_read_binary_file(folder || name) $$;
CREATE TABLE trust AS
SELECT cccd_trust_from_certificate(file(:'folder', 'csca1.der')) || cccd_trust_from_certificate(file(:'folder', 'csca2.der'))
       || cccd_trust_from_crl(file(:'folder', 'empty.crl')) AS trust;
CREATE TABLE reading (kind text, sod bytea, groups bytea[]);
INSERT INTO reading
SELECT kind, file(:'folder', card || '.sod'), ARRAY[file(:'folder', card || '.dg1'), file(:'folder', card || '.dg2'), file(:'folder', card || '.dg13'), file(:'folder', card || '.dg15')]
FROM (VALUES ('RSA-2048', 'card1'), ('brainpoolP384r1', 'card2')) k (kind, card), generate_series(1, 1000);
VACUUM ANALYZE reading;

-- milliseconds of a statement that counts trusted readings, the best of three
CREATE FUNCTION best(query text, wanted bigint) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    best double precision := 'infinity';
    start timestamptz;
    got bigint;
BEGIN
    FOR k IN 1..3 LOOP
        start := clock_timestamp();
        EXECUTE query INTO got;
        best := least(best, 1000 * extract(epoch FROM clock_timestamp() - start));
        IF got <> wanted THEN
            RAISE EXCEPTION 'got % instead of %', got, wanted;
        END IF;
    END LOOP;
    RETURN round(best::numeric, 1);
END $$;

SELECT kind || ': 1000 readings in ' || best(format(
    'SELECT count(*) FROM reading, trust, cccd_chip_verify(sod, groups, trust, %L) WHERE kind = %L AND trusted', '2026-11-23', kind), 1000) || ' ms'
FROM (VALUES ('RSA-2048'), ('brainpoolP384r1')) k (kind);

SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
ALTER TABLE reading SET (parallel_workers = 2);
SELECT kind || ', two workers: 1000 readings in ' || best(format(
    'SELECT count(*) FROM reading WHERE kind = %L AND (cccd_chip_verify(sod, groups, %L, %L)).trusted', kind, (SELECT trust::text FROM trust), '2026-11-23'), 1000) || ' ms'
FROM (VALUES ('RSA-2048'), ('brainpoolP384r1')) k (kind);

SELECT 'union of two trust values: ' || best('SELECT count(trust || trust) FROM trust', 1) || ' ms';
