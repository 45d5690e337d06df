-- Health certificates through the executor: reading and verifying ten thousand
-- in one statement, by algorithm; facts of a person with five certificates; as
-- many hostile ones as a call takes, in honest ones; two workers.
\getenv stage STAGE
\set folder :stage '/tree/test/data/hcert/'
\set scans :folder 'scans.txt'
\set QUIET on
\pset format unaligned
\t on
SET max_parallel_workers_per_gather = 0;

CREATE TABLE fixture (name text, scan text);
COPY fixture FROM :'scans' (DELIMITER '|');
CREATE TABLE trust AS
SELECT cccd_trust_agg(cccd_trust_from_certificate(pg_read_binary_file(:'folder' || name || '.der'), 'health_certificate')) AS trust
FROM unnest('{vn,xa}'::text[]) name;
CREATE TABLE shown AS SELECT name, scan FROM fixture, generate_series(1, 10000) WHERE name IN ('dose2', 'pcr');
CREATE TABLE person AS SELECT array_agg(scan) AS scans FROM fixture, generate_series(1, 2000) n WHERE name IN ('dose1', 'dose2', 'dose2_corrected', 'pcr', 'antigen') GROUP BY n;
VACUUM ANALYZE shown, person;

-- calls per second of a statement that counts good rows, the best of three
CREATE FUNCTION rate(query text, wanted bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    best double precision := 'infinity';
    start timestamptz;
    got bigint;
BEGIN
    FOR k IN 1..3 LOOP
        start := clock_timestamp();
        EXECUTE query INTO got;
        best := least(best, extract(epoch FROM clock_timestamp() - start));
        IF got <> wanted THEN
            RAISE EXCEPTION 'got % instead of %', got, wanted;
        END IF;
    END LOOP;
    RETURN wanted / best;
END $$;

SELECT 'a row of certificates alone: ' || rate('SELECT count(length(scan) > 1) FROM shown', 20000) || '/s';
SELECT name || ', decode with content as jsonb: '
       || rate(format('SELECT count(*) FROM shown s, cccd_certificate_decode(scan) WHERE s.name = %L AND status = ''ok''', name), 10000) || '/s'
FROM fixture WHERE name IN ('dose2', 'pcr') ORDER BY name;
SELECT algorithm || ', decode and verify: '
       || rate(format('SELECT count(*) FROM trust, shown s, cccd_certificate_verify(scan, trust, ''2026-03-01'') WHERE s.name = %L AND valid', x.name), 10000) || '/s'
FROM (VALUES ('PS256', 'dose2'), ('ES256', 'pcr')) x (algorithm, name);
SELECT 'facts of five certificates, verified: '
       || rate('SELECT count(*) FROM trust, person, cccd_health_from_certificates(scans, trust, ''2026-03-01'') h WHERE h <> ''''', 2000) || ' persons/s';

-- hostile: seals that name a CSCA which did not sign their signer, between JSON
-- of as many members as there may be
\set seals :stage '/tree/test/data/vdsnc/scans.txt'
\set csca :stage '/tree/test/data/vdsnc/csca.der'
\set csca2 :stage '/tree/test/data/vdsnc/csca2.der'
CREATE TABLE seal (name text, scan text);
COPY seal FROM :'seals' (FORMAT csv, DELIMITER '|', QUOTE E'\x01');
CREATE TABLE attack AS
SELECT o.scan AS honest,
       (SELECT array_agg(CASE WHEN k % 2 = 0 THEN h.scan || repeat(' ', k) ELSE wide || repeat(' ', k) END)
        FROM seal h, generate_series(1, 32) k,
             (SELECT '{"icao.":[' || string_agg('{' || members || '}', ',') || ']}' AS wide
              FROM generate_series(1, 2), (SELECT string_agg(format('"%s%s":0', repeat('a', 40), m), ',' ORDER BY m DESC) AS members FROM generate_series(0, 63) m) o) w
        WHERE h.name = 'other_csca') AS hostile,
       cccd_trust_from_certificate(pg_read_binary_file(:'csca'), 'health_certificate') || cccd_trust_from_certificate(pg_read_binary_file(:'csca2'), 'health_certificate') AS trust
FROM seal o WHERE o.name = 'two_doses';
SELECT '32 hostile seals in a call: '
       || round(rate('SELECT count(*) FROM generate_series(1, 500) g, attack, cccd_certificate_verify(honest || repeat('' '', g % 9), trust, ''2026-03-01'') WHERE valid', 500)::numeric
                / rate('SELECT count(*) / 32 FROM generate_series(1, 50) g, attack, cccd_certificates_read(hostile[1:32 + g % 2], trust, ''2026-03-01'') WHERE NOT valid', 50), 1)
       || ' times an honest one (bound 40)';

SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
ALTER TABLE shown SET (parallel_workers = 2);
SELECT algorithm || ', decode and verify, two workers: '
       || rate(format('SELECT count(*) FROM shown s WHERE s.name = %L AND (cccd_certificate_verify(scan, %L, ''2026-03-01'')).valid', x.name, (SELECT trust::text FROM trust)), 10000) || '/s'
FROM (VALUES ('PS256', 'dose2'), ('ES256', 'pcr')) x (algorithm, name);
