-- Health certificates at the door: what they add, what they are not taken for,
-- and what is kept.  The events are now; their rules are asked for a moment of
-- 2021, and the certificates are in force until 2049.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
\getenv root PG_ABS_SRCDIR
SELECT set_config('cccd_test.root', :'root', false) = :'root' AS set;
CREATE FUNCTION pg_temp.der(name text) RETURNS cccd_trust LANGUAGE sql
    AS $$ SELECT cccd_trust_from_certificate(pg_read_binary_file(current_setting('cccd_test.root') || '/data/gate_hcert/' || name || '.der'), 'health_certificate') $$;
CREATE FUNCTION pg_temp.hc(name text) RETURNS text LANGUAGE sql
    AS $$ SELECT CASE WHEN name LIKE 'HC1:%' OR name = '' THEN name
                      ELSE convert_from(pg_read_binary_file(current_setting('cccd_test.root') || '/data/gate_hcert/' || name), 'UTF8') END $$;
CREATE FUNCTION pg_temp.hcs(names text[]) RETURNS text[] LANGUAGE sql AS $$ SELECT array_agg(pg_temp.hc(n) ORDER BY i) FROM unnest(names) WITH ORDINALITY u(n, i) $$;

INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES
    ('001099012345', 'Nguyễn Văn An', '1999-01-01', 'M'), ('034058000007', 'Lê Văn Cự', '1958-10-26', 'M');
SELECT taken, rejected FROM cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.document_in (id, issued) VALUES ('001099012345', '2021-05-10'), ('034058000007', '2022-03-15');
SELECT taken, rejected FROM cccd_gate.load_documents('national', NULL);
INSERT INTO cccd_gate.person_in (passport, name, birth_date, sex) VALUES ('B1234567', 'John Smith', '1980-05-05', 'M');
SELECT taken, rejected FROM cccd_gate.load_people('guest_list', NULL);
INSERT INTO cccd_gate.event (code, name, starts, judged_at, capacity, rule, minimum_evidence, ticket_required) VALUES
    ('TWO', 'Hai mũi và xét nghiệm', clock_timestamp(), '2021-11-16 19:00+07', 1000, 'doses >= 2 and since(negative) <= 72 hours', 'claimed', false),
    ('SIGNED', 'Chỉ nhận dữ liệu có chữ ký', clock_timestamp(), '2021-11-16 19:00+07', 1000, 'doses(source >= certificate) >= 2', 'signature', false),
    ('ANY', 'Ai cũng được', clock_timestamp(), '2021-11-16 19:00+07', 1000, 'doses >= 0', 'qr', false);
UPDATE cccd_gate.event SET claims_per_minute = 0, refusals_per_minute = 0;
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
INSERT INTO cccd_gate.ticket_in (event, number, secret, id) VALUES ('TWO', 'an', 'ticket in the name of an', '001099012345'), ('TWO', 'bearer', 'ticket of the bearer.....', NULL);
SELECT taken, rejected FROM cccd_gate.load_tickets('list', as_of => '2021-11-16');

-- one check with certificates; all it did is undone, but not what it answered.
-- What preview() says of it is the same
CREATE FUNCTION pg_temp.show(certificates text[], event text DEFAULT 'TWO', scan text DEFAULT '001099012345||Nguyễn Văn An|01011999|Nam|Hà Nội|10052021', ticket text DEFAULT NULL,
    image bytea DEFAULT NULL,
    OUT shown text, OUT verdict text, OUT reasons text, OUT holder text, OUT card text, OUT evidence text, OUT problems text, OUT record cccd_health)
LANGUAGE plpgsql AS $$
DECLARE
    request CONSTANT uuid := gen_random_uuid();
    p jsonb;
    a cccd_gate.answer;
BEGIN
    shown := array_to_string(certificates, ' ', '-');
    BEGIN
        p := to_jsonb(v) FROM cccd_gate.preview(event, 'A', scan => scan, ticket => ticket, certificates => pg_temp.hcs(certificates), image => image) v;
        a := cccd_gate.check_in(event, 'A', request, scan, ticket, certificates => pg_temp.hcs(certificates), image => image);
        verdict := a.verdict; reasons := array_to_string(a.reasons, ' '); holder := a.holder_name || ' ' || a.holder_id_masked; card := a.document_kind; evidence := a.evidence;
        IF p - '{request_id,valid_until,inside,admitted_at}'::text[] <> to_jsonb(a) - '{request_id,valid_until,inside,admitted_at}'::text[] THEN
            reasons := reasons || ' but preview says ' || p::text;
        END IF;
        SELECT string_agg(coalesce(r.problem, 'counted'), ' ' ORDER BY r.reading) INTO problems FROM cccd_gate.certificate_reading r WHERE r.request_id = request;
        SELECT h.record INTO record FROM cccd_gate.health h JOIN cccd_gate.answer_log l ON l.person = h.person WHERE l.request_id = request;
        RAISE EXCEPTION 'undo' USING ERRCODE = 'CC001';
    EXCEPTION WHEN SQLSTATE 'CC001' THEN NULL;
    END;
END $$;

-- without keys they prove nothing
SELECT * FROM pg_temp.show('{an_dose2,an_negative}');
SELECT cccd_gate.load_trust('health_certificate', pg_temp.der('health1') || pg_temp.der('health2')) > 0 AS loaded;
SELECT purpose, policy, kind, subject, key FROM cccd_gate.trust_entry ORDER BY subject;
-- a key for tests is not for this
SAVEPOINT loading;
SELECT cccd_gate.load_trust('health_certificate', cccd_trust_from_certificate(pg_read_binary_file(current_setting('cccd_test.root') || '/data/gate_hcert/test.der'), 'health_certificate_test'));
ROLLBACK TO loading;

-- what they add: nothing, one part, everything
SELECT s.* FROM (VALUES (1, NULL::text[]), (2, '{}'), (3, '{an_dose2}'), (4, '{an_negative}'), (5, '{an_dose2,an_negative}'), (6, '{an_dose1,an_negative}'), (7, '{an_dose2,an_dose1,an_negative,an_dose2}'), (8, '{an_dose2,an_negative,NULL}')) v(i, c), LATERAL pg_temp.show(c) s ORDER BY i;
SELECT s.* FROM (VALUES (1, '{an_dose1}'::text[]), (2, '{an_dose1,an_dose2}')) v(i, c), LATERAL pg_temp.show(c, 'SIGNED') s ORDER BY i;
-- what they are not taken for: another's, too old, of a key that nobody knows, no certificate
SELECT s.* FROM (VALUES (1, '{cu_dose2,an_negative}'::text[]), (2, '{an_expired,an_negative}'), (3, '{an_test_key,an_negative}'), (4, '{HC1:NCFOXN%TSMAHN-H,an_negative}'), (5, '{"",an_negative}'), (6, '{cu_dose2,an_expired}')) v(i, c), LATERAL pg_temp.show(c) s ORDER BY i;
-- nor for what they do not say for certain: a year of birth, another's marks; nor where a key of another state signed
SELECT s.* FROM (VALUES (1, '{an_year,an_negative}'::text[]), (2, '{an_namesake,an_negative}'), (3, '{an_foreign,an_negative}')) v(i, c), LATERAL pg_temp.show(c) s ORDER BY i;
SAVEPOINT other_state;
SELECT cccd_gate.load_trust('health_certificate', pg_temp.der('health1') || pg_temp.der('health2') || pg_temp.der('foreign')) > 0 AS loaded;
SELECT * FROM pg_temp.show('{an_foreign,an_negative}');
SELECT * FROM pg_temp.show('{an_foreign}', 'ANY');
ROLLBACK TO other_state;
-- where the rule does not need them they do no harm
SELECT s.* FROM (VALUES (1, '{cu_dose2}'::text[]), (2, '{an_expired}'), (3, '{an_test_key}'), (4, '{HC1:}'), (5, '{an_dose2}')) v(i, c), LATERAL pg_temp.show(c, 'ANY') s ORDER BY i;
-- but a forged one does
SELECT * FROM pg_temp.show('{an_forged,an_dose2,an_negative}');
SELECT * FROM pg_temp.show('{an_forged}', 'ANY');
-- and so does one that was revoked; where lists are demanded there must be one
SELECT cccd_gate.load_trust('health_certificate', pg_temp.der('health1') || pg_temp.der('health2') || cccd_trust_from_revocation('uci', ARRAY[sha256('URN:UVCI:01:VN:2')])) > 0 AS loaded;
SELECT s.* FROM (VALUES (1, '{an_dose2,an_negative}'::text[]), (2, '{an_dose1}')) v(i, c), LATERAL pg_temp.show(c, 'ANY') s ORDER BY i;
SELECT cccd_gate.load_trust('health_certificate', pg_temp.der('health1') || pg_temp.der('health2') || cccd_trust_from_revocation('uci', ARRAY[sha256('URN:UVCI:01:VN:2')]), revocation_required => true) > 0 AS loaded;
SELECT * FROM pg_temp.show('{an_dose1,an_negative}');
SELECT cccd_gate.load_trust('health_certificate', pg_temp.der('health1') || pg_temp.der('health2'), revocation_required => true) > 0 AS loaded;
SELECT * FROM pg_temp.show('{an_dose1,an_negative}');
SELECT cccd_gate.load_trust('health_certificate', pg_temp.der('health1') || pg_temp.der('health2')) > 0 AS loaded;
-- a list of another state's keys checks nobody: a finding, not another verdict
CREATE FUNCTION pg_temp.listed(key text, OUT loaded boolean, OUT problem text, OUT findings text[]) LANGUAGE plpgsql AS $$
BEGIN
    loaded := cccd_gate.load_trust('health_certificate', pg_temp.der('health1') || pg_temp.der('health2') || pg_temp.der('foreign')
        || CASE WHEN key IS NOT NULL THEN cccd_trust_from_revocation('uci', ARRAY[sha256('another certificate')], CASE WHEN key <> 'all' THEN
               substr(sha256(pg_read_binary_file(current_setting('cccd_test.root') || '/data/gate_hcert/' || key || '.der')), 1, 8) END)
           ELSE pg_temp.der('health1') END) > 0;
    SELECT r.problem, r.findings INTO problem, findings
    FROM cccd_gate.read_certificates(ARRAY[pg_temp.hc('an_dose2')], 'Nguyễn Văn An', '1999-01-01', NULL, '2021-11-16 17:00+07') x, unnest(x.readings) r;
END $$;
SAVEPOINT lists;
SELECT i, key, l.* FROM unnest('{NULL,all,health1,health2,foreign}'::text[]) WITH ORDINALITY u(key, i), LATERAL pg_temp.listed(key) l ORDER BY i;
ROLLBACK TO lists;
-- a time before they were issued; more than are looked at
SELECT verdict, reasons FROM cccd_gate.preview('TWO', 'A', '2021-08-01 17:00+07', scan => '001099012345||Nguyễn Văn An|01011999|Nam|Hà Nội|10052021', certificates => pg_temp.hcs('{an_dose2,an_negative}'));
SELECT n, verdict, reasons, problems IS NOT NULL AS kept FROM unnest('{32,33}'::int[]) n, LATERAL pg_temp.show(array_fill('HC1:x'::text, ARRAY[n])) ORDER BY n;
SELECT n, verdict, reasons, problems IS NOT NULL AS kept FROM unnest('{31,32}'::int[]) n, LATERAL pg_temp.show(array_fill('HC1:x'::text, ARRAY[n]), scan => 'HC1:x') ORDER BY n;
-- one beside a forged card, a personal code, a typed number: evidence is the card's
SELECT * FROM pg_temp.show('{an_dose2,an_negative}', scan => '001099012345||Nguyễn Văn Anh|01011999|Nam|Hà Nội|10052021');
SELECT * FROM pg_temp.show('{an_dose2,an_negative}', scan => '001099012345');
SELECT * FROM pg_temp.show('{an_dose2,an_negative}', scan => '001099012346||Nguyễn Văn An|01011999|Nam|Hà Nội|10052021');
-- a foreigner
SELECT * FROM pg_temp.show('{john_dose2,an_negative}', scan => 'B1234567');
SELECT * FROM pg_temp.show('{john_dose2}', scan => 'B1234567', event => 'ANY');
-- a certificate alone names nobody, unless a ticket does
SELECT s.* FROM (VALUES (1, NULL), (2, 'ticket of the bearer.....'), (3, 'ticket in the name of an')) v(i, t), LATERAL pg_temp.show('{an_negative}', scan => pg_temp.hc('an_dose2'), ticket => t) s ORDER BY i;
SELECT * FROM pg_temp.show('{an_negative}', scan => pg_temp.hc('cu_dose2'), ticket => 'ticket in the name of an');
SELECT * FROM pg_temp.show(NULL, scan => pg_temp.hc('cu_dose2'), ticket => 'ticket in the name of an');
SELECT * FROM pg_temp.show(NULL, scan => pg_temp.hc('an_dose2'), ticket => 'ticket in the name of an', event => 'ANY');
-- in a picture
SELECT * FROM pg_temp.show('{an_negative}', image => cccd_qr_png(pg_temp.hc('an_dose2'), 'Q'));
SELECT * FROM pg_temp.show('{an_negative}', image => '\x89');
SELECT * FROM pg_temp.show('{an_negative}', scan => NULL, image => cccd_qr_png(pg_temp.hc('an_dose2'), 'Q'), ticket => 'ticket in the name of an');

-- kept: the facts, signed, with where they came from; once, and also for the desk
CREATE VIEW pg_temp.an AS SELECT '001099012345||Nguyễn Văn An|01011999|Nam||10052021' AS scan;
CREATE VIEW pg_temp.cu AS SELECT '034058000007||Lê Văn Cự|26101958|Nam||15032022' AS scan;
CREATE FUNCTION pg_temp.enter(request uuid, event text, scan text, certificates text[] DEFAULT NULL, gate text DEFAULT 'A') RETURNS TABLE (verdict text, reasons text[], evidence text) LANGUAGE sql AS $$
    SELECT a.verdict, a.reasons, a.evidence FROM cccd_gate.check_in(event, gate, request, scan => scan, certificates => pg_temp.hcs(certificates)) a $$;
SELECT e.* FROM pg_temp.an, pg_temp.enter(md5('first')::uuid, 'TWO', scan, '{an_dose1,an_dose2}') e;
-- the same request again, with less and with another's: the same answer, nothing is kept twice
SELECT c, e.* FROM pg_temp.an, (VALUES (1, '{an_dose1,an_dose2}'::text[]), (2, NULL), (3, '{cu_dose2,an_forged}')) v(i, c), LATERAL pg_temp.enter(md5('first')::uuid, 'TWO', scan, c) e ORDER BY i;
SELECT kind, starts, disease, code, dose_number, series, source, signed, left(source_record, 32) IN (SELECT left(encode(digest, 'hex'), 32) FROM cccd_gate.certificate_reading) AS known,
       learned_at = (SELECT recorded_at FROM cccd_gate.case_file WHERE request_id = md5('first')::uuid) AS at_the_answer FROM cccd_gate.fact ORDER BY starts;
SELECT accepted FROM cccd_gate.accept_paper(md5('first')::uuid, 'test', '2021-11-16 08:00+07', detail => 'pcr', result => 'negative');
SELECT verdict, reasons, evidence FROM cccd_gate.recheck(md5('first')::uuid, md5('again')::uuid);
SELECT c.* FROM cccd_gate.presence p, cccd_gate.proof_counts(p.proof) c;
SELECT problem, findings, kinds, country, expires, length(digest) AS digest, length(signer_fingerprint) AS signer, trust_digest = (SELECT digest FROM cccd_gate.trust WHERE retired_at IS NULL) AS trust FROM cccd_gate.certificate_reading ORDER BY reading;
-- nothing else of them
SELECT count(*) FROM (SELECT r::text FROM cccd_gate.certificate_reading r UNION ALL SELECT l::text FROM cccd_gate.answer_log l UNION ALL SELECT f::text FROM cccd_gate.case_file f) k(kept), unnest('{HC1,Nguy,NGUYEN,1999-01-01,URN:UVCI,EU/1,099012345}'::text[]) w WHERE kept LIKE '%' || w || '%';
-- a code is what the value sets of this database call it
SAVEPOINT names;
INSERT INTO cccd_gate.value_set (set_id, code, kind, name) VALUES ('vaccines-covid-19-names', 'EU/1/20/1528', 'product', 'Abdala');
SELECT record FROM pg_temp.show('{an_dose2}', scan => '034058000007||Lê Văn Cự|26101958|Nam||15032022')
UNION ALL SELECT record FROM pg_temp.show('{cu_dose2}', scan => '034058000007||Lê Văn Cự|26101958|Nam||15032022');
ROLLBACK TO names;
-- a forged one stays forged at the desk
SELECT e.* FROM pg_temp.cu, pg_temp.enter(md5('forged')::uuid, 'SIGNED', scan, '{an_forged}') e;
SELECT accepted FROM cccd_gate.accept_paper(md5('forged')::uuid, 'identity');
SELECT verdict, reasons FROM cccd_gate.recheck(md5('forged')::uuid, gen_random_uuid());
-- a full record takes no more, and says so
DELETE FROM cccd_gate.fact WHERE kind = 'dose';
INSERT INTO cccd_gate.fact (person, kind, disease, source, starts) SELECT person, 'dose', 'covid19', 'paper', timestamptz '2020-01-01 00:00+07' + i * interval '1 day' FROM cccd_gate.person, generate_series(1, 31) i WHERE name = 'Nguyễn Văn An';
SELECT e.*, (SELECT count(*) FROM cccd_gate.fact WHERE kind = 'dose') AS doses FROM pg_temp.an, pg_temp.enter(gen_random_uuid(), 'SIGNED', scan, '{an_dose2}') e;
DELETE FROM cccd_gate.fact WHERE kind = 'dose';
SELECT e.* FROM pg_temp.an, pg_temp.enter(gen_random_uuid(), 'SIGNED', scan, '{an_dose1,an_dose2}') e;

-- a certificate admits and its facts are kept; when it is revoked they are taken
-- back, whatever part of it the list names, and a check without it reviews
CREATE FUNCTION pg_temp.revoked(scope text, item bytea, key_id bytea DEFAULT NULL) RETURNS TABLE (facts bigint, admissions bigint, verdict text, reasons text[]) LANGUAGE plpgsql AS $$
BEGIN
    SELECT count(*), max(r.admissions) INTO facts, admissions FROM cccd_gate.revoke_certificates(scope, ARRAY[item], key_id) r;
    SELECT e.verdict, e.reasons INTO verdict, reasons FROM pg_temp.an, pg_temp.enter(gen_random_uuid(), 'NEXT', scan, gate => 'B') e;
    RETURN NEXT;
    RAISE EXCEPTION 'undo' USING ERRCODE = 'CC001';
EXCEPTION WHEN SQLSTATE 'CC001' THEN NULL;
END $$;
DELETE FROM cccd_gate.fact;
INSERT INTO cccd_gate.event (code, name, starts, judged_at, capacity, rule, minimum_evidence, ticket_required)
VALUES ('DOSE', 'Hai mũi', clock_timestamp(), '2021-11-16 19:00+07', 1000, 'doses >= 2', 'claimed', false),
       ('NEXT', 'Trận sau', clock_timestamp(), '2021-11-16 19:00+07', 1000, 'doses >= 2', 'claimed', false);
INSERT INTO cccd_gate.gate SELECT event, g FROM cccd_gate.event, unnest('{A,B}'::text[]) g WHERE code IN ('DOSE', 'NEXT');
SELECT e.* FROM pg_temp.an, pg_temp.enter(md5('dose')::uuid, 'DOSE', scan, '{an_dose2}') e;
SELECT scope, length(item), count(*), bool_and(key_id IS NOT NULL) AS key FROM cccd_gate.fact_evidence GROUP BY 1, 2 ORDER BY 1, 2;
SELECT identifiers[1] AS uvci, country, issuer, key_id FROM cccd_certificate_decode(pg_temp.hc('an_dose2')) \gset
SELECT signature_digest AS signature FROM cccd_certificates_read(pg_temp.hcs('{an_dose2}'), (SELECT value FROM cccd_gate.trust WHERE retired_at IS NULL), '2021-11-16 17:00+07') \gset
SELECT v.w, r.* FROM (VALUES (1, 'identifier', 'uci', sha256(:'uvci'), NULL::bytea), (2, 'cut', 'uci', substr(sha256(:'uvci'), 1, 16), NULL),
    (3, 'without prefix', 'uci', sha256(substr(:'uvci', 10)::bytea), NULL), (4, 'with country', 'country_uci', sha256((:'country' || :'uvci')::bytea), NULL),
    (5, 'of this key', 'uci', sha256(:'uvci'), :'key_id'::bytea), (6, 'of another key', 'uci', sha256(:'uvci'), '\x0102030405060708'),
    (7, 'the key', 'key', :'key_id'::bytea, NULL), (8, 'another', 'uci', sha256('URN:UVCI:01:VN:3'), NULL), (9, 'the state', 'country', 'VN', NULL), (10, 'another state', 'country', 'SE', NULL), (11, 'the signature', 'signature', :'signature'::bytea, NULL),
    (12, 'the key by its certificate', 'key', sha256(pg_read_binary_file(current_setting('cccd_test.root') || '/data/gate_hcert/health1.der')), NULL)) v(i, w, scope, item, key_id),
    LATERAL pg_temp.revoked(scope, item, key_id) r ORDER BY i;
SELECT cccd_gate.load_trust('health_certificate', pg_temp.der('health1') || pg_temp.der('health2') || cccd_trust_from_revocation('uci', ARRAY[sha256(:'uvci')])) > 0 AS loaded;
SELECT e.* FROM pg_temp.an, pg_temp.enter(gen_random_uuid(), 'NEXT', scan, gate => 'B') e;
-- every version names the admission that rested on it; who was let in stays so
SELECT f.withdrawn, f.superseded_at IS NULL AS latest, e.code, a.gate, a.case_id = md5('dose')::uuid AS case FROM cccd_gate.fact f LEFT JOIN LATERAL cccd_gate.cases_resting_on(ARRAY[f.fact]) a ON true LEFT JOIN cccd_gate.event e USING (event) ORDER BY f.fact;
SELECT p.state FROM cccd_gate.presence p JOIN cccd_gate.event e USING (event) WHERE e.code = 'DOSE';
-- shown again under the list before it, it stays revoked; and so does one that
-- no list names, but revoke_certificates() did
SELECT cccd_gate.load_trust('health_certificate', pg_temp.der('health1') || pg_temp.der('health2')) > 0 AS loaded;
SELECT e.* FROM pg_temp.an, pg_temp.enter(gen_random_uuid(), 'NEXT', scan, '{an_dose2}', gate => 'B') e;
SELECT count(*) AS counts FROM cccd_gate.current_fact;
SAVEPOINT revoked;
SELECT e.* FROM pg_temp.cu, pg_temp.enter(gen_random_uuid(), 'ANY', scan, '{cu_dose2}') e;
SELECT count(*) AS facts FROM cccd_gate.revoke_certificates('key', ARRAY[:'key_id'::bytea]);
SELECT e.* FROM pg_temp.cu, pg_temp.enter(gen_random_uuid(), 'NEXT', scan, '{cu_dose2}', gate => 'B') e;
SELECT e.* FROM pg_temp.an, pg_temp.enter(gen_random_uuid(), 'NEXT', scan, '{an_dose1}', gate => 'B') e;
ROLLBACK TO revoked;
SAVEPOINT scope;
SELECT cccd_gate.revoke_certificates('planet', ARRAY['VN'::bytea]);
ROLLBACK TO scope;
-- what could revoke nothing is refused, an empty list is not
SELECT cccd_gate.revoke_certificates('uci', ARRAY[encode(sha256('a'), 'hex')::bytea]);
ROLLBACK TO scope;
SELECT cccd_gate.revoke_certificates('country', ARRAY['vn'::bytea]);
ROLLBACK TO scope;
SELECT count(*) AS withdrawn FROM cccd_gate.revoke_certificates('uci', '{}');
-- an admission that is annulled leaves the facts of its certificates; when those
-- are revoked it is named still
DELETE FROM cccd_gate.fact;
DELETE FROM cccd_gate.presence;
SELECT e.* FROM pg_temp.an, pg_temp.enter(md5('undone')::uuid, 'NEXT', scan, '{an_dose2}', gate => 'B') e;
SELECT verdict, reasons FROM cccd_gate.annul(md5('undone')::uuid, gen_random_uuid(), 'cửa không quay');
SELECT count(*) AS doses, bool_and(signed) AS signed FROM cccd_gate.current_fact;
SELECT e.* FROM pg_temp.an, pg_temp.enter(gen_random_uuid(), 'NEXT', scan, gate => 'A') e;
SELECT count(*) AS facts, max(r.admissions) AS admissions FROM cccd_gate.revoke_certificates('uci', ARRAY[sha256(:'uvci')]) r;
-- a replayed entry keeps them too, learned when it was replayed
DELETE FROM cccd_gate.fact;
DELETE FROM cccd_gate.presence;
SELECT verdict, reasons, evidence, inside FROM cccd_gate.replay(md5('replayed')::uuid, '2021-11-16 17:00+07', 'in', 'DOSE', 'A', scan => pg_temp.hc('an_dose2'), ticket => 'ticket of an for doses....');
INSERT INTO cccd_gate.ticket_in (event, number, secret, id) VALUES ('DOSE', 'an', 'ticket of an for doses....', '001099012345');
SELECT taken, rejected FROM cccd_gate.load_tickets('list');
SELECT verdict, reasons, evidence, inside FROM cccd_gate.replay(md5('replayed 2')::uuid, '2021-11-16 17:00+07', 'in', 'DOSE', 'A', scan => pg_temp.hc('an_dose2'), ticket => 'ticket of an for doses....');
SELECT verdict, reasons, evidence, inside FROM cccd_gate.replay(md5('replayed 3')::uuid, '2021-08-01 17:00+07', 'in', 'DOSE', 'A', scan => pg_temp.hc('an_dose2'), ticket => 'ticket of an for doses....');
SELECT count(*) AS doses, bool_and(f.learned_at > '2021-11-17') AS learned FROM cccd_gate.current_fact f;
SELECT a.case_id = md5('replayed 2')::uuid AS case_found FROM cccd_gate.cases_resting_on(ARRAY(SELECT fact FROM cccd_gate.fact)) a;
-- erased with the person
DELETE FROM cccd_gate.person WHERE name = 'Nguyễn Văn An';
SELECT count(*) AS left FROM cccd_gate.certificate_reading;
ROLLBACK;
