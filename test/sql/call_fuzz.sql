-- Every function of cccd, taken from the catalog, called with boundary values
-- by type, NULLs, and bytes that no input function would let into our types.
-- A call may answer or raise one of the documented errors; anything else is
-- listed.  The server must still be there at the end.
SET client_min_messages = error;

-- doors that no client has, to see what stands behind them
CREATE CAST (bytea AS cccd_health) WITHOUT FUNCTION;
CREATE CAST (bytea AS cccd_rule) WITHOUT FUNCTION;
CREATE CAST (bytea AS cccd_bound) WITHOUT FUNCTION;
CREATE CAST (bytea AS cccd_trust) WITHOUT FUNCTION;
CREATE FUNCTION raw_id(bigint) RETURNS cccd_id LANGUAGE internal IMMUTABLE STRICT AS 'int8up';
CREATE FUNCTION raw_context(bigint) RETURNS cccd_context LANGUAGE internal IMMUTABLE STRICT AS 'int8up';

CREATE TEMP TABLE pool (type regtype, expression text);
INSERT INTO pool
SELECT 'text'::regtype, quote_literal(v) FROM unnest(ARRAY[
    '', ' ', '|', '||||||', '001099012345', '001099012345||Nguyen Van An|01011999|Nam|So 1|10052021',
    repeat('9', 5000), repeat('|', 4096), repeat('<', 90), 'HC1:', 'covid19', 'dose', 'pcr', 'negative', 'M', 'vi', 'national',
    E'\x01\x02\x7f', repeat(U&'\0301', 3000), U&'\FEFF\0110\01A1n', '-1', 'infinity', '{}', '%s%n', '''"\']) v
UNION ALL SELECT 'cccd_id', quote_literal(v) || '::cccd_id' FROM unnest('{000000000000,999999999999,079301000001,295999999999}'::text[]) v
UNION ALL SELECT 'cccd_id', format('raw_id(%s)', v) FROM unnest('{-1,-9223372036854775808,9223372036854775807,1000000000000}'::text[]) v
UNION ALL SELECT 'cccd_context', format('raw_context(%s)', v) FROM unnest('{0,-1,-9223372036854775808,9223372036854775807,1,2,3,255,65535}'::text[]) v
UNION ALL SELECT 'bigint', v || '::bigint' FROM unnest('{0,1,-1,(-9223372036854775807-1),9223372036854775807,999999999999,1000000000000}'::text[]) v
UNION ALL SELECT 'integer', v || '::integer' FROM unnest('{0,1,-1,(-2147483647-1),2147483647,13,100}'::text[]) v
UNION ALL SELECT 'smallint', v || '::smallint' FROM unnest('{0,1,-1,(-32767-1),32767}'::text[]) v
UNION ALL SELECT 'boolean', v FROM unnest('{true,false}'::text[]) v
UNION ALL SELECT 'date', format('date %L', v) FROM unnest('{1999-01-01,2000-02-29,infinity,-infinity,4713-01-01 BC,5874897-12-31,1800-01-01,2158-01-01}'::text[]) v
UNION ALL SELECT 'timestamptz', format('timestamptz %L', v)
FROM unnest('{2021-11-16 19:00+07,infinity,-infinity,4713-01-02 BC,294276-12-31,1899-12-31,1900-01-01,2135-12-31,2136-01-02,2000-01-01 00:00+00}'::text[]) v
UNION ALL SELECT 'bytea', format('%L::bytea', v) FROM unnest(ARRAY['', '\x00', '\x' || repeat('ff', 16), '\x' || repeat('00', 4000)]) v
UNION ALL SELECT 'cccd_health', format('%L::cccd_health', v) FROM unnest(ARRAY['', 'dose 2021-06-01 08:00:00+07 national; test 2021-11-14 08:00:00+07 pcr negative national']) v
UNION ALL SELECT 'cccd_rule', format('%L::cccd_rule', v) FROM unnest(ARRAY['', 'doses >= 2 and since(last_dose) >= 14 days', 'not (isolated or age < 12 years)']) v
UNION ALL SELECT 'cccd_bound', format('%L::cccd_rule @ timestamptz %L', v, '2021-11-16 19:00+07')
FROM unnest(ARRAY['', 'doses >= 2 and since(last_dose) >= 14 days']) v;

-- the bytes of valid values, cut short, lengthened, and changed in one byte
CREATE CAST (cccd_health AS bytea) WITHOUT FUNCTION;
CREATE CAST (cccd_rule AS bytea) WITHOUT FUNCTION;
CREATE CAST (cccd_bound AS bytea) WITHOUT FUNCTION;
INSERT INTO pool
SELECT v.type::regtype,
       format('%L::bytea::%s',
              CASE k % 3
                  WHEN 0 THEN substr(bytes, 1, k * 7 % (length(bytes) + 1))
                  WHEN 1 THEN bytes || decode(repeat(lpad(to_hex(k), 2, '0'), 1 + k % 40), 'hex')
                  ELSE set_byte(bytes, k * 5 % length(bytes), k * 37 % 256)
              END, v.type)
FROM (SELECT 'cccd_health', 'dose 2021-06-01 national; test 2021-11-14 08:00 pcr negative; isolation 2021-08-01 until 2021-08-15'::cccd_health::bytea
      UNION ALL
      SELECT 'cccd_rule', 'doses >= 2 and (since(last_dose(product in (''EU/1/20/1528''))) >= 14 days or place in (1, 79)) and not isolated'::cccd_rule::bytea
      UNION ALL
      SELECT 'cccd_bound', (cccd_rule 'doses >= 2 and (since(negative) <= 72 hours or age < 12 years)' @ '2021-11-16 19:00+07')::bytea) v(type, bytes),
     generate_series(1, 120) k;

-- the same of a trust value, and a chip's files
\getenv root PG_ABS_SRCDIR
CREATE TEMP TABLE chip AS
SELECT name, pg_read_binary_file(:'root' || '/data/chip/' || name) AS bytes
FROM unnest('{csca1.der,empty.crl,list.ml,pkd.ldif,card1.sod,card1.dg1,card1.dg13}'::text[]) name;
INSERT INTO pool
SELECT 'bytea'::regtype, format('%L::bytea', bytes) FROM chip
UNION ALL SELECT 'bytea[]', v FROM unnest(ARRAY['''{}''::bytea[]', '''{NULL}''::bytea[]', 'array_fill(''\x61''::bytea, ARRAY[40])']) v
UNION ALL SELECT 'bytea[]', format('%L::bytea[]', array_agg(bytes)) FROM chip WHERE name ~ 'dg'
UNION ALL SELECT 'text', quote_literal(v) FROM unnest('{strict,field,chip}'::text[]) v
UNION ALL SELECT 'cccd_trust', format('%L::bytea::cccd_trust',
              CASE k % 4
                  WHEN 0 THEN bytes
                  WHEN 1 THEN substr(bytes, 1, k * 7 % (length(bytes) + 1))
                  WHEN 2 THEN bytes || decode(repeat(lpad(to_hex(k), 2, '0'), 1 + k % 40), 'hex')
                  ELSE set_byte(bytes, k * 5 % length(bytes), k * 37 % 256)
              END)
FROM (SELECT cccd_trust_send(cccd_trust_from_certificate(c.bytes) || cccd_trust_from_crl(l.bytes)) AS bytes
      FROM chip c, chip l WHERE c.name = 'csca1.der' AND l.name = 'empty.crl') v,
     generate_series(1, 120) k;

CREATE TEMP TABLE seen (function text, state text, times bigint DEFAULT 1, UNIQUE (function, state));

-- n calls of one function with arguments drawn by a hash of the call's number
CREATE FUNCTION fuzz(f oid, n int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    types oid[] := (SELECT proargtypes::oid[] FROM pg_proc WHERE oid = f);
    name text := (SELECT proname FROM pg_proc WHERE oid = f);
    pools jsonb := '{}';
    pool jsonb;
    draw bigint;
    call text;
    argument text;
    outcome text;
BEGIN
    SELECT jsonb_object_agg(p.type::oid, p.expressions) INTO pools
    FROM (SELECT type, jsonb_agg(expression ORDER BY expression COLLATE "C") AS expressions
          FROM pool p WHERE type::oid = ANY (types) GROUP BY type) p;
    FOR i IN 1..n LOOP
        call := '';
        FOR k IN array_lower(types, 1)..array_upper(types, 1) LOOP
            pool := pools -> types[k]::text;
            draw := hashtextextended(name || i, k) & 9223372036854775807;
            argument := 'NULL::' || types[k]::regtype;
            IF pool IS NOT NULL AND draw % 13 > 0 THEN
                argument := pool ->> (draw / 13 % jsonb_array_length(pool))::int;
            END IF;
            call := call || ', ' || argument;
        END LOOP;
        outcome := '00000';
        BEGIN
            EXECUTE format('SELECT count(t::text) FROM (SELECT %s(%s)) t',
                           f::regproc, substr(call, 3));
        EXCEPTION WHEN OTHERS THEN
            outcome := SQLSTATE;
            IF SQLERRM ~ '001099012345|079301000001|Nguyen' THEN
                outcome := 'echoed';
            END IF;
        END;
        INSERT INTO seen VALUES (f::regprocedure, outcome)
        ON CONFLICT (function, state) DO UPDATE SET times = seen.times + 1;
    END LOOP;
END $$;

SELECT count(fuzz(p.oid, 150)) > 50 AS many
FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid
WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_extension'::regclass
  AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cccd')
  AND d.deptype = 'e' AND p.prokind = 'f' AND p.pronargs > 0
  AND NOT p.proargtypes::oid[] && ARRAY['internal'::regtype, 'cstring'::regtype]::oid[];

-- what no documentation promises: 22P02 and 22P03 (bad text, bad bytes), 22023
-- (argument), 22003 and 22008 (range), 54000 (limit), 22004 (null), XX001
-- (damaged value), 22P05 and 22021 (encoding), 22013 (window frame)
SELECT * FROM seen
WHERE state NOT IN ('00000', '22P02', '22P03', '22023', '22003', '22008', '22007', '22004', '54000', 'XX001', '22P05', '22021', '22013')
ORDER BY 1, 2;

-- the functions were really reached
SELECT sum(times) >= 5000 AS calls, sum(times) FILTER (WHERE state = '00000') > 1000 AS answered FROM seen;

DROP CAST (cccd_health AS bytea);
DROP CAST (cccd_rule AS bytea);
DROP CAST (cccd_bound AS bytea);
DROP CAST (bytea AS cccd_health);
DROP CAST (bytea AS cccd_rule);
DROP CAST (bytea AS cccd_bound);
DROP CAST (bytea AS cccd_trust);
DROP FUNCTION fuzz, raw_id, raw_context;
DROP TABLE pool, chip, seen;
