-- deliveries: where COPY puts what sources send, and what became of it
--
-- Columns are text, so that one wrong value does not stop a COPY and no value
-- ends in the server's log.  A loader takes the lines of one delivery in the
-- order of their arrival, lists what is wrong in load_reject, and deletes them
-- in the same transaction: what a crash leaves behind is loaded by the next
-- call, once.  Statistics are kept of line and delivery alone.
--
-- COPY names no delivery, and no kind of fact, where the file has none: the
-- settings cccd_gate.delivery and cccd_gate.kind of the session are used.

CREATE TABLE load_delivery (
    staging text NOT NULL,
    role text NOT NULL DEFAULT acting_role(),
    delivery text NOT NULL,
    source text NOT NULL,
    first_line bigint NOT NULL,
    taken bigint NOT NULL DEFAULT 0,
    updated bigint NOT NULL DEFAULT 0,
    withdrawn bigint NOT NULL DEFAULT 0,
    rejected bigint NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    PRIMARY KEY (staging, role, delivery)
);
COMMENT ON TABLE load_delivery IS 'deliveries that a loader has begun, with what became of their lines so far';
COMMENT ON COLUMN load_delivery.staging IS 'staging table';
COMMENT ON COLUMN load_delivery.role IS 'whose delivery it is: the role that called the loader';
COMMENT ON COLUMN load_delivery.delivery IS 'the delivery; empty: lines without one';
COMMENT ON COLUMN load_delivery.source IS 'source that the loader was called for';
COMMENT ON COLUMN load_delivery.first_line IS 'staging line that is line 1 of the delivery';
COMMENT ON COLUMN load_delivery.taken IS 'lines that said something new';
COMMENT ON COLUMN load_delivery.updated IS 'lines that corrected what was stored';
COMMENT ON COLUMN load_delivery.withdrawn IS 'lines that took back what was stored';
COMMENT ON COLUMN load_delivery.rejected IS 'lines in load_reject';
COMMENT ON COLUMN load_delivery.started_at IS 'when its first step began';
COMMENT ON COLUMN load_delivery.finished_at IS 'when no line of it was left; NULL: unfinished';
COMMENT ON CONSTRAINT load_delivery_pkey ON load_delivery IS 'key';

CREATE TABLE load_reason (
    reason text PRIMARY KEY,
    vi text NOT NULL,
    en text NOT NULL,
    accepted text
);
COMMENT ON TABLE load_reason IS 'why a loader does not take a line, in words';
COMMENT ON COLUMN load_reason.reason IS 'code in load_reject';
COMMENT ON COLUMN load_reason.vi IS 'in Vietnamese';
COMMENT ON COLUMN load_reason.en IS 'in English';
COMMENT ON COLUMN load_reason.accepted IS 'what is accepted instead; NULL: nothing can be said';
COMMENT ON CONSTRAINT load_reason_pkey ON load_reason IS 'key';

CREATE TABLE load_reject (
    role text NOT NULL DEFAULT acting_role(),
    delivery text NOT NULL,
    staging text NOT NULL,
    line bigint NOT NULL,
    reason text NOT NULL,
    reason_vi text,
    reason_en text,
    accepted text,
    masked text,
    rejected_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX load_reject_delivery ON load_reject (role, delivery, line);
COMMENT ON TABLE load_reject IS 'lines that a loader did not take';
COMMENT ON COLUMN load_reject.role IS 'whose line it was';
COMMENT ON COLUMN load_reject.delivery IS 'the delivery; empty: lines without one';
COMMENT ON COLUMN load_reject.staging IS 'staging table';
COMMENT ON COLUMN load_reject.line IS 'which line of the delivery, from 1 in the order of arrival';
COMMENT ON COLUMN load_reject.reason IS 'why: code in load_reason';
COMMENT ON COLUMN load_reject.reason_vi IS 'why, in Vietnamese';
COMMENT ON COLUMN load_reject.reason_en IS 'why, in English';
COMMENT ON COLUMN load_reject.accepted IS 'what is accepted instead';
COMMENT ON COLUMN load_reject.masked IS 'the last three characters of the line''s number, the others as *';
COMMENT ON COLUMN load_reject.rejected_at IS 'when';
COMMENT ON INDEX load_reject_delivery IS 'rejects of a delivery in order of lines';

CREATE FUNCTION delivery_key(delivery text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN delivery ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN delivery
        WHEN cccd_word_text(delivery) IS NULL THEN ''
        WHEN translate(cccd_word_text(delivery), '{}-', '') ~ '^[0-9A-Fa-f]{32}$'
            THEN translate(cccd_word_text(delivery), '{}-', '')::uuid::text
        ELSE '?' END;
END;
COMMENT ON FUNCTION delivery_key(text) IS
    'the delivery that a staging line belongs to: a UUID in any case, also in braces and with spaces around it; empty: none is stated; ?: what is stated is not a UUID';

-- A staging table has line, in the order of arrival, role and delivery.  A line
-- belongs to the role that wrote it: whoever may only insert cannot name line and
-- role, and a loader takes the lines of the acting role alone.  It reads a step of
-- one delivery by the index, from the line behind the step before.  The table is
-- permanent: a crash between COPY and the loader keeps the lines.  Those of people,
-- documents and answers stand with their loaders.

CREATE TABLE fact_in (
    line bigint GENERATED BY DEFAULT AS IDENTITY,
    role text NOT NULL DEFAULT acting_role(),
    delivery text DEFAULT current_setting('cccd_gate.delivery', true),
    id text,
    old_id text,
    passport text,
    state text,
    name text,
    birth_date text,
    kind text DEFAULT current_setting('cccd_gate.kind', true),
    starts text,
    ends text,
    disease text,
    detail text,
    result text,
    dose_number text,
    series text,
    source_record text,
    withdrawn text
);
ALTER TABLE fact_in ALTER COLUMN id SET STATISTICS 0, ALTER COLUMN old_id SET STATISTICS 0, ALTER COLUMN passport SET STATISTICS 0,
    ALTER COLUMN state SET STATISTICS 0, ALTER COLUMN name SET STATISTICS 0, ALTER COLUMN birth_date SET STATISTICS 0,
    ALTER COLUMN kind SET STATISTICS 0, ALTER COLUMN starts SET STATISTICS 0, ALTER COLUMN ends SET STATISTICS 0,
    ALTER COLUMN disease SET STATISTICS 0, ALTER COLUMN detail SET STATISTICS 0, ALTER COLUMN result SET STATISTICS 0,
    ALTER COLUMN dose_number SET STATISTICS 0, ALTER COLUMN series SET STATISTICS 0, ALTER COLUMN source_record SET STATISTICS 0,
    ALTER COLUMN withdrawn SET STATISTICS 0,
    ALTER COLUMN delivery SET STATISTICS 0;
CREATE INDEX fact_in_step ON fact_in (role, delivery_key(delivery), line);
COMMENT ON TABLE fact_in IS 'health facts of every kind, for load_facts()';
COMMENT ON COLUMN fact_in.line IS 'line number, in the order of arrival';
COMMENT ON COLUMN fact_in.role IS 'whose line it is: the role that acted when it was written';
COMMENT ON COLUMN fact_in.delivery IS 'UUID of the delivery; empty: none';
COMMENT ON COLUMN fact_in.id IS '12-digit number of the person; may be empty if another number is given';
COMMENT ON COLUMN fact_in.old_id IS 'number of the 9-digit card; may be empty';
COMMENT ON COLUMN fact_in.passport IS 'passport number; may be empty';
COMMENT ON COLUMN fact_in.state IS 'state that issued the passport, as an ISO 3166 code; may be empty';
COMMENT ON COLUMN fact_in.name IS 'full name, compared with the register; may be empty beside a 12-digit number';
COMMENT ON COLUMN fact_in.birth_date IS 'birth date, compared with the register; may be empty beside a 12-digit number';
COMMENT ON COLUMN fact_in.kind IS 'kind of fact, as in fact.kind; where a file does not say it, the setting cccd_gate.kind of the session';
COMMENT ON COLUMN fact_in.starts IS 'when it happened or begins: a date or a time as cccd_word_time() reads it';
COMMENT ON COLUMN fact_in.ends IS 'when it ends: a date is the last day, a time is exclusive; empty: no end, or none known';
COMMENT ON COLUMN fact_in.disease IS 'disease, as cccd_word() reads it; empty: covid19';
COMMENT ON COLUMN fact_in.detail IS 'product of a dose, kind of a test, as cccd_word() reads it; empty if not known; name of a credential, declaration, registration or consultation';
COMMENT ON COLUMN fact_in.result IS 'result of a test, as cccd_word() reads it';
COMMENT ON COLUMN fact_in.dose_number IS 'which dose it is; empty if not known';
COMMENT ON COLUMN fact_in.series IS 'how many doses its series has; empty if not known';
COMMENT ON COLUMN fact_in.source_record IS 'the source''s own key of the record; empty if it has none';
COMMENT ON COLUMN fact_in.withdrawn IS 'yes: the source takes the record back; empty: no';
COMMENT ON SEQUENCE fact_in_line_seq IS 'gives fact_in.line';
COMMENT ON INDEX fact_in_step IS 'the lines of a role''s delivery in order';

CREATE TABLE ticket_in (
    line bigint GENERATED BY DEFAULT AS IDENTITY,
    role text NOT NULL DEFAULT acting_role(),
    delivery text DEFAULT current_setting('cccd_gate.delivery', true),
    event text,
    number text,
    secret text,
    id text,
    gate text,
    seat text,
    change text
);
ALTER TABLE ticket_in ALTER COLUMN event SET STATISTICS 0, ALTER COLUMN number SET STATISTICS 0,
    ALTER COLUMN secret SET STATISTICS 0, ALTER COLUMN id SET STATISTICS 0, ALTER COLUMN gate SET STATISTICS 0,
    ALTER COLUMN seat SET STATISTICS 0, ALTER COLUMN change SET STATISTICS 0,
    ALTER COLUMN delivery SET STATISTICS 0;
CREATE INDEX ticket_in_step ON ticket_in (role, delivery_key(delivery), line);
COMMENT ON TABLE ticket_in IS 'tickets, for load_tickets()';
COMMENT ON COLUMN ticket_in.line IS 'line number, in the order of arrival';
COMMENT ON COLUMN ticket_in.role IS 'whose line it is: the role that acted when it was written';
COMMENT ON COLUMN ticket_in.delivery IS 'UUID of the delivery; empty: none';
COMMENT ON COLUMN ticket_in.event IS 'event.code';
COMMENT ON COLUMN ticket_in.number IS 'printed serial number; may be empty';
COMMENT ON COLUMN ticket_in.secret IS 'what the ticket''s code says, at least 6 bytes; empty for a guest list. Only its hash is kept';
COMMENT ON COLUMN ticket_in.id IS 'who alone may use it; empty: the bearer';
COMMENT ON COLUMN ticket_in.gate IS 'the gate it is for; empty: any';
COMMENT ON COLUMN ticket_in.seat IS 'seat';
COMMENT ON COLUMN ticket_in.change IS
    'of a ticket that is stored, by its number or as the only one of id: cancel; reissue: under the secret given here; transfer: number goes to id. Empty: a new ticket';
COMMENT ON SEQUENCE ticket_in_line_seq IS 'gives ticket_in.line';
COMMENT ON INDEX ticket_in_step IS 'the lines of a role''s delivery in order';

-- The frame of the loaders: a delivery begins, its lines are taken step by step,
-- what is wrong with them is listed, the delivery ends.  What a step is, the
-- files behind this one say: take_people() and the like read the next lines,
-- find whom they are about, give each the first reason against it, write, and
-- delete what is done.
--
-- A plan is made before the lines of its step are known, perhaps for another
-- delivery: tables are looked up by their indexes, and lines of a step by IN,
-- which IS TRUE keeps a hashed look-up, not a join of unknown size.

CREATE FUNCTION reject_lines(staging text, delivery text, before bigint, lines bigint[], reasons text[], numbers text[]) RETURNS void
    LANGUAGE sql SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    INSERT INTO load_reject (delivery, staging, line, reason, reason_vi, reason_en, accepted, masked)
    SELECT $2, $1, u.line - $3, u.reason, w.vi, w.en, w.accepted, masked(u.number)
    FROM unnest($4, $5, $6) u(line, reason, number)
    LEFT JOIN load_reason w ON w.reason = u.reason
    ORDER BY u.line;
END;
COMMENT ON FUNCTION reject_lines(text, text, bigint, bigint[], text[], text[]) IS
    'writes lines of the acting role that a loader did not take into load_reject, with the words of load_reason: staging table, delivery, the staging line before line 1, and line, reason and number of each';

CREATE FUNCTION delivery_begin(staging text, source text, delivery text, OUT before bigint, OUT rejected bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    actor CONSTANT text := cccd_gate.acting_role();
    start bigint;
    stray bigint;
    gaps boolean;
    lines bigint[];
    texts text[];
BEGIN
    IF ($1 = ANY ('{person_in,document_in,fact_in,answer_in,ticket_in}')) IS NOT TRUE THEN
        RAISE EXCEPTION 'unknown staging table' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- Loaders take turns, so that no two of them wait for each other's people,
    -- whatever else their transactions have done.
    -- lock: loader
    PERFORM pg_advisory_xact_lock(hashint8extended(0, 1667457897));
    EXECUTE format('SELECT (SELECT min(i.line) FROM cccd_gate.%1$I i WHERE i.role = $2 AND cccd_gate.delivery_key(i.delivery) = $1),
                           (SELECT min(i.line) FROM cccd_gate.%1$I i WHERE i.role = $2 AND cccd_gate.delivery_key(i.delivery) = ''?'')', $1)
        INTO start, stray USING $3, actor;
    start := least(start, stray);
    -- a delivery goes on where it was left; one that was finished begins again
    -- when it has lines again
    INSERT INTO cccd_gate.load_delivery AS d (staging, role, delivery, source, first_line)
    VALUES ($1, actor, $3, $2, coalesce(start, 1))
    ON CONFLICT ON CONSTRAINT load_delivery_pkey DO UPDATE
    SET source = excluded.source, first_line = excluded.first_line,
        taken = 0, updated = 0, withdrawn = 0, rejected = 0, started_at = excluded.started_at, finished_at = NULL
    WHERE d.finished_at IS NOT NULL AND start IS NOT NULL;
    IF FOUND AND start IS NOT NULL THEN
        -- deliveries that were copied at the same time took numbers in turns
        EXECUTE format('SELECT max(i.line) + 1 - $2 <> count(*) FROM cccd_gate.%I i
                        WHERE i.role = $3 AND cccd_gate.delivery_key(i.delivery) IN ($1, ''?'')', $1)
            INTO gaps USING $3, start, actor;
        IF gaps THEN
            EXECUTE format('UPDATE cccd_gate.%1$I i SET line = n.line
                            FROM (SELECT j.ctid AS place, $2 - 1 + row_number() OVER (ORDER BY j.line) AS line
                                  FROM cccd_gate.%1$I j WHERE j.role = $3 AND cccd_gate.delivery_key(j.delivery) IN ($1, ''?'')) n
                            WHERE i.ctid = n.place AND i.line <> n.line', $1) USING $3, start, actor;
        END IF;
    END IF;
    SELECT d.first_line - 1 INTO before
    FROM cccd_gate.load_delivery d WHERE d.staging = $1 AND d.role = actor AND d.delivery = $3;
    rejected := 0;
    IF stray IS NOT NULL THEN
        -- which delivery that is cannot be known: the role's next loader of the table lists it
        EXECUTE format('WITH gone AS (DELETE FROM cccd_gate.%I i WHERE i.role = $1 AND cccd_gate.delivery_key(i.delivery) = ''?''
                                      RETURNING i.line, i.delivery)
                        SELECT array_agg(g.line), array_agg(g.delivery) FROM gone g', $1) INTO lines, texts USING actor;
        PERFORM cccd_gate.reject_lines($1, $3, before, lines, array_fill('delivery_malformed'::text, ARRAY[cardinality(lines)]), texts);
        rejected := cardinality(lines);
    END IF;
END
$$;
COMMENT ON FUNCTION delivery_begin(text, text, text) IS
    'begins a step of a loader: waits for its turn among loaders, numbers the acting role''s lines of a new delivery without gaps, and rejects those of its lines in the staging table whose delivery is not a UUID. Arguments: staging table, source, delivery as delivery_key() has it. Returns the staging line before line 1 and how many lines were rejected';

CREATE FUNCTION require_loader(kind text, source text) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF $2 IS NULL THEN
        RAISE EXCEPTION 'the source must not be null' USING ERRCODE = 'null_value_not_allowed';
    ELSIF ($1 IN ('people', 'documents', 'facts', 'answers', 'tickets')) IS NOT TRUE THEN
        RAISE EXCEPTION 'unknown kind of lines' USING ERRCODE = 'invalid_parameter_value';
    ELSIF $1 = 'tickets' THEN
        -- of which events, each line is asked
        IF NOT cccd_gate.superuser_acts()
           AND NOT EXISTS (SELECT FROM cccd_gate.duty d WHERE d.role = cccd_gate.acting_role() AND d.profile = 'organiser') THEN
            RAISE EXCEPTION 'permission denied for function load_tickets' USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF NOT cccd_gate.has_duty('{loader}', NULL, $2) THEN
        -- as to a source that does not exist
        RAISE EXCEPTION 'unknown source' USING ERRCODE = 'invalid_parameter_value';
    ELSE
        PERFORM cccd_gate.refuse_own_source($2);	-- a superuser neither
        PERFORM cccd_gate.weaker_sources($2);	-- there is such a source
    END IF;
END
$$;
COMMENT ON FUNCTION require_loader(text, text) IS
    'error unless the acting role may load lines of this kind (people, documents, facts, answers, tickets): of tickets 42501 to who organises nothing, of the others 22023 to who is not a loader of the source, as of one that does not exist, and to everybody for one of the gate''s own';

CREATE FUNCTION load_lines(kind text, source text, delivery uuid, at_most int, option text, counted boolean,
    OUT taken bigint, OUT updated bigint, OUT withdrawn bigint, OUT rejected bigint, OUT remaining bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET jit = off SET work_mem = '64MB'
AS $$
#variable_conflict use_column
DECLARE
    table_name CONSTANT text := CASE $1 WHEN 'people' THEN 'person' ELSE rtrim($1, 's') END || '_in';
    actor CONSTANT text := cccd_gate.acting_role();
    wanted CONSTANT text := coalesce($3::text, '');
    step_lines CONSTANT int := 20000;
    begun record;
    step record;
    lines bigint := 0;
    behind bigint := 0;
    told timestamptz := clock_timestamp();
BEGIN
    PERFORM cccd_gate.require_loader($1, $2);
    IF $4 < 1 THEN
        RAISE EXCEPTION 'at_most must be at least 1' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    begun := cccd_gate.delivery_begin(table_name, $2, wanted);
    taken := 0; updated := 0; withdrawn := 0; rejected := begun.rejected;
    IF $1 = 'tickets' THEN
        step := cccd_gate.take_ticket_changes(wanted, begun.before);
        updated := step.updated; withdrawn := step.withdrawn; rejected := rejected + step.rejected;
    END IF;
    LOOP
        EXECUTE CASE $1
                WHEN 'people' THEN 'SELECT t.* FROM cccd_gate.take_people($1, $2, $3, $4, $5::boolean) t'
                WHEN 'documents' THEN 'SELECT t.* FROM cccd_gate.take_documents($1, $2, $3, $4, $5::boolean) t'
                WHEN 'facts' THEN 'SELECT t.* FROM cccd_gate.take_facts($1, $2, $3, $4, $5::boolean) t'
                WHEN 'answers' THEN 'SELECT t.* FROM cccd_gate.take_answers($1, $2, $3, $4) t'
                WHEN 'tickets' THEN 'SELECT t.* FROM cccd_gate.take_tickets($1, $2, $3, $4, $5::timestamptz) t' END
            INTO step USING $2, wanted, behind, least(step_lines, $4 - lines)::int, $5;
        lines := lines + step.read;
        behind := step.behind;
        taken := taken + step.taken;
        updated := updated + step.updated;
        withdrawn := withdrawn + step.withdrawn;
        IF step.bad_lines IS NOT NULL THEN
            PERFORM cccd_gate.reject_lines(table_name, wanted, begun.before, step.bad_lines, step.bad_reasons, step.bad_numbers);
            rejected := rejected + cardinality(step.bad_lines);
        END IF;
        EXIT WHEN step.read = 0 OR lines >= $4;
        IF clock_timestamp() > told + interval '3 seconds' THEN
            told := clock_timestamp();
            RAISE NOTICE '%: % lines read, % taken, % updated, % withdrawn, % rejected', $1, lines, taken, updated, withdrawn, rejected;
        END IF;
    END LOOP;
    -- counting what is left of a large delivery takes longer than a step
    EXECUTE format(CASE WHEN $6 THEN 'SELECT count(*) FROM cccd_gate.%I i WHERE i.role = $2 AND cccd_gate.delivery_key(i.delivery) = $1'
                   ELSE 'SELECT EXISTS (SELECT FROM cccd_gate.%I i WHERE i.role = $2 AND cccd_gate.delivery_key(i.delivery) = $1)::int' END, table_name)
        INTO remaining USING wanted, actor;
    UPDATE cccd_gate.load_delivery d
    SET taken = d.taken + load_lines.taken, updated = d.updated + load_lines.updated, withdrawn = d.withdrawn + load_lines.withdrawn,
        rejected = d.rejected + load_lines.rejected, finished_at = CASE WHEN remaining = 0 THEN clock_timestamp() END
    WHERE d.staging = table_name AND d.role = actor AND d.delivery = wanted;
END
$$;
COMMENT ON FUNCTION load_lines(text, text, uuid, int, text, boolean) IS
    'what load_people(), load_documents(), load_facts(), load_answers() and load_tickets() do: the first argument says which of them, the others are theirs and whether the remaining lines are counted; if not, remaining is 1 if there are any. It takes the lines of the acting role alone. Errors: as require_loader(); 22023 at_most below 1';

-- whom a line is about

CREATE FUNCTION birth_dates_agree(a date, a_precision text, b date, b_precision text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN 'year' IN (a_precision, b_precision) THEN date_part('year', a) = date_part('year', b)
                WHEN 'month' IN (a_precision, b_precision)
                    THEN date_part('year', a) = date_part('year', b) AND date_part('month', a) = date_part('month', b)
                ELSE a = b END;
END;
COMMENT ON FUNCTION birth_dates_agree(date, text, date, text) IS
    'whether two birth dates agree as far as both are known: each date with its precision (day, month, year); NULL if one is not known';

CREATE FUNCTION read_holder(id_text text, old_text text, passport_text text, state_text text, name_text text, birth_text text)
    RETURNS TABLE (id text, number cccd_id, old_id text, passport text, state text, name text, name_key text,
                   birth_date date, birth_precision text, problem text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    -- OFFSET 0 keeps the planner from computing an expression again wherever its
    -- column is named
    SELECT h.id, h.number, h.old_id, h.passport, h.state, h.name, h.name_key, h.birth_date, coalesce(h.birth_precision, 'day'),
           CASE
               WHEN h.id IS NOT NULL AND h.number IS NULL THEN id_problem(h.id)
               WHEN h.old_id !~ '^[0-9]{9}$'
                    OR h.passport IS NOT NULL AND number_kind(h.passport) IS DISTINCT FROM 'passport' THEN 'id_malformed'
               WHEN h.state IS NULL THEN 'state_malformed'
               WHEN h.birth IS NOT NULL AND h.birth_date IS NULL THEN 'birth_date_malformed'
               WHEN h.id IS NULL AND coalesce(h.name_key, '') = '' THEN 'name_missing'
               WHEN h.id IS NULL AND h.birth_date IS NULL THEN 'birth_date_missing'
           END
    FROM (SELECT t.*, read_id(t.id) AS number, cccd_name_key(left(t.name, 200)) AS name_key,
                 cccd_word_birth_date(t.birth) AS birth_date, cccd_word_birth_precision(t.birth) AS birth_precision
          FROM (SELECT cccd_word_text($1) AS id, cccd_word_text($2) AS old_id, upper(cccd_word_text($3)) AS passport,
                       CASE WHEN cccd_word_text($4) IS NULL THEN 'VNM' ELSE read_state(cccd_word_text($4)) END AS state,
                       cccd_word_text($5) AS name, cccd_word_text($6) AS birth OFFSET 0) t OFFSET 0) h;
END;
COMMENT ON FUNCTION read_holder(text, text, text, text, text, text) IS
    'whom a staging line is about: its columns id, old_id, passport, state, name and birth_date as values, and the first reason against them; a state that is not stated is Viet Nam, and a precision a day. A person without a 12-digit number has a name and a birth date';

CREATE FUNCTION holder_by_document(kind text, state text, number text, name_key text, birth_date date, birth_precision text)
    RETURNS TABLE (person bigint)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT k.person
    FROM document k JOIN person p ON p.person = k.person
    WHERE k.kind = $1 AND k.kind <> 'chip' AND k.state = $2 AND k.number = $3
      AND p.name_key = $4 AND birth_dates_agree(p.birth_date, p.birth_precision, $5, $6);
END;
COMMENT ON FUNCTION holder_by_document(text, text, text, text, date, text) IS
    'the person whose document this is, if the name and, as far as both are known, the birth date are theirs: kind, issuing state and number of a document other than a chip card, then what read_holder() returns. One row or none';

CREATE FUNCTION weaker_sources(source text) RETURNS text[]
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    codes text[];
BEGIN
    SELECT array_agg(w.code) INTO codes
    FROM cccd_gate.source s JOIN cccd_gate.source w ON w.rank <= s.rank
    WHERE s.code = $1;
    IF codes IS NULL THEN
        RAISE EXCEPTION 'unknown source'
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = format('Known are %s.', (SELECT string_agg(s.code, ', ' ORDER BY s.rank DESC, s.code) FROM cccd_gate.source s WHERE NOT cccd_gate.own_source(s.code)));
    END IF;
    RETURN codes;
END
$$;
COMMENT ON FUNCTION weaker_sources(text) IS
    'the sources of the same or a lower rank, which a source may overwrite; error 22023 for an unknown source';

CREATE FUNCTION load_rejects(source text, delivery uuid DEFAULT NULL)
    RETURNS TABLE (staging text, line bigint, reason text, reason_vi text, reason_en text, accepted text, masked text, rejected_at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT r.staging, r.line, r.reason, r.reason_vi, r.reason_en, r.accepted, r.masked, r.rejected_at
    FROM cccd_gate.load_delivery d
    JOIN cccd_gate.load_reject r ON r.role = d.role AND r.delivery = d.delivery AND r.staging = d.staging
    WHERE d.role = cccd_gate.acting_role() AND d.source = $1 AND d.delivery = coalesce($2::text, '')
      AND (d.staging = 'ticket_in' OR cccd_gate.has_duty('{loader}', NULL, $1))
    ORDER BY r.staging, r.line, r.rejected_at;
END
$$;
COMMENT ON FUNCTION load_rejects(text, uuid) IS
    'the lines of a delivery that a loader did not take, with code and words of the reason and what is accepted instead. Arguments: source; delivery, NULL for lines without one. A role sees the lines that it wrote itself, a loader those of its sources; no row for others';

INSERT INTO load_reason (reason, vi, en, accepted) VALUES
    ('delivery_malformed', 'Mã đợt dữ liệu không phải là UUID', 'the delivery is not a UUID', 'a UUID, in any case, also in braces; or none'),
    ('id_missing', 'Thiếu số giấy tờ', 'the number of the person is missing', '12 digits; or a 9-digit old number; or a passport number'),
    ('id_malformed', 'Số giấy tờ không hợp lệ', 'the number is not valid', '12 digits with the zeros in front; 9 digits for old_id; 6 to 15 capital letters and digits for passport'),
    ('person_unknown', 'Không tìm thấy người này trong dữ liệu', 'nobody with this number is known', 'somebody whom load_people() has taken'),
    ('name_disagrees', 'Họ tên không khớp với dữ liệu đăng ký', 'the name differs from the register''s', 'the name as registered, with or without diacritics; or none'),
    ('birth_date_malformed', 'Ngày sinh không hợp lệ', 'the birth date is not valid', 'yyyy-mm-dd; dd/mm/yyyy'),
    ('birth_date_disagrees', 'Ngày sinh không khớp với dữ liệu đăng ký', 'the birth date differs from the register''s', 'the birth date as registered; or none'),
    ('in_future', 'Ngày giờ nằm trong tương lai', 'the time is in the future', 'a time before the load');
