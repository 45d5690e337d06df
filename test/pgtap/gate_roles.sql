-- The roles of doc/gate.md: what an application is granted is enough for an
-- evening, and no more.
BEGIN;
SELECT plan(31);
\getenv stage STAGE
SELECT cccd_trust_from_certificate(pg_read_binary_file(:'stage' || '/tree/test/data/gate_chip/state.csca'))::text AS csca \gset
SELECT cccd_trust_from_certificate(pg_read_binary_file(:'stage' || '/tree/test/data/gate_hcert/health1.der'), 'health_certificate')::text AS health,
       convert_from(pg_read_binary_file(:'stage' || '/tree/test/data/gate_hcert/an_dose1'), 'UTF8') AS certificate \gset
SET LOCAL client_min_messages = warning;
SET LOCAL timezone = 'Asia/Ho_Chi_Minh';
CREATE ROLE gate;
CREATE ROLE report;
CREATE ROLE trust_officer;
-- the gates and the desk
GRANT USAGE ON SCHEMA cccd_gate TO gate;
GRANT EXECUTE ON FUNCTION
    cccd_gate.check(text, text, text, uuid, timestamptz, text, text, boolean, bytea, bytea, bytea[], uuid, bytea, text[]),
    cccd_gate.recheck(bigint, uuid, timestamptz, boolean),
    cccd_gate.decide(cccd_gate.event, text, uuid, timestamptz, cccd_gate.person, cccd_health, int, date, text,
                     cccd_gate.ticket, boolean, text[], text, text, boolean, bigint, text[], bigint),
    cccd_gate.take_place(int, int), cccd_gate.share_capacity(int, int),
    cccd_gate.challenge(text, text), cccd_gate.read_chip(int, text, bytea, bytea[], uuid, bytea, timestamptz),
    cccd_gate.read_certificates(text[], bigint, text, date, timestamptz),
    cccd_gate.keep_certificate_facts(bigint, cccd_health, bytea, text[], text[], bytea, bytea),
    cccd_gate.has_room_for_facts(bigint, cccd_health[]),
    cccd_gate.accept_paper(bigint, text, text, timestamptz, text, text, int, text, timestamptz, text),
    cccd_gate.document_hash(text, text),
    cccd_gate.register_person(text, text, text, date, text, text),
    cccd_gate.turn_away(bigint, text, text) TO gate;
GRANT SELECT ON cccd_gate.event, cccd_gate.gate, cccd_gate.reason, cccd_gate.rule_text, cccd_gate.officer,
    cccd_gate.person, cccd_gate.identity_number, cccd_gate.document, cccd_gate.health, cccd_gate.ticket, cccd_gate.fact,
    cccd_gate.current_fact, cccd_gate.source, cccd_gate.decision, cccd_gate.attendance, cccd_gate.paper_evidence,
    cccd_gate.capacity_slot, cccd_gate.challenge, cccd_gate.trust, cccd_gate.value_set, cccd_gate.word TO gate;
GRANT INSERT ON cccd_gate.person, cccd_gate.identity_number, cccd_gate.document, cccd_gate.fact, cccd_gate.fact_evidence, cccd_gate.health,
    cccd_gate.decision, cccd_gate.attendance, cccd_gate.paper_evidence, cccd_gate.capacity_slot, cccd_gate.challenge,
    cccd_gate.chip_reading, cccd_gate.certificate_reading TO gate;
GRANT UPDATE ON cccd_gate.health, cccd_gate.capacity_slot, cccd_gate.challenge TO gate;
GRANT DELETE ON cccd_gate.attendance, cccd_gate.challenge TO gate;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA cccd_gate TO gate;

-- who decides whose signatures count; nobody else
GRANT USAGE ON SCHEMA cccd_gate TO trust_officer;
GRANT EXECUTE ON FUNCTION cccd_gate.load_trust(text, cccd_trust, text, boolean, timestamptz, text),
    cccd_gate.retire_trust(text) TO trust_officer;
GRANT SELECT, INSERT, UPDATE (retired_at, retired_by) ON cccd_gate.trust TO trust_officer;
GRANT SELECT ON cccd_gate.trust_entry TO trust_officer;

-- reports, which need no names
GRANT USAGE ON SCHEMA cccd_gate TO report;
GRANT SELECT ON cccd_gate.event, cccd_gate.attendance, cccd_gate.decision, cccd_gate.final_decision, cccd_gate.reason TO report;

INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES ('001090000001', 'Nguyễn Văn An', '1990-01-01', 'M'), ('001090000002', 'Trần Văn Bình', '1990-01-01', 'M');
SELECT is(taken, 2::bigint, 'people are loaded by the owner') FROM cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES ('001099012345', 'Nguyễn Văn An', '1999-01-01', 'M');
SELECT is(taken, 1::bigint, 'and one who has a certificate') FROM cccd_gate.load_people('national', NULL);
SELECT isnt(cccd_gate.load_trust('health_certificate', :'health'::cccd_trust), NULL, 'of a signer that is known');
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, ticket_required) VALUES (1, 'E', 'E', '2021-11-16 19:00+07', 1, 'doses >= 1', false);
INSERT INTO cccd_gate.gate VALUES (1, 'A');
INSERT INTO cccd_gate.officer VALUES ('lan', 'Lan', true);
CREATE TEMP TABLE seen (who text, decision bigint);
GRANT ALL ON seen TO gate;
-- pgTAP's own tables
GRANT ALL ON ALL TABLES IN SCHEMA pg_temp TO gate, report, trust_officer;
GRANT ALL ON ALL SEQUENCES IN SCHEMA pg_temp TO gate, report, trust_officer;

SET LOCAL ROLE gate;
INSERT INTO seen SELECT 'an', decision_id FROM cccd_gate.check('E', '001090000001||Nguyễn Văn An|01011990|Nam||10052021', 'A', gen_random_uuid(), '2021-11-16 17:00+07');
INSERT INTO seen SELECT 'binh', decision_id FROM cccd_gate.check('E', '001090000002||Trần Văn Bình|01011990|Nam||10052021', 'A', gen_random_uuid(), '2021-11-16 17:00+07');
SELECT is(count(*), 2::bigint, 'the gate may check') FROM seen WHERE decision IS NOT NULL;
SELECT is(accepted, true, 'and accept a dose') FROM seen, cccd_gate.accept_paper(decision, 'lan', 'dose', '2021-06-01', document_number => 'A 1') WHERE who = 'an';
SELECT is(bool_and(accepted), true, 'and every other paper') FROM seen, unnest('{recovery,isolation,exposure,contraindication,identity}'::text[]) k, cccd_gate.accept_paper(decision, 'lan', k, '2021-06-01') WHERE who = 'an';
SELECT is(accepted, true, 'and a test') FROM seen, cccd_gate.accept_paper(decision, 'lan', 'test', '2021-11-16', 'pcr', 'negative') WHERE who = 'an';
SELECT is((cccd_gate.recheck(decision)).verdict, 'admit', 'and check again') FROM seen WHERE who = 'an';
SELECT is(accepted, true, 'and once more') FROM seen, cccd_gate.accept_paper(decision, 'lan', 'dose', '2021-06-01') WHERE who = 'binh';
SELECT is((cccd_gate.recheck(decision)).reasons, '{full}', 'until the place is full') FROM seen WHERE who = 'binh';
SELECT is(created, true, 'and register a person') FROM cccd_gate.register_person('lan', '001099000003||Người Lạ|01011999|Nam||10052021');
SELECT is(closed, true, 'and turn somebody away') FROM cccd_gate.turn_away((SELECT max(decision) FROM cccd_gate.decision), 'lan', 'full');
SELECT is(problem, NULL, 'and have a challenge for a chip') FROM cccd_gate.challenge('E', 'A');
SELECT is(reasons, '{chip_trust_missing}', 'and read a chip')
FROM cccd_gate.challenge c, cccd_gate.check('E', '001090000002||Trần Văn Bình|01011990|Nam||10052021', 'A', NULL, '2021-11-16 17:00+07',
                                            sod => '\x00', data_groups => '{}', challenge_id => c.challenge, response => '\x00');
SELECT is(reasons, '{full}', 'and a certificate')
FROM cccd_gate.check('E', '001099012345||Nguyễn Văn An|01011999|Nam||10052021', 'A', NULL, '2021-11-16 17:00+07', certificates => ARRAY[:'certificate']);
SELECT throws_ok('SELECT * FROM cccd_gate.chip_reading', '42501', NULL, 'but not look at what others read');
SELECT throws_ok($$SELECT cccd_gate.load_trust('chip', NULL)$$, '42501', NULL, 'nor decide whose signatures count');
SELECT throws_ok($$UPDATE cccd_gate.trust SET policy = 'field'$$, '42501', NULL, 'by no other way');
SELECT throws_ok('SELECT key FROM cccd_gate.secret', '42501', NULL, 'but not read the key');
SELECT throws_ok('DELETE FROM cccd_gate.decision', '42501', NULL, 'nor delete decisions');
SELECT throws_ok('SELECT * FROM cccd_gate.load_people(''national'', NULL)', '42501', NULL, 'nor load');

SET LOCAL ROLE trust_officer;
SELECT isnt(cccd_gate.load_trust('chip', :'csca'::cccd_trust), NULL, 'somebody else decides whose signatures count');
SELECT is(cccd_gate.retire_trust('chip'), true, 'and whose do not');
SELECT isnt_empty('SELECT * FROM cccd_gate.check_trust()', 'and sees what is to be done');
SELECT throws_ok('SELECT cccd_gate.prune_trust()', '42501', NULL, 'but does not delete what was in use');
SELECT throws_ok('DELETE FROM cccd_gate.trust', '42501', NULL, 'by no other way');
SELECT throws_ok('UPDATE cccd_gate.trust SET retired_at = NULL, policy = NULL', '42501', NULL, 'but not what was loaded');
SELECT throws_ok('SELECT count(*) FROM cccd_gate.person', '42501', NULL, 'without any name');

SET LOCAL ROLE report;
SELECT is(people, 1::bigint, 'reports may be read') FROM cccd_gate.attendance_report('E') WHERE category = 'total';
SELECT throws_ok('SELECT name FROM cccd_gate.person', '42501', NULL, 'without any name');
RESET ROLE;
CREATE ROLE stranger;
GRANT USAGE ON SCHEMA cccd_gate TO stranger;
SET LOCAL ROLE stranger;
SELECT throws_ok($$SELECT cccd_gate.check('E', '', 'A', NULL)$$, '42501', NULL, 'a stranger may not even ask');
RESET ROLE;
SELECT * FROM finish();
ROLLBACK;
