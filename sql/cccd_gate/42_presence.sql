-- who is inside, who was, and the places
--
-- No foreign key leads from here: it would lock hot rows.  What deletes or merges
-- people, events and tickets locks presence first.

CREATE TABLE presence (
    person bigint,
    ticket bigint,
    since timestamptz NOT NULL,
    merged_from bigint,
    event int NOT NULL,
    proof int,
    entries smallint NOT NULL,
    state "char" NOT NULL,
    gate text,
    zone text,
    CONSTRAINT presence_person UNIQUE (person, event),
    CONSTRAINT presence_ticket UNIQUE (event, ticket),
    CONSTRAINT presence_someone CHECK (num_nonnulls(person, ticket) > 0),
    CONSTRAINT presence_state CHECK (state IN ('i', 'l', 'a'))
) WITH (fillfactor = 90);
COMMENT ON TABLE presence IS
    'one row for good an event and person, or bearer of a ticket: the two unique constraints admit a person and a ticket once, however many gates ask at the same moment. The state has no index, so that its changes stay in the page';
COMMENT ON COLUMN presence.person IS 'who; NULL: the bearer of the ticket';
COMMENT ON COLUMN presence.ticket IS 'the ticket that is used; NULL where none was needed';
COMMENT ON COLUMN presence.since IS 'inside since, left at, or annulled at';
COMMENT ON COLUMN presence.merged_from IS 'whose it was before merge_people(); NULL: never moved';
COMMENT ON COLUMN presence.event IS 'event.event';
COMMENT ON COLUMN presence.proof IS 'how many facts proved the rule, as proof_counts() reads it';
COMMENT ON COLUMN presence.entries IS 'how often the event was entered, annulled entries left out';
COMMENT ON COLUMN presence.state IS 'i: inside, l: left, a: annulled';
COMMENT ON COLUMN presence.gate IS 'the last gate';
COMMENT ON COLUMN presence.zone IS 'the zone inside; NULL: the event as a whole';
COMMENT ON CONSTRAINT presence_person ON presence IS 'a person is once at an event, and the look-up of a person';
COMMENT ON CONSTRAINT presence_ticket ON presence IS 'a ticket is used once, and the look-up of a ticket';
COMMENT ON CONSTRAINT presence_someone ON presence IS 'a person or a bearer';
COMMENT ON CONSTRAINT presence_state ON presence IS 'known states';

CREATE TABLE visit (
    event int NOT NULL,
    person bigint,
    ticket bigint,
    zone text,
    entered timestamptz NOT NULL,
    left_at timestamptz NOT NULL,
    gate_in text,
    gate_out text,
    merged_from bigint,
    CONSTRAINT visit_someone CHECK (num_nonnulls(person, ticket) > 0),
    CONSTRAINT visit_times CHECK (entered <= left_at)
);
-- Who was at an event at a time: a stay of a day at most began less than a day
-- before, and longer ones are few.  A range index would take both, at ten times
-- the cost of an exit (bench/gate_contacts.sql).
CREATE INDEX visit_time ON visit (event, entered);
CREATE INDEX visit_long ON visit (event, left_at) WHERE left_at - entered > interval '24 hours';
CREATE INDEX visit_person ON visit (person) WHERE person IS NOT NULL;
COMMENT ON TABLE visit IS
    'stays that are over: a row is added at the exit and when the zone changes, and never changed; who is still inside is in presence';
COMMENT ON COLUMN visit.event IS 'event.event';
COMMENT ON COLUMN visit.person IS 'who; NULL: the bearer of the ticket';
COMMENT ON COLUMN visit.ticket IS 'the ticket that was used; NULL where none was needed';
COMMENT ON COLUMN visit.zone IS 'the zone; NULL: the event as a whole';
COMMENT ON COLUMN visit.entered IS 'from when on';
COMMENT ON COLUMN visit.left_at IS 'until when';
COMMENT ON COLUMN visit.gate_in IS 'gate at which it began';
COMMENT ON COLUMN visit.gate_out IS 'gate at which it ended; NULL: everybody was checked out';
COMMENT ON COLUMN visit.merged_from IS 'whose it was before merge_people(); NULL: never moved';
COMMENT ON INDEX visit_time IS 'who was at an event at a time, of stays of at most a day';
COMMENT ON INDEX visit_long IS 'who was at an event at a time, of longer stays';
COMMENT ON INDEX visit_person IS 'where a person was';
COMMENT ON CONSTRAINT visit_someone ON visit IS 'a person or a bearer';
COMMENT ON CONSTRAINT visit_times ON visit IS 'it ends after it begins';

CREATE TABLE slot (
    event int NOT NULL,
    slot smallint NOT NULL,
    size int NOT NULL,
    inside int NOT NULL DEFAULT 0,
    entered int NOT NULL DEFAULT 0,
    left_count int NOT NULL DEFAULT 0,
    PRIMARY KEY (event, slot),
    CONSTRAINT slot_range CHECK (slot BETWEEN 0 AND 63)
) WITH (fillfactor = 20);
COMMENT ON TABLE slot IS
    'an event''s capacity and counters in 64 parts, so that gates do not wait for each other''s commit on one counter';
COMMENT ON COLUMN slot.event IS 'event.event';
COMMENT ON COLUMN slot.slot IS '0 to 63';
COMMENT ON COLUMN slot.size IS 'how many may be inside by this part; far below zero in all parts while more are inside than may be, so that nobody enters';
COMMENT ON COLUMN slot.inside IS 'how many are; an exit frees a place in any part, so that a single one may be below zero';
COMMENT ON COLUMN slot.entered IS 'entries counted in this part, annulled ones left out';
COMMENT ON COLUMN slot.left_count IS 'exits counted in this part';
COMMENT ON CONSTRAINT slot_pkey ON slot IS 'key';
COMMENT ON CONSTRAINT slot_range ON slot IS '64 parts';

CREATE FUNCTION delete_people(people bigint[]) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    deleted bigint;
BEGIN
    -- presence first: whoever is entering waits, and then nobody is known
    -- lock: inside
    PERFORM pg_advisory_xact_lock(hashint8extended(q.person, 1667457899))
    FROM (SELECT x.person FROM unnest($1) x(person) ORDER BY x.person) q;
    PERFORM FROM cccd_gate.presence p WHERE p.person = ANY ($1) ORDER BY p.event, p.person FOR UPDATE;
    DELETE FROM cccd_gate.visit v WHERE v.person = ANY ($1);
    DELETE FROM cccd_gate.presence p WHERE p.person = ANY ($1);
    DELETE FROM cccd_gate.person p WHERE p.person = ANY ($1);
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;
COMMENT ON FUNCTION delete_people(bigint[]) IS
    'deletes people with everything that is about them but the log, which holds keys alone: numbers, documents, facts, record, tickets, papers, presence, visits and traced cases. Places stay counted. Argument: keys. Returns how many; for the owner alone';

CREATE FUNCTION delete_event(event text) RETURNS boolean
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    key CONSTANT int := (SELECT e.event FROM cccd_gate.event e WHERE e.code = $1);
BEGIN
    PERFORM FROM cccd_gate.presence p WHERE p.event = key ORDER BY p.person, p.ticket FOR UPDATE;
    DELETE FROM cccd_gate.visit v WHERE v.event = key;
    DELETE FROM cccd_gate.presence p WHERE p.event = key;
    DELETE FROM cccd_gate.slot s WHERE s.event = key;
    DELETE FROM cccd_gate.board_count c WHERE c.event = key;
    DELETE FROM cccd_gate.board_mark m WHERE m.event = key;
    DELETE FROM cccd_gate.event e WHERE e.event = key;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION delete_event(text) IS
    'deletes an event with its gates, tickets, duties, presence, visits and places; the log stays. Argument: event.code. Returns whether there was one; for the owner alone';
