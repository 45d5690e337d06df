-- the board says what a count of the rows says, whatever has been counted before
SET cccd_gate.allow_superuser = on;
CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql AS $$ SELECT ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.card(n int) RETURNS text LANGUAGE sql AS $$
    SELECT cccd_card_qr(('0010900000' || lpad(n::text, 2, '0'))::cccd_id, NULL, 'Người Số ' || n, '1990-01-01', 'M', 'Hà Nội', '2021-05-10') $$;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, entries, ticket_required) VALUES
    (901, 'M', 'a match', clock_timestamp(), 20, 'not isolated', 'once', false), (902, 'B', 'a bus line', clock_timestamp(), 20, 'not isolated', 'free', false);
INSERT INTO cccd_gate.gate (event, gate, to_zone) SELECT e, g.gate, g.zone FROM generate_series(901, 902) e, (VALUES ('A', NULL), ('hall', 'hall')) g(gate, zone);
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT 9000 + i, 'Người Số ' || i, '1990-01-01', 'M' FROM generate_series(1, 30) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT ('0010900000' || lpad(i::text, 2, '0'))::cccd_id, 9000 + i FROM generate_series(1, 30) i;
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) VALUES (9020, 'isolation', 'covid19', '2021-11-01', 'national');
-- the rows themselves
CREATE FUNCTION pg_temp.rows_of(code text) RETURNS TABLE (scope text, gate text, minute timestamptz, inside bigint, entered bigint, left_count bigint, annulled bigint, refused bigint, review bigint)
    LANGUAGE sql AS $$
    WITH l AS (SELECT x.*, coalesce(x.decided, x.verdict) AS said, date_trunc('minute', coalesce(x.occurred_at, x.recorded_at)) AS minute,
                      coalesce((SELECT y.action FROM cccd_gate.answer_log y WHERE y.request_id = x.case_id), x.action) AS asked
               FROM cccd_gate.answer_log x JOIN cccd_gate.event e USING (event) WHERE e.code = $1),
    counted AS (SELECT CASE WHEN grouping(l.minute) = 0 THEN 'minute' WHEN grouping(l.gate) = 0 THEN 'gate' ELSE 'event' END AS scope, l.gate, l.minute,
                       count(*) FILTER (WHERE said = 'a' AND asked IN ('i', 'd')) AS entered, count(*) FILTER (WHERE said = 'a' AND asked = 'o') AS left_count,
                       count(*) FILTER (WHERE action = 'n') AS annulled, count(*) FILTER (WHERE said = 'r' AND action <> 'n') AS refused,
                       count(*) FILTER (WHERE said = 'v' AND action <> 'd') AS review
                FROM l GROUP BY GROUPING SETS ((l.gate, l.minute), (l.gate), ()))
    SELECT c.scope, c.gate, c.minute, CASE c.scope WHEN 'event' THEN (SELECT count(*) FROM cccd_gate.presence p JOIN cccd_gate.event e USING (event) WHERE e.code = $1 AND p.state = 'i') END,
           CASE c.scope WHEN 'event' THEN (SELECT sum(s.entered) FROM cccd_gate.slot s JOIN cccd_gate.event e USING (event) WHERE e.code = $1) ELSE c.entered END,
           CASE c.scope WHEN 'event' THEN (SELECT sum(s.left_count) FROM cccd_gate.slot s JOIN cccd_gate.event e USING (event) WHERE e.code = $1) ELSE c.left_count END,
           c.annulled, c.refused, c.review
    FROM counted c WHERE c.scope = 'event' OR c.entered + c.left_count + c.annulled + c.refused + c.review > 0 $$;
-- nothing but what differs
CREATE FUNCTION pg_temp.differs(code text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMP TABLE shown AS SELECT * FROM cccd_gate.board($1, 1440);
    RETURN QUERY (SELECT 'board ' || s FROM shown s EXCEPT SELECT 'board ' || r FROM pg_temp.rows_of($1) r)
                 UNION ALL (SELECT 'rows ' || r FROM pg_temp.rows_of($1) r EXCEPT SELECT 'rows ' || s FROM shown s);
    DROP TABLE shown;
END $$;

-- nobody has come; no such event; a number of minutes
SELECT * FROM cccd_gate.board('M');
SELECT * FROM cccd_gate.board('N');
SELECT * FROM cccd_gate.board(NULL);
SELECT * FROM cccd_gate.board('M', 1440);
SELECT * FROM cccd_gate.board('M', 1441);
SELECT * FROM cccd_gate.board('M', -1);
SELECT * FROM cccd_gate.board('M', NULL);

-- entries, a refusal, a scan that cannot be read, an exit, an entry that is annulled, a gate that does not exist
SELECT a.verdict, count(*) FROM generate_series(1, 6) n, cccd_gate.check_in('M', CASE WHEN n > 3 THEN 'hall' ELSE 'A' END, pg_temp.id(900 + n), scan => pg_temp.card(n)) a GROUP BY 1;
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(910), scan => pg_temp.card(20));
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(911), scan => 'nothing');
SELECT verdict FROM cccd_gate.check_out('M', 'A', pg_temp.id(912), scan => pg_temp.card(1));
SELECT verdict, reasons FROM cccd_gate.annul(pg_temp.id(902), pg_temp.id(913));
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'Z', pg_temp.id(914), scan => pg_temp.card(7));
SELECT scope, gate, inside, entered, left_count, annulled, refused, review FROM cccd_gate.board('M', 0);
SELECT * FROM pg_temp.differs('M');
-- counted, as soon as what ran at the first mark has ended
DO $$ BEGIN
    LOOP
        PERFORM cccd_gate.count_board(901);
        COMMIT;
        EXIT WHEN EXISTS (SELECT FROM cccd_gate.board_mark WHERE event = 901 AND floor IS NOT NULL);
        PERFORM pg_sleep(0.1);
    END LOOP;
END $$;
SELECT sum(entered), sum(left_count), sum(annulled), sum(refused), sum(review) FROM cccd_gate.board_count WHERE event = 901 AND minute = '-infinity';
SELECT * FROM pg_temp.differs('M');
-- what comes after is added, once
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(920), scan => '001090000008');
SELECT verdict FROM cccd_gate.register_person('M', 'A', pg_temp.id(921), 'Người Mới', '1990-01-01', 'M');
SELECT verdict, reasons FROM cccd_gate.turn_away(pg_temp.id(920));
SELECT verdict FROM cccd_gate.replay(pg_temp.id(922), clock_timestamp() - interval '2 hours', 'in', 'M', 'hall', scan => pg_temp.card(9), decided => 'admit');
SELECT verdict FROM cccd_gate.replay(pg_temp.id(923), clock_timestamp() - interval '1 hour', 'in', 'M', 'hall', scan => pg_temp.card(10), decided => 'refuse');
-- an exit that is looked into, and judged again
SELECT verdict, reasons FROM cccd_gate.check_out('M', 'A', pg_temp.id(924), scan => pg_temp.card(11));
SELECT verdict FROM cccd_gate.check_in('M', 'A', pg_temp.id(925), scan => pg_temp.card(11));
SELECT verdict, inside FROM cccd_gate.recheck(pg_temp.id(924), pg_temp.id(926));
SELECT * FROM pg_temp.differs('M');
SELECT cccd_gate.count_board(901);
SELECT cccd_gate.count_board(901);
SELECT * FROM pg_temp.differs('M');
SELECT scope, gate, inside, entered, left_count, annulled, refused, review FROM cccd_gate.board('M', 0);
SELECT sum(entered) AS entered, sum(left_count) AS left_count, count(DISTINCT minute) > 1 AS minutes FROM cccd_gate.entries_by_minute('M');
-- everybody is checked out; under free who is inside comes again
SELECT checked_out, remaining FROM cccd_gate.check_out_all('M');
SELECT a.verdict FROM generate_series(1, 3) n, cccd_gate.check_in('B', 'A', pg_temp.id(930 + n), scan => pg_temp.card(1)) a;
SELECT scope, gate, inside, entered, left_count FROM cccd_gate.board('M', 0);
SELECT scope, gate, inside, entered, left_count FROM cccd_gate.board('B', 0);
SELECT * FROM pg_temp.differs('M');
-- a transaction that has written, one that reads, and one with a snapshot of its own count nothing, and see what there is
UPDATE cccd_gate.board_mark SET counted_at = counted_at - interval '1 hour', floor = floor - interval '1 hour';
CREATE TEMP TABLE mark AS SELECT * FROM cccd_gate.board_mark;
BEGIN;
SELECT verdict FROM cccd_gate.check_in('M', 'A', pg_temp.id(940), scan => pg_temp.card(12));
SELECT inside, entered FROM cccd_gate.board('M', 0) WHERE scope = 'event';
SELECT verdict FROM cccd_gate.check_in('M', 'A', pg_temp.id(941), scan => pg_temp.card(13));
SELECT * FROM pg_temp.differs('M');
COMMIT;
BEGIN READ ONLY;
SELECT inside, entered FROM cccd_gate.board('M', 0) WHERE scope = 'event';
COMMIT;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT inside, entered FROM cccd_gate.board('M', 0) WHERE scope = 'event';
COMMIT;
SELECT count(*) AS unchanged FROM cccd_gate.board_mark m JOIN mark USING (event, counted_at, floor) WHERE m.snapshot::text = mark.snapshot::text;
-- and then a call counts by itself, and what the transaction writes afterwards is not lost
BEGIN;
SELECT inside, entered FROM cccd_gate.board('M', 0) WHERE scope = 'event';
SELECT verdict FROM cccd_gate.check_in('M', 'A', pg_temp.id(942), scan => pg_temp.card(14));
COMMIT;
SELECT count(*) AS unchanged FROM cccd_gate.board_mark m JOIN mark USING (event, counted_at) WHERE m.event = 901;
SELECT * FROM pg_temp.differs('M');
-- the clock was set back
UPDATE cccd_gate.board_mark SET counted_at = counted_at + interval '1 hour', floor = floor + interval '1 hour';
SELECT verdict FROM cccd_gate.check_in('M', 'A', pg_temp.id(943), scan => pg_temp.card(15));
BEGIN READ ONLY;
SELECT inside, entered FROM cccd_gate.board('M', 0) WHERE scope = 'event';
COMMIT;
SELECT * FROM pg_temp.differs('M');
SELECT cccd_gate.count_board(901);
SELECT cccd_gate.count_board(901);
SELECT * FROM pg_temp.differs('M');
SELECT cccd_gate.count_board(901);
SELECT * FROM pg_temp.differs('M');
-- the board goes with its event
SELECT cccd_gate.delete_event('M'), cccd_gate.delete_event('B');
SELECT (SELECT count(*) FROM cccd_gate.board_count), (SELECT count(*) FROM cccd_gate.board_mark);
DELETE FROM cccd_gate.note WHERE request_id IN (SELECT request_id FROM cccd_gate.answer_log WHERE event IN (901, 902));
DELETE FROM cccd_gate.case_file WHERE event IN (901, 902);
DELETE FROM cccd_gate.answer_log WHERE event IN (901, 902);
DELETE FROM cccd_gate.paper;
DELETE FROM cccd_gate.document;
SELECT cccd_gate.delete_people(ARRAY(SELECT person FROM cccd_gate.person)) > 0 AS gone;
SELECT setval(s, 1, false) FROM unnest('{cccd_gate.person_person_seq,cccd_gate.document_document_seq,cccd_gate.paper_paper_seq}'::regclass[]) s;
