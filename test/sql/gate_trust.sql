-- Whose signatures count at the door: lists of bare keys, what check_trust()
-- finds, what a reading says of revocation, and what is deleted.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
\getenv root PG_ABS_SRCDIR
SELECT set_config('cccd_test.root', :'root', false) = :'root' AS set;
CREATE FUNCTION pg_temp.file(name text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT pg_read_binary_file(current_setting('cccd_test.root') || '/data/' || name) $$;
CREATE FUNCTION pg_temp.undone(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
    RETURN 'taken';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ' ' || SQLERRM;
END $$;

INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES ('001099012345', 'Nguyễn Văn An', '1999-01-01', 'M');
SELECT taken, rejected FROM cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.event (code, name, starts, judged_at, capacity, rule, minimum_evidence, ticket_required) VALUES
    ('TWO', 'Hai mũi và xét nghiệm', clock_timestamp(), '2021-11-16 19:00+07', 1000, 'doses >= 2 and since(negative) <= 72 hours', 'claimed', false),
    ('CHIP', 'Chip', '2026-11-23 19:00+07', NULL, 1000, 'doses >= 0', 'qr', false);
UPDATE cccd_gate.event SET refusals_per_minute = 0;
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
SELECT * FROM cccd_gate.check_trust(14, '2026-11-23');

-- the signers of An's certificates as lists name keys without certificates: a
-- JSON Web Key of Sweden's, an object of the Netherlands', one of Switzerland's
CREATE FUNCTION pg_temp.part(name text, head text, skip int, length int) RETURNS bytea LANGUAGE sql
    AS $$ SELECT substr(pg_temp.file('gate_hcert/' || name || '.der'), position(decode(head, 'hex') IN pg_temp.file('gate_hcert/' || name || '.der')) + skip, length) $$;
CREATE FUNCTION pg_temp.b64(bytes bytea) RETURNS text LANGUAGE sql AS $$ SELECT replace(encode(bytes, 'base64'), E'\n', '') $$;
CREATE TEMP TABLE key AS
SELECT name, pg_temp.b64(substr(sha256(pg_temp.file('gate_hcert/' || name || '.der')), 1, 8)) AS kid,
       pg_temp.b64(CASE name WHEN 'health1' THEN pg_temp.part(name, '30820122300d06092a864886f70d0101010500', 0, 294)
                             ELSE pg_temp.part(name, '3059301306072a8648ce3d020106082a8648ce3d030107', 0, 91) END) AS spki,
       CASE name WHEN 'health1' THEN pg_temp.part(name, '3082010a0282010100', 9, 256) END AS n,
       CASE name WHEN 'health1' THEN NULL ELSE pg_temp.part(name, '2a8648ce3d03010703420004', 12, 64) END AS xy
FROM unnest('{health1,health2,foreign}'::text[]) name;
CREATE FUNCTION pg_temp.web_key(name text, extra jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object('kid', kid, 'kty', CASE WHEN n IS NULL THEN 'EC' ELSE 'RSA' END, 'n', rtrim(translate(pg_temp.b64(n), '+/', '-_'), '='),
           'e', CASE WHEN n IS NOT NULL THEN 'AQAB' END, 'crv', CASE WHEN n IS NULL THEN 'P-256' END,
           'x', rtrim(translate(pg_temp.b64(substr(xy, 1, 32)), '+/', '-_'), '='), 'y', rtrim(translate(pg_temp.b64(substr(xy, 33)), '+/', '-_'), '='))) || extra
    FROM pg_temp.key WHERE key.name = $1 $$;
CREATE TEMP TABLE list (n int, what text, trust cccd_trust);
INSERT INTO list SELECT n, what, cccd_trust_from_json(list, country => country)
FROM (VALUES
    (1, 'Sweden''s, with the state', jsonb_build_object('dsc_trust_list', jsonb_build_object('VN', jsonb_build_object('keys', jsonb_build_array(pg_temp.web_key('health1'), pg_temp.web_key('health2'))))), NULL),
    (2, 'Switzerland''s, state by argument', jsonb_build_object('certs', (SELECT jsonb_agg(jsonb_build_object('keyId', kid, 'use', 'vtr', 'subjectPublicKeyInfo', spki)) FROM pg_temp.key WHERE name LIKE 'health_')), 'VN'),
    (3, 'the Netherlands'', with the state', jsonb_build_object('eu_keys', (SELECT jsonb_object_agg(kid, jsonb_build_array(jsonb_build_object('subjectPk', spki, 'keyUsage', '["t","v","r"]'::jsonb, 'ian', 'VNM'))) FROM pg_temp.key WHERE name LIKE 'health_')), NULL),
    (4, 'no state', jsonb_build_array(pg_temp.web_key('health1'), pg_temp.web_key('health2')), NULL),
    (5, 'another state', jsonb_build_array(pg_temp.web_key('health1'), pg_temp.web_key('health2')), 'US'),
    (6, 'for vaccinations only', jsonb_build_array(pg_temp.web_key('health1', '{"keyUsage": ["v"]}'), pg_temp.web_key('health2', '{"keyUsage": ["v"]}')), 'VN'),
    (7, 'one of the two keys', jsonb_build_array(pg_temp.web_key('health1')), 'VN'),
    (8, 'somebody else''s key', jsonb_build_array(pg_temp.web_key('foreign')), 'VN')) v (n, what, list, country);
CREATE FUNCTION pg_temp.hc(name text) RETURNS text LANGUAGE sql AS $$ SELECT convert_from(pg_temp.file('gate_hcert/' || name), 'UTF8') $$;
-- one check with a list in use; all of it is undone, but not what it answered
CREATE FUNCTION pg_temp.show(trust cccd_trust, certificates text[] DEFAULT '{an_dose2,an_negative}', OUT verdict text, OUT reasons text, OUT problems text, OUT countries text)
LANGUAGE plpgsql AS $$
DECLARE
    request CONSTANT uuid := gen_random_uuid();
    a cccd_gate.answer;
BEGIN
    PERFORM cccd_gate.load_trust('health_certificate', trust);
    a := cccd_gate.check_in('TWO', 'A', request, scan => '001099012345||Nguyễn Văn An|01011999|Nam|Hà Nội|10052021',
                            certificates => ARRAY(SELECT pg_temp.hc(c) FROM unnest(certificates) WITH ORDINALITY u(c, i) ORDER BY i));
    verdict := a.verdict; reasons := array_to_string(a.reasons, ' ');
    SELECT string_agg(coalesce(r.problem, 'counted'), ' ' ORDER BY r.reading), string_agg(DISTINCT r.country, ' ') INTO problems, countries FROM cccd_gate.certificate_reading r WHERE r.request_id = request;
    RAISE EXCEPTION 'undo' USING ERRCODE = 'CC001';
EXCEPTION WHEN SQLSTATE 'CC001' THEN NULL;
END $$;
SELECT what, s.* FROM list, LATERAL pg_temp.show(trust) s ORDER BY n;
-- without a state nothing is said of the country, and the certificate is not the state's word
SELECT what, p.policy, v.valid, v.key_status, v.signature_status, v.country_status, v.reasons
FROM list, (VALUES ('field'), ('strict')) p (policy), cccd_certificate_verify(pg_temp.hc('an_dose2'), trust, '2021-11-16 17:00+07', p.policy) v
WHERE n IN (1, 4, 5) ORDER BY n, policy;
-- a value of keys alone is for health certificates, not for chips, and there must be one
SELECT cccd_gate.load_trust('health_certificate', trust) > 0 AS loaded FROM list WHERE n = 4;
SELECT purpose, kind, source, country, key FROM cccd_gate.trust_entry ORDER BY key;
SELECT pg_temp.undone($$SELECT cccd_gate.load_trust('chip', trust) FROM pg_temp.list WHERE n = 1$$);
SELECT pg_temp.undone($$SELECT cccd_gate.load_trust('chip', cccd_trust_from_json('[]'::jsonb || pg_temp.web_key('health1'), 'chip'))$$);
SELECT pg_temp.undone($$SELECT cccd_gate.load_trust('health_certificate', cccd_trust_from_revocation('uci', ARRAY[sha256('a')]))$$);
SELECT pg_temp.undone($$SELECT cccd_gate.load_trust('health_certificate', cccd_trust_filter(trust, '{}')) FROM pg_temp.list WHERE n = 1$$);

SELECT pg_temp.undone($$SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.file('gate_chip/state.csca')), valid_until => clock_timestamp())$$);
-- a chip's value without the state of the cards: it is loaded, and named
SAVEPOINT other;
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.file('gate_chip/other.csca')), revocation_required => true) > 0 AS loaded;
SELECT * FROM cccd_gate.check_trust(14, '2026-11-23') WHERE setting = 'chip VN';
ROLLBACK TO other;

-- check_trust(): keys of no state, no list, revocation not required
SELECT * FROM cccd_gate.check_trust(14, '2026-11-23');
-- a chip's value: with its list nothing is to be done ...
SELECT cccd_gate.load_trust('health_certificate', trust || cccd_trust_from_revocation('uci', ARRAY[sha256('a')]), revocation_required => true) > 0 AS loaded FROM list WHERE n = 1;
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.file('gate_chip/state.csca')) || cccd_trust_from_crl(pg_temp.file('gate_chip/state.crl')), revocation_required => true) > 0 AS loaded;
DELETE FROM cccd_gate.trust WHERE retired_at IS NOT NULL;
SELECT * FROM cccd_gate.check_trust(14, '2026-11-23');
-- ... until it ends within the days given: just not, just so, over
SELECT at, c.* FROM unnest('{2026-12-17 23:59:59+00,2026-12-18 00:00+00,2027-01-01 00:00+00}'::timestamptz[]) at, cccd_gate.check_trust(14, at) c ORDER BY at, setting, finding;
SELECT c.* FROM cccd_gate.check_trust(0, '2026-12-31 23:59:59+00') c;
SELECT c.* FROM cccd_gate.check_trust(30, '2026-12-10') c;
-- an anchor ends, has ended
SELECT c.* FROM unnest('{2035-12-20,2036-06-01}'::timestamptz[]) at, cccd_gate.check_trust(14, at) c WHERE finding ~ 'certificate' ORDER BY at, setting;
-- weak keys, and one that is just not
SELECT cccd_gate.load_trust('health_certificate', cccd_trust_from_json(jsonb_agg(jsonb_build_object('kid', 'AQIDBAUGBwg=', 'kty', 'RSA', 'e', 'AQAB', 'n', pg_temp.b64(decode(n, 'hex')))), country => 'VN')
           || cccd_trust_from_revocation('uci', ARRAY[sha256('a')]), revocation_required => true) > 0 AS loaded
FROM unnest(ARRAY['ff' || repeat('01', 127), '7f' || repeat('01', 255), '80' || repeat('01', 255)]) n;
SELECT regexp_replace(setting, '[0-9a-f]{64}', 'fingerprint') AS setting, finding, advice FROM cccd_gate.check_trust(14, '2026-11-23') WHERE setting LIKE 'health%' ORDER BY finding;
SELECT cccd_gate.load_trust('health_certificate', trust || cccd_trust_from_revocation('uci', ARRAY[sha256('a')]), revocation_required => true) > 0 AS loaded FROM list WHERE n = 1;
-- a value that ends; a state without a list
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.file('gate_chip/state.csca')) || cccd_trust_from_certificate(pg_temp.file('gate_chip/other.csca')) || cccd_trust_from_crl(pg_temp.file('gate_chip/state.crl')),
                            revocation_required => true, valid_until => 'infinity') > 0 AS loaded;
UPDATE cccd_gate.trust SET valid_until = '2026-12-01 00:00+00' WHERE retired_at IS NULL AND purpose = 'chip';
SELECT * FROM cccd_gate.check_trust(14, '2026-11-23');
SELECT * FROM cccd_gate.check_trust(5, '2026-11-23');
SELECT setting, finding FROM cccd_gate.check_trust(5, '2026-12-02') WHERE setting = 'chip';
SELECT pg_temp.undone('SELECT cccd_gate.check_trust(-1)'), pg_temp.undone('SELECT cccd_gate.check_trust(NULL)'), pg_temp.undone('SELECT cccd_gate.check_trust()');

-- every reading says where no list answered for the signer
CREATE FUNCTION pg_temp.read_an(OUT verdict text, OUT reasons text[], OUT evidence text, OUT findings text[]) LANGUAGE plpgsql AS $$
DECLARE
    c CONSTANT cccd_gate.chip := ROW(pg_temp.file('gate_chip/an.sod'), ARRAY[pg_temp.file('gate_chip/an.dg1'), pg_temp.file('gate_chip/an.dg2'), pg_temp.file('gate_chip/an.dg13'), pg_temp.file('gate_chip/an.dg15')], NULL, NULL);
BEGIN
    SELECT a.verdict, a.reasons, a.evidence INTO verdict, reasons, evidence FROM cccd_gate.preview('CHIP', 'A', '2026-11-23 17:00+07', chip => c) a;
    SELECT (v.reading).findings INTO findings FROM cccd_gate.event e, cccd_gate.read_chip(e.event, 'A', c.sod, c.data_groups, NULL, NULL, '2026-11-23 17:00+07', NULL) v WHERE e.code = 'CHIP';
END $$;
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.file('gate_chip/state.csca')) || cccd_trust_from_crl(pg_temp.file('gate_chip/state.crl'))) > 0 AS loaded;
SELECT * FROM pg_temp.read_an();
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.file('gate_chip/state.csca'))) > 0 AS loaded;
SELECT * FROM pg_temp.read_an();
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.file('gate_chip/state.csca')), revocation_required => true) > 0 AS loaded;
SELECT * FROM pg_temp.read_an();
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.file('chip/csca2.der'))) > 0 AS loaded;
SELECT * FROM pg_temp.read_an();

-- deleting what was retired: the newest year of it stays, and what is in use always
SELECT count(*) FROM cccd_gate.trust;
SELECT setting, finding, advice FROM cccd_gate.check_trust(14, clock_timestamp()) WHERE setting = 'trust';
SELECT cccd_gate.prune_trust() AS pruned;
UPDATE cccd_gate.trust SET retired_at = retired_at - interval '366 days' WHERE trust IN (SELECT trust FROM cccd_gate.trust WHERE retired_at IS NOT NULL ORDER BY trust LIMIT 2);
SELECT cccd_gate.prune_trust() AS pruned;
SELECT cccd_gate.prune_trust('0') AS pruned;
SELECT purpose, retired_at IS NULL AS in_use FROM cccd_gate.trust ORDER BY purpose;
SELECT pg_temp.undone($$SELECT cccd_gate.prune_trust(NULL)$$), pg_temp.undone($$SELECT cccd_gate.prune_trust('-1 day')$$);
ROLLBACK;
