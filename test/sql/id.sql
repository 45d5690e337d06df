-- cccd_id: what is a number, how it is read and written, what its digits say.
-- All numbers are invented.

-- twelve digits are a number, whatever they say
SELECT t::cccd_id AS id, t::cccd_id::text = t AS same
FROM unnest('{000000000000,000000000001,001099012345,079301000001,999203123456,999999999999}'::text[]) t;

-- anything else is not, and the message does not repeat it
SELECT ''::cccd_id;
SELECT '07920100123'::cccd_id;
SELECT '0792010012345'::cccd_id;
SELECT '00000000000000000000000000079201001234'::cccd_id;
SELECT ' 79201001234'::cccd_id;
SELECT '079201001234 '::cccd_id;
SELECT E'079201001234\n'::cccd_id;
SELECT '+79201001234'::cccd_id;
SELECT '-79201001234'::cccd_id;
SELECT '07920100123x'::cccd_id;
SELECT '0x9201001234'::cccd_id;
SELECT '079.20100123'::cccd_id;
SELECT '079 201 001 234'::cccd_id;
SELECT '０７９２０１００１２３４'::cccd_id;
\set VERBOSITY sqlstate
SELECT '07920100123'::cccd_id;
SELECT 'abc'::text::cccd_id;
\set VERBOSITY default

-- no error of text input holds three characters of the text in a row
CREATE FUNCTION refusal(t text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE message text; detail text; hint text;
BEGIN
    PERFORM t::cccd_id;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN SQLSTATE || message || detail || hint;
END $$;
SELECT count(*) AS texts,
       count(*) FILTER (WHERE r !~ '^22P02invalid input syntax for type cccd_id') AS other_errors,
       count(*) FILTER (WHERE EXISTS (
           SELECT FROM generate_series(1, length(t) - 2) i WHERE strpos(r, substr(t, i, 3)) > 0)) AS echoes
FROM (SELECT t, refusal(t) AS r
      FROM (SELECT overlay('079301438576' placing x from i for 1) AS t
            FROM generate_series(1, 12) i, unnest('{x,%,"",$1,é}'::text[]) x
            UNION ALL SELECT left('0793014385767930143857', i) FROM generate_series(3, 22) i WHERE i <> 12) g) z;

-- where the server knows soft errors (16 and later), these are soft
DO $$
DECLARE valid boolean;
BEGIN
    IF to_regprocedure('pg_input_is_valid(text, text)') IS NOT NULL THEN
        EXECUTE $q$SELECT pg_input_is_valid('079301000001', 'cccd_id')
                   AND NOT pg_input_is_valid('07930100000', 'cccd_id')
                   AND NOT pg_input_is_valid('07930100000x', 'cccd_id')$q$ INTO valid;
        IF NOT valid THEN RAISE 'pg_input_is_valid() is wrong'; END IF;
    END IF;
END $$;

-- random numbers: text to number to text, and the number as bigint
SELECT count(*) AS differences
FROM (SELECT lpad((mod(i * 7919::numeric * 104729 * 1299709, 1000000000000))::text, 12, '0') AS t
      FROM generate_series(1, 20000) i) z
WHERE t::cccd_id::text IS DISTINCT FROM t
   OR t::cccd_id::bigint IS DISTINCT FROM t::bigint
   OR t::bigint::cccd_id IS DISTINCT FROM t::cccd_id;

-- casts are explicit, and refuse what is not a number without repeating it
SELECT 79301000001::bigint::cccd_id, '079301000001'::cccd_id::bigint;
SELECT 0::bigint::cccd_id, 999999999999::bigint::cccd_id;
SELECT 1000000000000::bigint::cccd_id;
SELECT (-1)::bigint::cccd_id;
SELECT (-9223372036854775808)::bigint::cccd_id;
SELECT 1099012345::cccd_id, 0::cccd_id, 2147483647::cccd_id, CAST(7::smallint::integer AS cccd_id);
SELECT 79301000001::cccd_id, 79301000001.00::cccd_id, 999999999999.0::cccd_id, 0.000::numeric::cccd_id, 7.9301000001e10::cccd_id;
SELECT '079301000001'::cccd_id::numeric, '000000000000'::cccd_id::numeric, '079301000001'::cccd_id::numeric::cccd_id;
SELECT (-1)::integer::cccd_id;
CREATE FUNCTION pg_temp.refusal(value numeric, OUT state text, OUT message text, OUT detail text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM value::cccd_id;
    state := 'taken';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
END $$;
SELECT v, (pg_temp.refusal(v)).*
FROM unnest('{-1,-0.5,0.5,1.0000001,999999999999.5,1000000000000,1e131071,1e-16383,NaN,Infinity,-Infinity}'::numeric[]) WITH ORDINALITY u(v, n)
WHERE length(v::text) < 30 ORDER BY n;
SELECT (pg_temp.refusal(v)).* FROM unnest('{1e131071,1e-16383}'::numeric[]) v;
\set VERBOSITY sqlstate
SELECT 1000000000000::bigint::cccd_id;
SELECT 79301000001::cccd_id = 79301000001::bigint;
SELECT '079301000001'::cccd_id::integer;
SELECT '079301000001'::cccd_id + 1;
SELECT '079301000001'::cccd_id = '079301000001'::text;
SELECT length('079301000001'::cccd_id);
CREATE TEMP TABLE plain (n bigint, t text);
INSERT INTO plain (n) VALUES ('079301000001'::cccd_id);
CREATE TEMP TABLE numbered (id cccd_id);
INSERT INTO numbered VALUES (79301000001);
INSERT INTO numbered VALUES (1099012345);
INSERT INTO numbered VALUES (1099012345.0);
\set VERBOSITY default

-- 8 bytes, stored as bigint is (by value where a pointer has 8 bytes), in network order on the wire
SELECT (c.typlen, c.typbyval, c.typalign, c.typstorage) = (b.typlen, b.typbyval, b.typalign, b.typstorage) AS as_bigint,
    c.typlen, c.typcategory, c.typispreferred
FROM pg_type c, pg_type b WHERE c.typname = 'cccd_id' AND b.typname = 'int8';
SELECT cccd_id_send('079301000001'), cccd_id_send('000000000000'), cccd_id_send('999999999999');

-- COPY in binary: what goes out comes back
CREATE TABLE sent (id cccd_id);
INSERT INTO sent SELECT ((i * 999983::bigint * 7919) % 1000000000000)::cccd_id FROM generate_series(1, 5000) i;
INSERT INTO sent VALUES (NULL), ('000000000000'), ('999999999999');
CREATE TABLE received (LIKE sent);
\copy sent to 'results/id.copy' (format binary)
\copy received from 'results/id.copy' (format binary)
SELECT count(*) AS differences
FROM (SELECT id, count(*) FROM sent GROUP BY id) s
FULL JOIN (SELECT id, count(*) FROM received GROUP BY id) r ON s.id IS NOT DISTINCT FROM r.id AND s.count = r.count
WHERE s.count IS NULL OR r.count IS NULL;

-- hostile binary input: any field as a COPY file, the answer of the server
CREATE FUNCTION receive(field bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    -- signature, flags, no extension, a row of one field; then the trailer
    file bytea := '\x5047434f50590aff0d0a0000000000000000000001'::bytea
                  || int4send(length(field)) || field || '\xffff'::bytea;
    octal text; result text; detail text;
BEGIN
    SELECT string_agg(format('\%s%s%s', b / 64, b / 8 % 8, b % 8), '' ORDER BY i) INTO octal
    FROM (SELECT i, get_byte(file, i) AS b FROM generate_series(0, length(file) - 1) i) z;
    TRUNCATE received;
    EXECUTE format('COPY received FROM PROGRAM %L (FORMAT binary)', 'printf ''' || octal || '''');
    SELECT 'ok ' || id INTO result FROM received;
    RETURN result;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN concat_ws(': ', SQLSTATE, SQLERRM, nullif(detail, ''));
END $$;
SELECT v AS value, receive(int8send(v)) AS answer
FROM unnest('{0,79301000001,999999999999,1000000000000,-1,-9223372036854775808,9223372036854775807}'::bigint[]) v;
SELECT length(f) AS bytes, receive(f) AS answer
FROM unnest('{"\\x","\\x00","\\x00000012767d4c","\\x00000012767d4c0100"}'::bytea[]) f;
-- every bit of a number turned over: accepted exactly when it is one
SELECT count(*) AS flips, count(*) FILTER (WHERE receive(int8send(v)) LIKE 'ok %') AS accepted,
       count(*) FILTER (WHERE receive(int8send(v)) IS DISTINCT FROM
           CASE WHEN v BETWEEN 0 AND 999999999999 THEN 'ok ' || lpad(v::text, 12, '0')
                ELSE '22P03: invalid external "cccd_id" value: The value is not between 0 and 999999999999.' END) AS differences
FROM (SELECT 79301438576::bigint # (1::bigint << b) AS v FROM generate_series(0, 63) b) z;
DROP TABLE sent, received;

-- what the digits say
SELECT id, cccd_id_place(id) AS place, cccd_id_sex(id) AS sex, cccd_id_birth_year(id) AS year
FROM unnest('{001099012345,079301000001,058058000007,000000000000,999999999999,101499000000,295500999999,096650123456,096750123456,096800123456}'::cccd_id[]) id;
-- Circular 07/2016 annex III: the fourth digit
SELECT g AS digit, cccd_id_sex(id) AS sex, cccd_id_birth_year(id) AS year
FROM generate_series(0, 9) g, LATERAL (SELECT ('001' || g || '01000000')::cccd_id) z(id);
-- the same with SQL's text functions, over random numbers
SELECT count(*) AS differences
FROM (SELECT i::text AS t, i AS id FROM (SELECT ((i * 999983::bigint * 7919) % 1000000000000)::cccd_id AS i FROM generate_series(1, 20000) i) y) z
WHERE cccd_id_place(id) <> substr(t, 1, 3)::int
   OR cccd_id_birth_year(id) <> 1900 + substr(t, 4, 1)::int / 2 * 100 + substr(t, 5, 2)::int
   OR (cccd_id_sex(id) = 'F') <> (substr(t, 4, 1)::int % 2 = 1);

-- number and card: 0793 01 is a woman born in 2001
SELECT birth_date, sex, cccd_id_fits('079301000001', birth_date, sex) AS fits
FROM (VALUES (date '2001-02-28', 'F'), ('2001-12-31', NULL), ('2001-02-28', 'X'), (NULL, 'F'),
             ('2001-02-28', 'M'), ('1901-02-28', 'F'), ('2101-02-28', NULL), (NULL, 'M'),
             ('infinity', 'F'), ('-infinity', 'F'), ('2001-02-28 BC', 'F'),
             (NULL, NULL), (NULL, 'X')) v(birth_date, sex);
SELECT cccd_id_fits('079301000001', '2001-02-28') AS without_sex, cccd_id_fits(NULL, '2001-02-28', 'F') AS without_number;
SELECT cccd_id_fits('000000000000', '0001-06-01 BC', 'M') AS year_zero;
SELECT cccd_id_fits('079301000001', '2001-02-28', 'Nam');
SELECT cccd_id_fits('079301000001', '2001-02-28', '');
\set VERBOSITY sqlstate
SELECT cccd_id_fits(NULL, NULL, 'f');
\set VERBOSITY default

-- masks
SELECT cccd_id_mask('079301438576') AS usual, keep, cccd_id_mask('079301438576', keep)
FROM generate_series(0, 12, 4) keep;
SELECT cccd_id_mask('079301438576', 13);
SELECT cccd_id_mask('079301438576', -1);

-- pseudonyms: the values of another HMAC-SHA-256 (Python's), shaped as UUID version 8
SELECT cccd_id_pseudonym('079201001234', '0123456789abcdef') = '1e23b224-0de8-81df-815c-065c70d823ad' AS short_key,
       cccd_id_pseudonym('000000000000', (SELECT string_agg(set_byte('\x00', 0, i), '' ORDER BY i) FROM generate_series(0, 99) i))
           = '0bede319-897e-867c-95fc-80429cb19cc9' AS long_key,
       cccd_id_pseudonym('999999999999', decode(repeat('00', 64), 'hex')) = '5ea19fc4-2fad-8644-bbd3-96cae53967c7' AS zero_key;
SELECT count(*) AS numbers, count(DISTINCT cccd_id_pseudonym(i::cccd_id, 'a key of the test')) AS pseudonyms,
       count(*) FILTER (WHERE cccd_id_pseudonym(i::cccd_id, 'a key of the test')::text !~ '^.{14}8.{4}[89ab]') AS misshapen
FROM generate_series(0, 9999::bigint) i;
SELECT cccd_id_pseudonym('079201001234', 'fifteen bytes!!');
SELECT cccd_id_pseudonym('079201001234', '');
SELECT cccd_id_pseudonym('079201001234', decode(repeat('00', 1024 * 1024 + 1), 'hex'));
\set VERBOSITY sqlstate
SELECT cccd_id_pseudonym('079201001234', 'fifteen bytes!!');
SELECT cccd_id_pseudonym('079201001234', decode(repeat('00', 1024 * 1024 + 1), 'hex'));
\set VERBOSITY default

DROP FUNCTION refusal(text), receive(bytea);
