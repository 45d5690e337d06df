-- what presence says to each direction: every row of the manual's table
--
-- scripts/house/presence compares the table of doc/gate_door.md with the last
-- output below.
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
CREATE FUNCTION pg_temp.card(n int) RETURNS text LANGUAGE sql AS $$
    SELECT cccd_card_qr(('001090000' || lpad(n::text, 3, '0'))::cccd_id, NULL, 'Người Số ' || n, '1990-01-01', 'M', 'Hà Nội', '2021-05-10') $$;
CREATE FUNCTION pg_temp.secret(n int) RETURNS text LANGUAGE sql AS $$ SELECT 'secret of ticket number ' || n $$;
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, entries, refusals_per_minute, claims_per_minute)
SELECT e, e, clock_timestamp(), 1000, 'ticket', e, 0, 0 FROM unnest('{once,again,free}'::text[]) e;
INSERT INTO cccd_gate.gate (event, gate, from_zone, to_zone)
SELECT e.event, g.gate, g.from_zone, g.to_zone FROM cccd_gate.event e, (VALUES ('hall', NULL, 'hall'), ('lab', 'hall', 'lab'), ('roof', 'garden', 'roof')) g(gate, from_zone, to_zone);
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người Số ' || i, '1990-01-01', 'M' FROM generate_series(1, 400) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT ('001090000' || lpad(i::text, 3, '0'))::cccd_id, i FROM generate_series(1, 400) i;
CREATE TEMP TABLE step (n int, entries text, who text, direction text, state text, other int);
INSERT INTO step
SELECT row_number() OVER (), e.entries, w.who, d.direction, s.state, 200 + row_number() OVER ()
FROM unnest('{once,again,free}'::text[]) WITH ORDINALITY e(entries, i), unnest('{person,"another, with the same ticket",bearer}'::text[]) WITH ORDINALITY w(who, i),
     unnest('{in,out,move,"move from another zone"}'::text[]) WITH ORDINALITY d(direction, i), unnest('{never,annulled,inside,left}'::text[]) WITH ORDINALITY s(state, i)
ORDER BY w.i, d.i, e.i, s.i;
INSERT INTO cccd_gate.ticket (ticket, event, secret_hash) SELECT s.n, e.event, sha256(convert_to(pg_temp.secret(s.n), 'UTF8')) FROM step s JOIN cccd_gate.event e ON e.code = s.entries;

-- each with a person and a ticket of its own: brought into the state, by the ticket alone where it is a bearer
CREATE FUNCTION pg_temp.bring(s step) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    bearer CONSTANT boolean := s.who = 'bearer';
    request CONSTANT uuid := gen_random_uuid();
    done text := '';
BEGIN
    IF s.state <> 'never' THEN
        done := CASE WHEN bearer THEN (cccd_gate.replay(request, clock_timestamp(), 'in', s.entries, 'hall', ticket => pg_temp.secret(s.n), decided => 'admit')).inside::text
                     ELSE (cccd_gate.check_in(s.entries, 'hall', request, scan => pg_temp.card(s.n), ticket => pg_temp.secret(s.n))).verdict END;
    END IF;
    IF s.state = 'annulled' THEN
        done := done || ' ' || (cccd_gate.annul(request, gen_random_uuid())).reasons::text;
    ELSIF s.state = 'left' THEN
        done := done || ' ' || (cccd_gate.check_out(s.entries, 'hall', gen_random_uuid(), scan => CASE WHEN NOT bearer THEN pg_temp.card(s.n) END, ticket => pg_temp.secret(s.n))).verdict;
    END IF;
    RETURN done;
END $$;
CREATE FUNCTION pg_temp.ask(s step) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    scan CONSTANT text := CASE s.who WHEN 'person' THEN pg_temp.card(s.n) WHEN 'bearer' THEN NULL ELSE pg_temp.card(s.other) END;
    a cccd_gate.answer;
BEGIN
    IF s.direction = 'in' THEN
        a := cccd_gate.check_in(s.entries, 'hall', gen_random_uuid(), scan => scan, ticket => pg_temp.secret(s.n));
    ELSIF s.direction = 'out' THEN
        a := cccd_gate.check_out(s.entries, 'hall', gen_random_uuid(), scan => scan, ticket => pg_temp.secret(s.n));
    ELSE
        a := cccd_gate.move(s.entries, CASE s.direction WHEN 'move' THEN 'lab' ELSE 'roof' END, gen_random_uuid(), scan => scan, ticket => pg_temp.secret(s.n));
    END IF;
    RETURN CASE WHEN a.verdict = 'admit' THEN 'admit' ELSE (SELECT string_agg('`' || r || '`', ', ') FROM unnest(a.reasons) r) END;
END $$;
SELECT s.who, s.state, pg_temp.bring(s) AS done, count(*) FROM step s GROUP BY 1, 2, 3 ORDER BY 1, 2;
CREATE TEMP TABLE said AS SELECT s.*, pg_temp.ask(s) AS answer FROM step s ORDER BY s.n;
-- what has been counted is what is there
SELECT e.code, (SELECT sum(s.inside) FROM cccd_gate.slot s WHERE s.event = e.event) = (SELECT count(*) FROM cccd_gate.presence p WHERE p.event = e.event AND p.state = 'i') AS inside
FROM cccd_gate.event e ORDER BY e.event;
\pset format unaligned
\pset tuples_only on
SELECT format('| %s | %s | %s | %s | %s | %s | %s |', direction, who, CASE count(*) WHEN 3 THEN 'any' ELSE string_agg('`' || entries || '`', ', ' ORDER BY n) END, never, annulled, inside, "left")
FROM (SELECT min(n) AS n, direction, who, entries, max(answer) FILTER (WHERE state = 'never') AS never, max(answer) FILTER (WHERE state = 'annulled') AS annulled,
             max(answer) FILTER (WHERE state = 'inside') AS inside, max(answer) FILTER (WHERE state = 'left') AS "left"
      FROM said GROUP BY direction, who, entries) q
GROUP BY direction, who, never, annulled, inside, "left" ORDER BY min(n);
\pset format aligned
\pset tuples_only off

-- the clock was set back between entry and exit: an answer, and a stay that ends when it began
CREATE FUNCTION pg_temp.later(who bigint) RETURNS void LANGUAGE sql AS $$ UPDATE cccd_gate.presence SET since = clock_timestamp() + interval '1 hour' WHERE person = $1 $$;
DELETE FROM cccd_gate.visit;
INSERT INTO cccd_gate.ticket (ticket, event, number, person) SELECT 1000 + n, e.event, 'of ' || n, n FROM cccd_gate.event e, generate_series(390, 392) n WHERE e.code = 'again';
SELECT n, a.verdict FROM generate_series(390, 392) n, cccd_gate.check_in('again', 'hall', gen_random_uuid(), scan => pg_temp.card(n)) a ORDER BY n;
SELECT pg_temp.later(n) FROM generate_series(390, 392) n;
SELECT verdict, reasons FROM cccd_gate.check_in('again', 'hall', gen_random_uuid(), scan => pg_temp.card(390));
SELECT verdict, reasons FROM cccd_gate.check_out('again', 'hall', gen_random_uuid(), scan => pg_temp.card(390));
SELECT verdict, reasons FROM cccd_gate.move('again', 'lab', gen_random_uuid(), scan => pg_temp.card(391));
SELECT verdict, reasons FROM cccd_gate.replay(gen_random_uuid(), clock_timestamp() - interval '1 hour', 'out', 'again', 'hall', scan => pg_temp.card(392));
SELECT person, zone, entered = left_at AS at_once FROM cccd_gate.visit ORDER BY person;
-- outside since later than now, and back again
SELECT pg_temp.later(390);
SELECT verdict, reasons, inside FROM cccd_gate.check_in('again', 'hall', gen_random_uuid(), scan => pg_temp.card(390));
SELECT person, state, zone, entries, since <= clock_timestamp() AS since FROM cccd_gate.presence WHERE person >= 390 ORDER BY person;
ROLLBACK;
