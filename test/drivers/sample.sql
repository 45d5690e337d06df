-- What every driver reads, in text and in binary, and writes back: for each
-- type a table of values and arrays, and an empty table for what comes back.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';

CREATE TABLE sample_cccd_id (n int PRIMARY KEY, v cccd_id, a cccd_id[]);
INSERT INTO sample_cccd_id VALUES (1, '000000000000', '{}'), (2, '079201012345', '{001090000001,NULL,999999999999}'), (3, NULL, NULL);
INSERT INTO sample_cccd_id SELECT i, (i * 9876543)::bigint::cccd_id, ARRAY[[(i * 7)::bigint::cccd_id, NULL], ['096300000001'::cccd_id, '001099999999']] FROM generate_series(4, 200) i;

CREATE TABLE sample_cccd_health (n int PRIMARY KEY, v cccd_health, a cccd_health[]);
INSERT INTO sample_cccd_health VALUES
    (1, '', '{}'), (2, NULL, NULL),
    (3, 'dose 2021-06-01 product ''EU/1/20/1528'' number 1 national signed; test 2021-11-15 08:30 pcr negative certificate signed',
        ARRAY['recovery 2021-08-01 until 2022-02-01 paper', NULL, '', 'isolation 2021-11-10 until 2021-11-24; exposure 2021-11-09; contraindication 2021-01-01; credential 2021-01-01 insurance signed; declaration 2021-11-15 no_symptoms until 2021-11-16; registration 2021-11-15 vaccination; consultation 2021-11-15 doctor']::cccd_health[]);
INSERT INTO sample_cccd_health
SELECT 3 + i, cccd_health_agg(CASE k % 3 WHEN 0 THEN 'test' ELSE 'dose' END, timestamptz '2021-01-01' + i * k * interval '7 h', NULL, CASE WHEN k % 3 = 0 THEN 'negative' END, NULL), NULL
FROM generate_series(1, 50) i, generate_series(1, 12) k WHERE k <= 1 + i % 12 GROUP BY i;

CREATE TABLE sample_cccd_rule (n int PRIMARY KEY, v cccd_rule, a cccd_rule[]);
INSERT INTO sample_cccd_rule VALUES
    (1, '', '{}'), (2, NULL, NULL), (3, 'doses >= 2', '{"doses = 0",NULL,""}'),
    (4, '(doses >= 2 and since(last_dose) >= 14 days or since(recovery) <= 6 months) and not isolated and since(negative(pcr)) <= 72 hours', NULL),
    (5, 'doses(product = ''EU/1/20/1528'', signed) >= 1 and (age < 12 years and accompanied or ticket)', ARRAY['evidence = qr and place = 79']::cccd_rule[]);

CREATE TABLE sample_cccd_bound (n int PRIMARY KEY, v cccd_bound, a cccd_bound[]);
INSERT INTO sample_cccd_bound
SELECT n, cccd_rule_bind(v, '2021-11-16 19:00+07', cccd_context(ticket => n % 2 = 0, birth_date => '1990-05-31')),
       ARRAY[cccd_rule_bind(v, '2022-02-28 00:00+07', ''), NULL]
FROM sample_cccd_rule;

CREATE TABLE sample_cccd_context (n int PRIMARY KEY, v cccd_context, a cccd_context[]);
INSERT INTO sample_cccd_context VALUES
    (1, '', '{}'), (2, NULL, NULL), (3, cccd_context(true, false, 'qr', 1, 4, '2010-02-28', 'F', 79), ARRAY[cccd_context(ticket => true), NULL]),
    (4, cccd_context(birth_date => '1899-12-31', sex => 'M'), NULL);

CREATE TABLE sample_cccd_trust (n int PRIMARY KEY, v cccd_trust, a cccd_trust[]);
INSERT INTO sample_cccd_trust
SELECT 1, cccd_trust_from_certificate(pg_read_binary_file(:'csca')), NULL;
INSERT INTO sample_cccd_trust SELECT 2, NULL, ARRAY[v, NULL] FROM sample_cccd_trust;

CREATE TABLE type (name text PRIMARY KEY, wrong_text text NOT NULL, wrong_binary bytea NOT NULL);
INSERT INTO type VALUES
    ('cccd_id', '07920101234', '\x7fffffffffffffff'), ('cccd_health', 'dose tomorrow', '\xff'),
    ('cccd_rule', 'doses >', '\x2828'), ('cccd_bound', 'bound to fail', '\x00'),
    ('cccd_context', 'tickets=yes', '\xffffffffffffffff'), ('cccd_trust', 'no one', '\x00');
SELECT format('CREATE TABLE copy_%s (LIKE sample_%1$s)', name) FROM type \gexec

-- what a driver must have written back, and a fresh start for the next
CREATE FUNCTION differences(type text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    result bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM sample_%s s FULL JOIN copy_%1$s c USING (n)
                    WHERE c.v::text IS DISTINCT FROM s.v::text OR c.a::text IS DISTINCT FROM s.a::text
                       OR %1$s_send(c.v) IS DISTINCT FROM %1$s_send(s.v) OR c.n IS NULL', type) INTO result;
    EXECUTE format('TRUNCATE copy_%s', type);
    RETURN result;
END $$;
