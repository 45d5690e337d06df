-- Values to call functions with, by type, as SQL expressions: boundaries, the
-- bytes of valid values cut short, lengthened and changed, and a gate with rows
-- to hit.  call_pool.argument names the only argument that a value is for.
--
-- The canary 001090876543, Hoàng Yến Canary, is what no message may repeat.
-- psql variable: data, the folder test/data.
SET client_min_messages = error;
CREATE EXTENSION cccd_gate CASCADE;

-- doors that no client has, to see what stands behind them
CREATE CAST (bytea AS cccd_health) WITHOUT FUNCTION;
CREATE CAST (bytea AS cccd_rule) WITHOUT FUNCTION;
CREATE CAST (bytea AS cccd_bound) WITHOUT FUNCTION;
CREATE CAST (bytea AS cccd_trust) WITHOUT FUNCTION;
CREATE CAST (cccd_health AS bytea) WITHOUT FUNCTION;
CREATE CAST (cccd_rule AS bytea) WITHOUT FUNCTION;
CREATE CAST (cccd_bound AS bytea) WITHOUT FUNCTION;
CREATE CAST (cccd_trust AS bytea) WITHOUT FUNCTION;
CREATE FUNCTION raw_id(bigint) RETURNS cccd_id LANGUAGE internal IMMUTABLE STRICT AS 'int8up';
CREATE FUNCTION raw_context(bigint) RETURNS cccd_context LANGUAGE internal IMMUTABLE STRICT AS 'int8up';

INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex)
SELECT '0010908765' || n, CASE WHEN n % 2 = 0 THEN '8765432' || n END,
       CASE n WHEN 43 THEN 'Hoàng Yến Canary' ELSE 'Người Thứ ' || n END, '1990-01-01', 'M'
FROM generate_series(10, 60) n;
SELECT cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.fact_in (id, kind, starts, detail, dose_number)
SELECT id::text, 'dose', '2021-06-01', 'EU/1/20/1528', 1 FROM cccd_gate.identity_number;
SELECT cccd_gate.load_facts('national');
INSERT INTO cccd_gate.event (code, name, starts, judged_at, capacity, rule, ticket_required, minimum_evidence, entries)
VALUES ('E', 'E', clock_timestamp(), NULL, 40, 'ticket and doses >= 1', true, 'qr', 'once'),
       ('F', 'F', clock_timestamp(), '2021-11-16 19:00+07', 1000000, 'doses >= 0', false, 'claimed', 'free');
UPDATE cccd_gate.event SET claims_per_minute = 0, refusals_per_minute = 0;
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
INSERT INTO cccd_gate.gate (event, gate, from_zone, to_zone) SELECT event, 'B', 'hall', 'lab' FROM cccd_gate.event;
INSERT INTO cccd_gate.officer VALUES ('lan', 'Lan', true);
INSERT INTO cccd_gate.ticket (event, person, secret_hash)
SELECT event, CASE WHEN n < 30 THEN person END, sha256(convert_to('secret ' || n, 'UTF8'))
FROM cccd_gate.event, cccd_gate.identity_number, right(id::text, 2) r, CAST(r AS int) n WHERE code = 'E';
-- everybody is admitted to F; at E each has a case that is open
SELECT a.verdict, count(*) FROM cccd_gate.identity_number, cccd_gate.check_in('F', 'A', md5(id::text)::uuid, scan => id::text) a GROUP BY 1;
SELECT a.verdict, count(*) FROM cccd_gate.identity_number, cccd_gate.check_in('E', 'A', md5('E' || id::text)::uuid, scan => id::text) a GROUP BY 1;
SELECT count(*) FILTER (WHERE a.accepted) FROM cccd_gate.identity_number, cccd_gate.accept_paper(md5('E' || id::text)::uuid, 'dose', '2021-06-02') a WHERE id::text LIKE '%3';

-- for functions that are given a table
CREATE TABLE call_indexed AS SELECT person, record FROM cccd_gate.health;
CREATE INDEX ON call_indexed USING gist (record);
CREATE VIEW call_view AS SELECT * FROM call_indexed;

CREATE TABLE call_pool (type regtype, argument text, expression text);
INSERT INTO call_pool (type, expression)
SELECT 'text'::regtype, quote_literal(v) FROM unnest(ARRAY[
    '', ' ', '|', '||||||', '001090876543', '001090876543|876543210|Hoàng Yến Canary|01011990|Nam|So 1|10052021',
    '001090876543|Hoàng Yến Canary|1990-01-01|0|1|', 'IDVNM0908765430001090876543<<0' || chr(10) || '9001018M3001016VNM<<<<<<<<<<<0' || chr(10) || 'CANARY<<HOANG<YEN<<<<<<<<<<<<<',
    repeat('9', 5000), repeat('|', 4096), repeat('<', 90), 'HC1:', 'covid19', 'dose', 'test', 'pcr', 'negative', 'M', 'vi', 'en', 'national', 'qr',
    'L', 'H', 'strict', 'field', 'chip', 'product', 'EU/1/20/1528', '2021-11-16', '16/11/2021', '2021-11-16T08:00:00+07:00',
    E'\x01\x02\x7f', repeat(U&'\0301', 3000), U&'\FEFF\0110\01A1n', '-1', 'infinity', '{}', '[]', '%s%n', '''"\',
    'doses >= 2 and since(last_dose) >= 14 days', repeat('not ', 500) || 'ticket', repeat('(', 3000),
    'dose 2021-06-01 08:00:00+07 national; test 2021-11-14 08:00:00+07 pcr negative national']) v
UNION ALL SELECT 'uuid', format('%L::uuid', v) FROM unnest('{00000000-0000-0000-0000-000000000000,ffffffff-ffff-ffff-ffff-ffffffffffff}'::text[]) v
UNION ALL SELECT 'uuid', format('%L::uuid', md5(id::text)) FROM cccd_gate.identity_number WHERE id::text LIKE '%3'
UNION ALL SELECT 'uuid', format('%L::uuid', md5('E' || id::text)) FROM cccd_gate.identity_number WHERE id::text LIKE '%3'
UNION ALL SELECT 'uuid', 'gen_random_uuid()' FROM generate_series(1, 10)
UNION ALL SELECT 'cccd_id', quote_literal(v) || '::cccd_id' FROM unnest('{000000000000,999999999999,001090876543,295999999999}'::text[]) v
UNION ALL SELECT 'cccd_id', format('raw_id(%s)', v) FROM unnest('{-1,-9223372036854775808,9223372036854775807,1000000000000}'::text[]) v
UNION ALL SELECT 'cccd_context', format('raw_context(%s)', v) FROM unnest('{0,-1,-9223372036854775808,9223372036854775807,1,2,3,255,65535}'::text[]) v
UNION ALL SELECT 'cccd_context', 'cccd_context(ticket => true, evidence => ''qr'', birth_date => ''1990-01-01'', sex => ''M'', place => 1)'
UNION ALL SELECT 'bigint', v || '::bigint' FROM unnest('{0,1,-1,2,3,7,20,(-9223372036854775807-1),9223372036854775807,999999999999,1000000000000}'::text[]) v
UNION ALL SELECT 'integer', v || '::integer' FROM unnest('{0,1,-1,2,(-2147483647-1),2147483647,13,100}'::text[]) v
UNION ALL SELECT 'smallint', v || '::smallint' FROM unnest('{0,1,-1,(-32767-1),32767}'::text[]) v
UNION ALL SELECT 'numeric', format('%L::numeric', v) FROM unnest('{0,-1,NaN,infinity,-infinity,1e300,1e131071,0.5,1090876543,999999999999.00,1000000000000}'::text[]) v
UNION ALL SELECT 'double precision', format('%L::float8', v) FROM unnest('{0,-1,NaN,infinity,-infinity,1e300,1e131071,0.5,1090876543,999999999999.00,1000000000000}'::text[]) v
UNION ALL SELECT 'interval', format('%L::interval', v) FROM unnest('{0,-1 day,178000000 years,1 month}'::text[]) v
UNION ALL SELECT 'jsonb', format('%L::jsonb', v) FROM unnest(ARRAY['null', '{}', '[]', '0', '1e300', '"001090876543"', '{"and": [true, {"var": "a"}]}', '{"===": [1, {"+": [1, 2]}]}', '{"if": []}', '{"reduce": [[1,2], {"var": "current"}, 0]}',
    '{"Identifier": "VR-VN-0001", "Type": "Acceptance", "Country": "VN", "Version": "1.0.0", "SchemaVersion": "1.0.0", "Engine": "CERTLOGIC", "EngineVersion": "1.0.0", "CertificateType": "General", "ValidFrom": "2021-01-01T00:00:00Z", "ValidTo": "2030-01-01T00:00:00Z", "Description": [{"lang": "en", "desc": "A rule of a test"}], "AffectedFields": ["v.0"], "Logic": {"!": [{"var": "payload.v.0"}]}}',
    '{"if": [{"var": "v.0"}, {"plusTime": ["2021", 1, "day"]}, {"or": 1}]}', '{"var": "payload.001090876543"}',
    '{"payload": {"v": [{"tg": "840539006", "dt": "2021-05-01", "dn": 2, "sd": 2}]}, "external": {"validationClock": "2021-06-01T00:00:00Z"}}', repeat('[', 900) || repeat(']', 900)]) v
UNION ALL SELECT 'boolean', v FROM unnest('{true,false}'::text[]) v
UNION ALL SELECT 'date', format('date %L', v) FROM unnest('{1990-01-01,2000-02-29,infinity,-infinity,4713-01-01 BC,5874897-12-31,1800-01-01,2158-01-01}'::text[]) v
UNION ALL SELECT 'timestamptz', format('timestamptz %L', v)
FROM unnest('{2021-11-16 19:00+07,2021-11-16 17:00+07,infinity,-infinity,4713-01-02 BC,294276-12-31,1899-12-31,1900-01-01,2135-12-31,2136-01-02,2000-01-01 00:00+00}'::text[]) v
UNION ALL SELECT 'bytea', format('%L::bytea', v) FROM unnest(ARRAY['', '\x00', '\x' || repeat('ff', 16), '\x' || repeat('00', 4000), '001090876543']) v
UNION ALL SELECT 'bytea[]', v FROM unnest(ARRAY['''{}''::bytea[]', '''{NULL}''::bytea[]', 'array_fill(''\x61''::bytea, ARRAY[40])']) v
UNION ALL SELECT 'text[]', format('%L::text[]', v) FROM unnest(ARRAY['{}', '{NULL}', '{a,001090876543}', '{{a},{b}}']) v
UNION ALL SELECT 'bigint[]', format('%L::bigint[]', v) FROM unnest(ARRAY['{}', '{NULL}', '{1,2,3}', '{{1},{-1}}', '{79,NULL,1000,-2147483648,2147483647}', '[5:6]={1,999}']) v
UNION ALL SELECT 'integer[]', 'ARRAY(SELECT generate_series(-5, 1100))'
UNION ALL SELECT 'integer[]', format('%L::integer[]', v) FROM unnest(ARRAY['{}', '{NULL}', '{1,2,3}', '{{1},{-1}}', '{79,NULL,1000,-2147483648,2147483647}', '[5:6]={1,999}']) v
UNION ALL SELECT 'integer[]', 'ARRAY(SELECT generate_series(-5, 1100))'
UNION ALL SELECT 'regclass', format('%L::regclass', v) FROM unnest('{cccd_gate.health,cccd_gate.person,pg_class,0,4294967295,pg_class_oid_index,call_indexed,call_view}'::text[]) v
UNION ALL SELECT 'name', format('%L::name', v) FROM unnest('{record,person,ctid,"",nothing}'::text[]) v
UNION ALL SELECT 'cccd_health', format('%L::cccd_health', v) FROM unnest(ARRAY['', 'dose 2021-06-01 08:00:00+07 national; test 2021-11-14 08:00:00+07 pcr negative national']) v
UNION ALL SELECT 'cccd_health', 'coalesce((SELECT record FROM cccd_gate.health LIMIT 1), '''')'
UNION ALL SELECT 'cccd_rule', format('%L::cccd_rule', v) FROM unnest(ARRAY['', 'doses >= 2 and since(last_dose) >= 14 days', 'not (isolated or age < 12 years)']) v
UNION ALL SELECT 'cccd_bound', format('%L::cccd_rule @ timestamptz %L', v, '2021-11-16 19:00+07') FROM unnest(ARRAY['', 'doses >= 2 and since(last_dose) >= 14 days']) v;

-- the same words where they mean something
INSERT INTO call_pool
SELECT 'text'::regtype, a, quote_literal(v)
FROM (VALUES ('event', '{E,F}'::text[]), ('gate', '{A}'), ('officer', '{lan}'), ('level', '{L,M,Q,H}'), ('policy', '{strict,field}'),
             ('kind', '{dose,test,recovery,isolation,exposure,contraindication,credential,declaration,registration,consultation,identity,product,disease}'),
             ('credential', '{insurance,work_permit}'), ('declaration', '{no_symptoms,symptoms}'), ('registration', '{vaccination,test}'), ('consultation', '{doctor}'),
             ('result', '{negative,positive,pending}'), ('direction', '{in,out,move}'), ('decided', '{admit,review,refuse}'), ('document_kind', '{chip,passport,birth,other}'),
             ('state', '{VNM,GBR}'), ('profile', '{gate,desk,organiser,loader}'), ('source', '{national,certificate,paper,declared}'),
             ('disease', '{covid19}'), ('sex', '{M,F}'), ('language', '{vi,en}'), ('purpose', '{chip}')) w(a, list), unnest(list) v
UNION ALL SELECT 'text', 'scan', quote_literal('0010908765' || n) FROM generate_series(20, 50, 5) n
UNION ALL SELECT 'text', 'ticket', quote_literal('secret ' || n) FROM generate_series(20, 50, 5) n
UNION ALL SELECT 'bigint', 'paper_id', n::text FROM generate_series(1, 6) n
UNION ALL SELECT 'integer', 'pages', v::text FROM generate_series(-1, 3) v
UNION ALL SELECT 'smallint', 'strategy', v::text || '::smallint' FROM generate_series(1, 3) v;

-- rows of the gate's tables
INSERT INTO call_pool (type, expression)
SELECT t.oid, v
FROM pg_class c JOIN pg_type t ON t.oid = c.reltype,
     LATERAL unnest(ARRAY[format('(SELECT x FROM %s x LIMIT 1)', c.oid::regclass),
                          format('(SELECT x FROM %s x ORDER BY random() LIMIT 1)', c.oid::regclass),
                          format('jsonb_populate_record(NULL::%s, ''{}'')', c.oid::regclass)]) v
WHERE c.relnamespace = 'cccd_gate'::regnamespace AND c.relkind = 'r';

-- n damages of some bytes
CREATE FUNCTION damages(bytes bytea, n int) RETURNS SETOF bytea LANGUAGE sql AS $$
SELECT CASE k % 4
           WHEN 0 THEN bytes
           WHEN 1 THEN substr(bytes, 1, k * 7 % (length(bytes) + 1))
           WHEN 2 THEN bytes || decode(repeat(lpad(to_hex(k), 2, '0'), 1 + k % 40), 'hex')
           ELSE set_byte(bytes, (k * 7919) % length(bytes), k * 37 % 256)
       END
FROM generate_series(1, n) k $$;

CREATE TABLE chip AS
SELECT name, pg_read_binary_file(:'data' || '/chip/' || name) AS bytes
FROM unnest('{csca1.der,empty.crl,list.ml,pkd.ldif,raw.ml,card1.sod,card1.dg1,card1.dg2,card1.dg13,card1.dg14,card1.dg15}'::text[]) name;
INSERT INTO call_pool (type, expression)
SELECT v.type::regtype, format('%L::bytea::%s', d, v.type)
FROM (SELECT 'cccd_health', 'dose 2021-06-01 national; test 2021-11-14 08:00 pcr negative; isolation 2021-08-01 until 2021-08-15'::cccd_health::bytea
      UNION ALL
      SELECT 'cccd_rule', 'doses >= 2 and (since(last_dose(product in (''EU/1/20/1528''))) >= 14 days or place in (1, 79)) and not isolated'::cccd_rule::bytea
      UNION ALL
      SELECT 'cccd_bound', (cccd_rule 'doses >= 2 and (since(negative) <= 72 hours or age < 12 years)' @ '2021-11-16 19:00+07')::bytea
      UNION ALL
      SELECT 'cccd_trust', cccd_trust_send(cccd_trust_from_certificate(c.bytes) || cccd_trust_from_crl(l.bytes))
      FROM chip c, chip l WHERE c.name = 'csca1.der' AND l.name = 'empty.crl') v(type, bytes),
     damages(bytes, 120) d
UNION ALL SELECT 'bytea', format('%L::bytea', d) FROM chip, damages(bytes, 8) d WHERE length(bytes) < 6000
UNION ALL SELECT 'bytea[]', format('%L::bytea[]', array_agg(bytes)) FROM chip WHERE name ~ 'dg'
UNION ALL SELECT 'bytea[]', format('ARRAY[%L::bytea]', d) FROM chip, damages(bytes, 8) d WHERE name ~ 'dg1';
INSERT INTO call_pool
SELECT 'bytea'::regtype, a, format('%L::bytea', bytes)
FROM chip JOIN (VALUES ('sod', 'card1.sod'), ('certificate', 'csca1.der'), ('crl', 'empty.crl'), ('list', 'list.ml'), ('ldif', 'pkd.ldif'), ('dg15', 'card1.dg15'), ('dg14', 'card1.dg14')) w(a, file) ON file = name;

INSERT INTO call_pool (type, expression)
SELECT 'cccd_gate.chip'::regtype, format('ROW(%L::bytea, %s, %s, %L::bytea)::cccd_gate.chip', s.bytes, g.expression, c.expression, '\x' || repeat('5a', n))
FROM chip s, call_pool g, unnest('{gen_random_uuid(),"NULL"}'::text[]) c(expression), unnest('{0,128}'::int[]) n
WHERE s.name = 'card1.sod' AND g.type = 'bytea[]'::regtype
UNION ALL SELECT 'cccd_gate.chip'::regtype, format('ROW(%L::bytea, %L::bytea[], NULL, NULL)::cccd_gate.chip', d, (SELECT array_agg(bytes) FROM chip WHERE name ~ 'dg'))
FROM chip, damages(bytes, 8) d WHERE name = 'card1.sod'
UNION ALL SELECT 'cccd_gate.chip'::regtype, 'ROW(NULL, NULL, NULL, NULL)::cccd_gate.chip';

-- pictures, health certificates, lists of keys, rules in CertLogic
INSERT INTO call_pool
SELECT 'bytea'::regtype, 'image', format('%L::bytea', pg_read_binary_file(:'data' || '/gate_picture/' || name))
FROM unnest('{card_and_ticket.png,ticket.png}'::text[]) name;
CREATE TABLE certificate AS
SELECT n, split_part(line, '|', 2) AS scan
FROM regexp_split_to_table(pg_read_file(:'data' || '/hcert/scans.txt'), E'\n') WITH ORDINALITY l(line, n)
WHERE line ~ '^[^|]+[|]HC1:';
INSERT INTO call_pool
SELECT 'text'::regtype, 'scan', quote_literal(scan) FROM certificate
UNION ALL SELECT 'text', 'scan', quote_literal(overlay(scan PLACING chr(40 + k) FROM 5 + k * 31 FOR 1)) FROM certificate, generate_series(1, 9) k WHERE n <= 3
UNION ALL SELECT 'text', 'scan', quote_literal(left(scan, 5 + k * 31)) FROM certificate, generate_series(1, 9) k WHERE n <= 3
UNION ALL SELECT 'text[]', NULL, format('%L::text[]', array_agg(scan)) FROM certificate GROUP BY n % 7
UNION ALL SELECT 'jsonb', 'list', format('%L::jsonb', jsonb_build_object(v, encode(pg_read_binary_file(:'data' || '/hcert/vn.der'), 'base64')))
FROM unnest('{AQIDBAUGBwg=,0,001090876543}'::text[]) v
UNION ALL SELECT 'text', 'country', quote_literal('VN')
UNION ALL SELECT 'text', 'scope', quote_literal(v) FROM unnest('{uci,country,key}'::text[]) v
UNION ALL SELECT 'text', 'purpose', quote_literal(v) FROM unnest('{health_certificate,ticket}'::text[]) v
UNION ALL SELECT 'oid', NULL, format('%L::regclass::oid', v) FROM unnest('{cccd_gate.health,pg_class,cccd_gate.health_pkey}'::text[]) v;
INSERT INTO call_pool (type, expression)
SELECT 'cccd_trust'::regtype, format('%L::bytea::cccd_trust', cccd_trust_send(
    cccd_trust_from_certificate(pg_read_binary_file(:'data' || '/hcert/vn.der'), 'health_certificate')));
CREATE TEMP TABLE envelope AS
SELECT jsonb_build_object('Identifier', 'VR-VN-0001', 'Type', type, 'Country', 'VN', 'Version', '1.0.0', 'SchemaVersion', '1.0.0',
    'Engine', 'CERTLOGIC', 'EngineVersion', '1.0.0', 'CertificateType', 'General', 'ValidFrom', '2021-07-01T00:00:00+07:00',
    'ValidTo', '2030-01-01T00:00:00Z', 'Description', '[{"lang": "en", "desc": "Two doses"}]'::jsonb,
    'AffectedFields', '["v.0.dn"]'::jsonb, 'Logic', '{">=": [{"var": "payload.v.0.dn"}, 2]}'::jsonb) AS rule
FROM unnest('{Acceptance,Invalidation}'::text[]) type;
INSERT INTO call_pool
SELECT 'jsonb'::regtype, 'rule', format('%L::jsonb', rule) FROM envelope
UNION ALL SELECT 'jsonb', 'rules', format('%L::jsonb', jsonb_agg(rule)) FROM envelope
UNION ALL SELECT 'jsonb', 'answers', format('%L::jsonb', v) FROM unnest(ARRAY['{"symptoms": false}', '{"contact": true, "places": []}', '{"places": ["01", "79"]}', '{"symptoms": "no"}', '{"places": [null]}']) v
UNION ALL SELECT 'jsonb', a, format('%L::jsonb', v) FROM unnest('{logic,rule}'::text[]) a, unnest(ARRAY[
    '{">=": [{"var": "payload.v.0.dn"}, 2]}', '{"reduce": [{"var": ""}, {"+": [{"var": "current"}, {"var": "accumulator"}]}, 0]}',
    '{"not-after": [{"plusTime": [{"var": "payload.v.0.dt"}, 14, "day"]}, {"plusTime": [{"var": "external.validationClock"}, 0, "day"]}]}',
    '{"extractFromUVCI": [{"var": "payload.v.0.ci"}, 2]}', '{"if": [1, 2, {"in": ["a", ["a"]]}]}', '{"!": [[]]}', '{"plusTime": ["2021-02-30", 1e300, "year"]}',
    '{"dccDateOfBirth": [{"var": "payload.dob"}]}', '{"001090876543": []}', repeat('{"!": ', 200) || 'true' || repeat('}', 200)]) v
UNION ALL SELECT 'jsonb', a, format('%L::jsonb', v) FROM unnest('{data,certificate}'::text[]) a, unnest(ARRAY[
    '{"v": [{"tg": "840539006", "vp": "1119349007", "mp": "EU/1/20/1528", "dn": 2, "sd": 2, "dt": "2021-06-01", "ci": "URN:UVCI:01:VN:1#A"}], "ver": "1.3.0", "dob": "1990-01-01"}',
    '{"payload": {"v": [{"dn": 2, "dt": "001090876543", "ci": "URN:UVCI:01:VN:1#A"}], "dob": "1990"}, "external": {"validationClock": "2021-06-01T00:00:00Z"}}']) v;
INSERT INTO call_pool
SELECT 'bytea'::regtype, 'image', format('%L::bytea', d)
FROM pg_ls_dir(:'data' || '/gate_picture') name, damages(pg_read_binary_file(:'data' || '/gate_picture/' || name), 3) d
UNION ALL SELECT 'cccd_trust', NULL, format('%L::bytea::cccd_trust', d)
FROM (SELECT cccd_trust_send(cccd_trust_from_certificate(pg_read_binary_file(:'data' || '/hcert/vn.der'), 'health_certificate')
                 || cccd_trust_from_json(jsonb_build_object('AQIDBAUGBwg=', encode(pg_read_binary_file(:'data' || '/hcert/xa.der'), 'base64')))
                 || cccd_trust_from_revocation('key', ARRAY['\x0102030405060708'::bytea])) AS bytes) t, damages(bytes, 120) d;
