-- Duties: each profile may call what doc/gate_door.md lists, and everything else
-- is tried: no row readable, no row writable, every other function refused.
BEGIN;
SELECT plan(123);
SET LOCAL client_min_messages = warning;
SET LOCAL timezone = 'Asia/Ho_Chi_Minh';
-- nobody is helped by being a superuser
SET LOCAL cccd_gate.allow_superuser = off;

CREATE ROLE tap_owner NOLOGIN;
SELECT lives_ok($$SELECT cccd_gate.hand_over('tap_owner')$$, 'the gate is handed over');
SELECT is_empty($$SELECT c.oid::regclass FROM pg_class c WHERE c.relnamespace = 'cccd_gate'::regnamespace AND c.relkind <> 'i' AND c.relkind <> 'I' AND c.relowner <> 'tap_owner'::regrole$$, 'with every table, partition, view and sequence');
SELECT is_empty($$SELECT t.oid::regtype FROM pg_type t WHERE t.typnamespace = 'cccd_gate'::regnamespace AND t.typowner <> 'tap_owner'::regrole$$, 'every type');
SELECT results_eq($$SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'cccd_gate'::regnamespace AND p.proowner <> 'tap_owner'::regrole ORDER BY 1$$,
                  $$VALUES ('after_restore'::name), ('give_to'), ('hand_over')$$, 'every function but those that superusers call');
SELECT throws_ok($$SELECT cccd_gate.hand_over('postgres')$$, '22023', NULL, 'not to a superuser');
CREATE ROLE tap_login LOGIN;
SELECT throws_ok($$SELECT cccd_gate.hand_over('tap_login')$$, '22023', NULL, 'nor to who can log in');
SELECT throws_ok($$SELECT cccd_gate.hand_over('tap_missing')$$, '42704', NULL, 'nor to nobody');

INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, ticket_required) VALUES
    (1, 'E', 'E', clock_timestamp(), 1, 'doses >= 1', false), (2, 'F', 'F', clock_timestamp(), 1, 'doses >= 1', false);
INSERT INTO cccd_gate.gate (event, gate) VALUES (1, 'A'), (2, 'A');
-- a row for every statement that would find one
INSERT INTO cccd_gate.person (name) VALUES ('Nguyễn Văn An');

-- what the manual's table says, of what there is
CREATE TEMP TABLE allowed (profile text, function text);
INSERT INTO allowed SELECT p, f FROM (VALUES
    ('gate', '{check_in,check_out,move,preview,challenge,warm_up,declare,board,inside_count}'::text[]),
    ('desk', '{check_in,check_out,move,preview,challenge,warm_up,board,inside,inside_count,occupancy,inside_who_would_fail,inside_fail_count,recheck,accept_paper,revoke_paper,register_person,turn_away,annul,check_out_all,merge_people,split_person,declare}'),
    ('organiser', '{save_event,save_gate,remove_gate,save_evidence,plan_events,load_tickets,load_lines,delivery_key,acting_role,reissue_ticket,transfer_ticket,cancel_ticket,preview_event,check_out_all,attendance_report,proof_report,refusals_report,gate_report,entries_by_minute,board,inside_count,occupancy,inside_fail_count,load_rejects}'),
    ('loader', '{load_people,load_documents,load_facts,load_answers,load_fhir,load_all,load_lines,delivery_key,acting_role,load_rejects}'),
    ('analyst', '{attendance_report,proof_report,refusals_report,gate_report,entries_by_minute,occupancy,contact_counts}'),
    ('tracer', '{find_person,contacts,record_exposures,withdraw_exposures}'), ('auditor', '{}'), ('privacy', '{save_recipient,recipients,exports,export_facts,export_fhir}'), ('sync', '{replay}'),
    ('admin', '{grant_duty,revoke_duty,duties,load_trust,retire_trust,prune_trust,check_trust,revoke_certificates,load_value_set,load_units,acting_role,set_level,save_rule,rebuild_health,extend_log,merge_people,split_person,cases_resting_on,export_facts,export_fhir}')) a(p, fs)
    CROSS JOIN LATERAL (SELECT NULL UNION ALL SELECT unnest(fs)) u(f);
-- Of names with several functions the ones that act for their owner.  An argument
-- that is a plain null would never be asked for: a strict function is not called.
CREATE TEMP VIEW routine AS
SELECT p.oid, p.oid::regprocedure::text AS signature, p.proname, p.prokind, p.prosecdef OR p.prokind = 'p' OR p.proname IN ('delivery_key', 'acting_role') AS open,
       'cccd_gate.' || quote_ident(p.proname) || '(' ||
       coalesce((SELECT string_agg('CASE WHEN random() < 2 THEN NULL::' || t::regtype || ' END', ', ' ORDER BY i) FROM unnest(p.proargtypes) WITH ORDINALITY u(t, i)), '') || ')' AS call
FROM pg_proc p WHERE p.pronamespace = 'cccd_gate'::regnamespace;

SELECT is_empty($$SELECT DISTINCT a.function FROM allowed a WHERE a.function IS NOT NULL AND NOT EXISTS (SELECT FROM routine r WHERE r.proname = a.function AND r.open)$$, 'what may be called exists');

-- every statement that the role is not to make, tried; returns those that were not refused
CREATE FUNCTION pg_temp.tried(actor text, inserts text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE statement text; state text;
BEGIN
    FOR statement IN
        SELECT format(s, c.oid::regclass) FROM pg_class c
        CROSS JOIN unnest('{SELECT 1 FROM %s LIMIT 1,DELETE FROM %s,TRUNCATE %s,LOCK TABLE %s IN SHARE MODE}'::text[]) s
        WHERE c.relnamespace = 'cccd_gate'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND NOT (s ~ '^(TRUNCATE|LOCK|DELETE)' AND c.relkind = 'v')
        UNION ALL
        SELECT format('INSERT INTO %s DEFAULT VALUES', c.oid::regclass) FROM pg_class c
        WHERE c.relnamespace = 'cccd_gate'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL (inserts)
        UNION ALL
        -- whose line it is, and where it stands in the order, nobody says
        SELECT format(s, c.oid::regclass) FROM pg_class c
        CROSS JOIN unnest('{INSERT INTO %s (line) VALUES (9223372036854775807),INSERT INTO %s (role) VALUES (''tap_other''),INSERT INTO %s VALUES (1)}'::text[]) s
        WHERE c.relnamespace = 'cccd_gate'::regnamespace AND c.relname = ANY (inserts)
        UNION ALL
        SELECT format('UPDATE %s SET %I = NULL', c.oid::regclass, a.attname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        WHERE c.relnamespace = 'cccd_gate'::regnamespace AND c.relkind IN ('r', 'p')
        UNION ALL
        SELECT format('SELECT nextval(%L)', c.oid::regclass) FROM pg_class c
        WHERE c.relnamespace = 'cccd_gate'::regnamespace AND c.relkind = 'S'
        UNION ALL
        SELECT CASE r.prokind WHEN 'p' THEN 'CALL ' ELSE 'SELECT ' END || r.call FROM routine r
        WHERE NOT (r.open AND r.proname IN (SELECT a.function FROM allowed a WHERE a.profile = substr(actor, 5) AND a.function IS NOT NULL))
        UNION ALL
        SELECT 'CREATE TABLE cccd_gate.mine ()'
    LOOP
        BEGIN
            EXECUTE format('SET LOCAL ROLE %I', actor);
            EXECUTE statement;
            state := 'done';
            RAISE EXCEPTION USING ERRCODE = 'TAP01';
        EXCEPTION WHEN OTHERS THEN
            IF SQLSTATE = 'TAP01' OR SQLSTATE <> '42501' THEN
                RETURN NEXT actor || ' ' || SQLSTATE || ' ' || statement;
            END IF;
        END;
    END LOOP;
    RESET ROLE;
END $$;

DO $$ DECLARE p text; BEGIN
    FOR p IN SELECT DISTINCT a.profile FROM allowed a LOOP
        EXECUTE format('CREATE ROLE %I', 'tap_' || p);
        PERFORM cccd_gate.grant_duty(('tap_' || p)::name, p, source => CASE p WHEN 'loader' THEN 'agency' END);
    END LOOP;
END $$;
CREATE ROLE tap_stranger;
GRANT USAGE ON SCHEMA cccd_gate TO tap_stranger;
SELECT is_empty(format('SELECT pg_temp.tried(%L, %L)', 'tap_' || p.profile,
                       CASE p.profile WHEN 'loader' THEN '{person_in,document_in,fact_in,answer_in}' WHEN 'organiser' THEN '{ticket_in}' WHEN 'admin' THEN '{unit_in}' ELSE '{}' END),
                'beyond its duty ' || p.profile || ' may do nothing')
FROM (SELECT DISTINCT profile FROM allowed) p ORDER BY p.profile;
SELECT is_empty($$SELECT pg_temp.tried('tap_stranger', '{}')$$, 'who has no duty may do nothing at all');
SELECT is_empty(format($$SELECT r.signature FROM routine r JOIN allowed a ON a.function = r.proname WHERE r.open AND a.profile = %L AND NOT has_function_privilege(%L, r.oid, 'EXECUTE')$$, p.profile, 'tap_' || p.profile),
                p.profile || ' may call what its duty gives')
FROM (SELECT DISTINCT profile FROM allowed) p ORDER BY p.profile;
SELECT bag_eq($$SELECT a.attrelid::regclass::text, a.attname::text FROM pg_attribute a WHERE a.attrelid IN ('cccd_gate.person_in'::regclass, 'cccd_gate.document_in'::regclass, 'cccd_gate.fact_in'::regclass, 'cccd_gate.answer_in'::regclass)
                  AND a.attnum > 0 AND NOT has_column_privilege('tap_loader', a.attrelid, a.attnum, 'INSERT')$$,
              $$SELECT t, c FROM unnest('{cccd_gate.person_in,cccd_gate.document_in,cccd_gate.fact_in,cccd_gate.answer_in}'::text[]) t, unnest('{line,role}'::text[]) c$$, 'a loader fills its staging tables but for line and role');
SELECT set_eq($$SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = 'cccd_gate.ticket_in'::regclass AND a.attnum > 0 AND NOT has_column_privilege('tap_organiser', a.attrelid, a.attnum, 'INSERT')$$,
              ARRAY['line', 'role'], 'and an organiser the one of tickets');
-- what was granted by hand is taken back, of tables, columns and sequences
GRANT INSERT, SELECT (line) ON cccd_gate.fact_in TO tap_loader;
GRANT USAGE ON SEQUENCE cccd_gate.fact_in_line_seq TO tap_loader;
SELECT cccd_gate.grant_duty('tap_loader', 'loader', source => 'agency');
SELECT is(has_column_privilege('tap_loader', 'cccd_gate.fact_in', 'line', 'INSERT') OR has_column_privilege('tap_loader', 'cccd_gate.fact_in', 'line', 'SELECT')
          OR has_sequence_privilege('tap_loader', 'cccd_gate.fact_in_line_seq', 'USAGE'), false, 'what was granted by hand is taken back');
SELECT is(has_column_privilege('tap_loader', 'cccd_gate.fact_in', 'id', 'INSERT'), true, 'what the duty gives stays');

-- a loader loads, for its source alone
SET LOCAL ROLE tap_loader;
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES ('001090000008', 'Trùng Tên', '1990-02-01', 'M');
SELECT throws_ok($$SELECT cccd_gate.load_people('national')$$, '22023', 'unknown source', 'another source is not there for it');
SELECT throws_ok($$SELECT cccd_gate.load_people('no such source')$$, '22023', 'unknown source', 'as one that does not exist');
SELECT is(taken, 1::bigint, 'its own is') FROM cccd_gate.load_people('agency');
INSERT INTO cccd_gate.person_in (id, name) VALUES ('1', 'Sai Số');
SELECT is(rejected, 1::bigint, 'a wrong line is rejected') FROM cccd_gate.load_people('agency');
SELECT results_eq('SELECT staging, reason FROM cccd_gate.load_rejects(''agency'')', $$VALUES ('person_in', 'id_malformed')$$, 'and shown to whom it belongs');
SELECT is_empty('SELECT * FROM cccd_gate.load_rejects(''national'')', 'alone');
SELECT throws_ok($$SELECT cccd_gate.load_fhir('{"resourceType": "Bundle", "entry": []}', 'national')$$, '22023', 'unknown source', 'nor is it by a bundle');
RESET ROLE;
SELECT is((SELECT source FROM cccd_gate.person WHERE name = 'Trùng Tên'), 'agency', 'and it is written down as that source');

-- what goes out: of who sees to privacy, and of who sends
SET LOCAL ROLE tap_privacy;
SELECT is(cccd_gate.save_recipient('tap', 'Tap', 'trying', 'none', '{dose}'), true, 'privacy says who gets what');
SELECT is_empty($$SELECT * FROM cccd_gate.export_facts('tap')$$, 'and exports');
SELECT is((SELECT count(*) FROM cccd_gate.exports('tap')), 1::bigint, 'and sees that it did');
SET LOCAL ROLE tap_admin;
SELECT is_empty($$SELECT * FROM cccd_gate.export_fhir('tap')$$, 'an admin sends');
SELECT throws_ok($$SELECT cccd_gate.save_recipient('tap2', 'Tap', 'trying', 'none', '{dose}')$$, '42501', NULL, 'but does not say to whom');
RESET ROLE;
SELECT is((SELECT array_agg(role ORDER BY export) FROM cccd_gate.export_log), '{tap_privacy,tap_admin}', 'and the log says who it was');
CREATE ROLE tap_local;
SELECT cccd_gate.grant_duty('tap_local', 'privacy', 'E');
SET LOCAL ROLE tap_local;
SELECT throws_ok($$SELECT * FROM cccd_gate.export_facts('tap')$$, '42501', 'permission denied for function export_facts', 'a duty for one event is none for what goes out');
SELECT throws_ok($$SELECT * FROM cccd_gate.recipients()$$, '42501', 'permission denied for function recipients', 'nor for who gets it');
RESET ROLE;

-- lines belong to whom they are from: with a delivery, without one, with one that is wrong
CREATE ROLE tap_clinic;
SELECT cccd_gate.grant_duty('tap_clinic', 'loader', source => 'guest_list');
SET LOCAL ROLE tap_loader;
INSERT INTO cccd_gate.person_in (delivery, id, name) VALUES (NULL, '001090000016', 'Không Đợt'), ('3f2504e0-4f89-41d3-9a0c-0305e82c3301', '001090000017', 'Có Đợt'), ('không', '001090000018', 'Sai Đợt');
INSERT INTO cccd_gate.fact_in (delivery, id, kind, starts) VALUES (NULL, '001090000008', 'recovery', '2021-07-01');
INSERT INTO cccd_gate.document_in (delivery, id, kind) VALUES (NULL, '001090000008', 'chip');
SET LOCAL ROLE tap_clinic;
SELECT results_eq($$SELECT taken, rejected, remaining FROM cccd_gate.load_people('guest_list')$$, 'VALUES (0::bigint, 0::bigint, 0::bigint)', 'another''s lines without a delivery stay');
SELECT results_eq($$SELECT taken, rejected, remaining FROM cccd_gate.load_people('guest_list', '3f2504e0-4f89-41d3-9a0c-0305e82c3301')$$, 'VALUES (0::bigint, 0::bigint, 0::bigint)', 'those of a delivery whose UUID was learnt, too');
SELECT is(taken + rejected + remaining, 0::bigint, 'facts as well') FROM cccd_gate.load_facts('guest_list');
SELECT is(taken + rejected + remaining, 0::bigint, 'and documents') FROM cccd_gate.load_documents('guest_list');
INSERT INTO cccd_gate.person_in (delivery, id) VALUES ('3f2504e0-4f89-41d3-9a0c-0305e82c3301', '2');
SELECT is(rejected, 1::bigint, 'one UUID of two roles is two deliveries') FROM cccd_gate.load_people('guest_list', '3f2504e0-4f89-41d3-9a0c-0305e82c3301');
SELECT is_empty($$SELECT * FROM cccd_gate.load_rejects('agency')$$, 'rejects of another are not shown');
SELECT is(people, 0::bigint, 'nor is a delivery of another one that was used before')
FROM cccd_gate.load_fhir('{"resourceType": "Bundle", "entry": []}', 'guest_list', '3f2504e0-4f89-41d3-9a0c-0305e82c3302');
SELECT throws_ok($$SELECT cccd_gate.load_lines('tickets', 'list', NULL, NULL, NULL, true)$$, '42501', 'permission denied for function load_tickets', 'a loader loads no tickets');
SELECT throws_ok($$SELECT cccd_gate.load_lines('answer_log', 'guest_list', NULL, NULL, NULL, true)$$, '22023', 'unknown kind of lines', 'nor anything else');
SET LOCAL ROLE tap_loader;
SELECT results_eq($$SELECT taken, rejected FROM cccd_gate.load_people('agency')$$, 'VALUES (1::bigint, 1::bigint)', 'whose they are, has them, and what was wrong with them');
SELECT is(taken, 1::bigint, 'with their delivery') FROM cccd_gate.load_people('agency', '3f2504e0-4f89-41d3-9a0c-0305e82c3301');
SELECT is_empty($$SELECT * FROM cccd_gate.load_rejects('agency', '3f2504e0-4f89-41d3-9a0c-0305e82c3301')$$, 'without the rejects of the other');
SELECT is(taken, 1::bigint, 'facts') FROM cccd_gate.load_facts('agency');
SELECT is(taken, 1::bigint, 'documents') FROM cccd_gate.load_documents('agency');
RESET ROLE;
SELECT results_eq($$SELECT role, source FROM cccd_gate.load_delivery WHERE delivery = '3f2504e0-4f89-41d3-9a0c-0305e82c3301' AND staging = 'person_in' ORDER BY 1$$,
                  $$VALUES ('tap_clinic', 'guest_list'), ('tap_loader', 'agency')$$, 'each has its own totals');
SELECT cccd_gate.revoke_duty('tap_clinic', 'loader');

-- tickets of the events that one organises
SELECT cccd_gate.revoke_duty('tap_organiser', 'organiser');
SELECT cccd_gate.grant_duty('tap_organiser', 'organiser', 'E');
SET LOCAL ROLE tap_organiser;
INSERT INTO cccd_gate.ticket_in (event, number, secret) VALUES ('E', '1', 'a secret of sixteen'), ('F', '1', 'another of sixteen'), ('G', '1', 'one more of sixteen');
SELECT results_eq('SELECT taken, rejected FROM cccd_gate.load_tickets(''list'')', 'VALUES (1::bigint, 2::bigint)', 'tickets of other events are not taken');
SELECT is(people, 0::bigint, 'reports of one''s own event') FROM cccd_gate.attendance_report('E') WHERE category = 'total';
SELECT is(cccd_gate.save_event('E', '{"capacity": 5}'), false, 'an organiser changes its event');
SELECT throws_ok($$SELECT cccd_gate.save_event('F', '{"capacity": 5}')$$, '22023', 'unknown event', 'no other');
SELECT throws_ok($$SELECT cccd_gate.save_event('H', '{"name": "H", "capacity": 5, "starts": "2021-11-16", "rule": "ticket"}')$$, '22023', 'unknown event', 'and makes none');
SELECT throws_ok($$SELECT cccd_gate.save_gate('F', 'B')$$, '22023', 'unknown event', 'nor gates of others');
SELECT throws_ok($$SELECT cccd_gate.load_lines('people', 'agency', NULL, NULL, NULL, true)$$, '22023', 'unknown source', 'nor people');
SELECT results_eq($$SELECT DISTINCT staging FROM cccd_gate.load_rejects('list')$$, $$VALUES ('ticket_in')$$, 'what was rejected is shown to the organiser of one event');
INSERT INTO cccd_gate.ticket_in (event, number, secret) VALUES ('E', '2', 'a second one of sixteen');
RESET ROLE;
CREATE ROLE tap_second;
SELECT cccd_gate.grant_duty('tap_second', 'organiser', 'F');
SET LOCAL ROLE tap_second;
SELECT is(taken + rejected + remaining, 0::bigint, 'lines of another organiser stay') FROM cccd_gate.load_tickets('list');
SELECT is_empty($$SELECT * FROM cccd_gate.load_rejects('list')$$, 'so do its rejects');
SET LOCAL ROLE tap_organiser;
SELECT is(taken, 1::bigint, 'for whose they are') FROM cccd_gate.load_tickets('list');
RESET ROLE;
SELECT is((SELECT count(DISTINCT reason) FROM cccd_gate.load_reject WHERE staging = 'ticket_in'), 1::bigint, 'another''s event is one that does not exist');

-- events: a duty for one is none for another
INSERT INTO cccd_gate.presence (event, person, gate, since, entries, state, proof) SELECT v.*, 'A', clock_timestamp(), 1, 'i', 1 FROM (SELECT e, min(person) FROM cccd_gate.person, generate_series(1, 2) e GROUP BY e) v;
SELECT cccd_gate.revoke_duty('tap_analyst', 'analyst');
SELECT cccd_gate.grant_duty('tap_analyst', 'analyst', 'E');
SELECT cccd_gate.revoke_duty('tap_gate', 'gate');
SELECT cccd_gate.grant_duty('tap_gate', 'gate', 'E');
SET LOCAL ROLE tap_analyst;
SELECT is(people, 1::bigint, 'an analyst of an event counts it') FROM cccd_gate.attendance_report('E') WHERE category = 'total';
SELECT is((SELECT count(*) FROM cccd_gate.attendance_report('F')), 0::bigint, 'and sees nothing of another');
SET LOCAL ROLE tap_gate;
SELECT is(problem, NULL, 'a gate of an event has challenges for it') FROM cccd_gate.challenge('E', 'A');
SELECT is(problem, 'event_unknown', 'and another''s event does not exist') FROM cccd_gate.challenge('F', 'A');
RESET ROLE;

-- who acts: the role that was set, not the session, not a membership
CREATE ROLE tap_pooler LOGIN;
CREATE ROLE tap_member LOGIN INHERIT;
GRANT tap_gate, tap_analyst TO tap_pooler;
GRANT tap_gate TO tap_member;
SET LOCAL SESSION AUTHORIZATION tap_pooler;
SELECT is(problem, 'event_unknown', 'a pooler has no duty of its own') FROM cccd_gate.challenge('E', 'A');
SET LOCAL ROLE tap_gate;
SELECT is(problem, NULL, 'it acts by SET ROLE') FROM cccd_gate.challenge('E', 'A');
SET LOCAL ROLE tap_analyst;
SELECT throws_ok($$SELECT cccd_gate.challenge('E', 'A')$$, '42501', NULL, 'each duty apart');
SET LOCAL ROLE NONE;
SET LOCAL SESSION AUTHORIZATION tap_member;
SELECT is(problem, 'event_unknown', 'a member inherits functions and no duty') FROM cccd_gate.challenge('E', 'A');
RESET SESSION AUTHORIZATION;
SELECT is(problem, 'event_unknown', 'nor has a superuser one') FROM cccd_gate.challenge('E', 'A');
SELECT throws_ok($$SELECT cccd_gate.load_people('national')$$, '22023', 'unknown source', 'nor loads one');

-- who has become a superuser has lost the duty, in SQL and in C
ALTER ROLE tap_desk SUPERUSER;
ALTER ROLE tap_loader SUPERUSER;
SET LOCAL ROLE tap_desk;
SELECT is(cccd_gate.has_duty('{desk}', 1), false, 'a superuser has no duty, whatever the role was before');
SELECT is(problem, 'event_unknown', 'nor a challenge') FROM cccd_gate.challenge('E', 'A');
SELECT is((cccd_gate.check_in('E', 'A', '3f2504e0-4f89-41d3-9a0c-0305e82c3303', '001090000008')).reasons, '{event_unknown}', 'nor a check');
SELECT is(problem, 'person_unknown', 'nor a merge') FROM cccd_gate.merge_people(1, 2);
SET LOCAL ROLE tap_loader;
SELECT throws_ok($$SELECT cccd_gate.load_people('agency')$$, '22023', 'unknown source', 'nor a source');
RESET ROLE;
SET LOCAL cccd_gate.allow_superuser = on;
SET LOCAL ROLE tap_desk;
SELECT is(cccd_gate.has_duty('{auditor}', 1), true, 'or every duty, as the setting says');
SELECT is(problem, NULL, 'in C as well') FROM cccd_gate.challenge('E', 'A');
RESET ROLE;
SET LOCAL cccd_gate.allow_superuser = off;
ALTER ROLE tap_desk NOSUPERUSER;
ALTER ROLE tap_loader NOSUPERUSER;
SET LOCAL ROLE tap_desk;
SELECT is(problem, NULL, 'who is none any more has the duty again') FROM cccd_gate.challenge('E', 'A');
RESET ROLE;

-- what is taken back is gone, unless another duty needs it
SELECT cccd_gate.grant_duty('tap_gate', 'desk', 'E');
SELECT is(cccd_gate.revoke_duty('tap_gate', 'gate', 'E'), true, 'a duty is taken back');
SELECT is(has_function_privilege('tap_gate', 'cccd_gate.challenge(text, text)', 'EXECUTE'), true, 'what another duty needs stays');
SELECT is(cccd_gate.revoke_duty('tap_gate', 'gate', 'E'), false, 'once');
SELECT is(cccd_gate.revoke_duty('tap_gate', 'desk', 'E'), true, 'the other, too');
SELECT is_empty($$SELECT r.signature FROM routine r WHERE has_function_privilege('tap_gate', r.oid, 'EXECUTE')$$, 'and nothing is left');
SELECT is(has_schema_privilege('tap_gate', 'cccd_gate', 'USAGE'), false, 'not even the schema');
SELECT cccd_gate.revoke_duty('tap_loader', 'loader');
SELECT is(has_any_column_privilege('tap_loader', 'cccd_gate.fact_in', 'INSERT'), false, 'nor a staging table');

-- who gives duties, and to whom
SET LOCAL ROLE tap_admin;
SELECT lives_ok($$SELECT cccd_gate.grant_duty('tap_gate', 'gate', 'F')$$, 'an admin gives duties');
SELECT results_eq($$SELECT profile, event FROM cccd_gate.duties() WHERE role = 'tap_gate'$$, $$VALUES ('gate', 'F')$$, 'and sees them');
SET LOCAL ROLE tap_owner;
SELECT lives_ok($$SELECT cccd_gate.revoke_duty('tap_gate', 'gate', 'F')$$, 'and the owner takes them');
RESET ROLE;
SELECT throws_ok($$SELECT cccd_gate.grant_duty('tap_missing', 'gate')$$, '42704', NULL, 'a role that there is');
SELECT throws_ok($$SELECT cccd_gate.grant_duty('postgres', 'gate')$$, '22023', NULL, 'that is not a superuser');
SELECT throws_ok($$SELECT cccd_gate.grant_duty('tap_owner', 'gate')$$, '22023', NULL, 'nor the owner');
SELECT throws_ok($$SELECT cccd_gate.grant_duty('tap_gate', 'guard')$$, '23514', NULL, 'a profile that there is');
SELECT throws_ok($$SELECT cccd_gate.grant_duty('tap_gate', 'gate', 'G')$$, '22023', NULL, 'an event that there is');
SELECT throws_ok($$SELECT cccd_gate.grant_duty('tap_gate', 'loader', source => 'nobody')$$, '22023', NULL, 'and a source');
-- the gate's own sources: what an officer accepted, whom the desk registered, what a signature proved
SELECT throws_ok(format($$SELECT cccd_gate.grant_duty('tap_gate', 'loader', source => %L)$$, s), '22023', format('source "%s" is the gate''s own', s), s || ' is no loader''s')
FROM unnest('{certificate,desk,paper}'::text[]) s;
SELECT throws_ok($$INSERT INTO cccd_gate.duty (role, profile, source) VALUES ('tap_gate', 'loader', 'paper')$$, '23514', NULL, 'nor in the table');
SELECT lives_ok(format($$SELECT cccd_gate.grant_duty('tap_gate', 'loader', source => %L)$$, s), s || ' may be')
FROM unnest('{national,system,agency,guest_list,declared}'::text[]) s;
SET LOCAL cccd_gate.allow_superuser = on;
SELECT throws_ok(format($$SELECT cccd_gate.load_%s('paper')$$, k), '22023', 'source "paper" is the gate''s own', 'not even a superuser loads ' || k || ' of papers')
FROM unnest('{people,documents,facts}'::text[]) k;
SELECT throws_ok($$SELECT cccd_gate.load_fhir('{"resourceType": "Bundle"}', 'certificate')$$, '22023', 'source "certificate" is the gate''s own', 'nor a bundle of certificates');
SELECT * FROM finish();
ROLLBACK;
