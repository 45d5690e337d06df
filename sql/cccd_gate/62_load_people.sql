-- loaders of people and cards
--
-- One statement takes about 100,000 rows: it reads them, finds the people they
-- are about, gives each row the first reason against it, and writes.  The
-- register is right: what it says now replaces what it said before.

CREATE SEQUENCE load_seq;
COMMENT ON SEQUENCE load_seq IS 'gives the number of a run of a loader';

CREATE FUNCTION load_people(as_of timestamptz DEFAULT clock_timestamp(),
    OUT load bigint, OUT loaded bigint, OUT updated bigint, OUT unchanged bigint, OUT rejected bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    step_pages CONSTANT int := 1500;
    pages int;
    before bigint;
    rows_read bigint := 0;
    step record;
BEGIN
    -- rows that are copied meanwhile wait for the next load
    LOCK TABLE cccd_gate.person_in IN ACCESS EXCLUSIVE MODE;
    ANALYZE cccd_gate.person_in (line);
    load := nextval('cccd_gate.load_seq');
    loaded := 0; updated := 0; unchanged := 0; rejected := 0;
    pages := (pg_relation_size('cccd_gate.person_in') / current_setting('block_size')::int)::int;
    SELECT min(i.line) - 1 INTO before FROM cccd_gate.person_in i;
    FOR page IN 0 .. pages - 1 BY step_pages LOOP
        WITH raw AS MATERIALIZED (
            SELECT i.line,
                   cccd_gate.cleaned(i.id) AS id,
                   cccd_gate.cleaned(i.old_id) AS old_id,
                   cccd_gate.cleaned(i.passport) AS passport,
                   cccd_gate.cleaned(i.name) AS name,
                   cccd_gate.cleaned(i.birth_date) AS birth_text,
                   cccd_gate.cleaned(i.sex) AS sex_text,
                   cccd_gate.cleaned(i.cancelled_ids) AS cancelled_text,
                   coalesce(cccd_gate.cleaned(i.source), 'national') AS source
            FROM cccd_gate.person_in i
            WHERE i.ctid >= format('(%s,0)', page)::tid
              AND i.ctid < format('(%s,0)', page + step_pages)::tid
        ), typed AS MATERIALIZED (
            SELECT r.*, cccd_gate.read_id(r.id) AS number,
                   cccd_gate.read_date(r.birth_text) AS birth_date,
                   cccd_gate.read_sex(r.sex_text) AS sex,
                   CASE WHEN r.cancelled_text ~ '^[0-9]{12}( *, *[0-9]{12})*$'
                        THEN regexp_split_to_array(r.cancelled_text, ' *, *')::cccd_id[] END AS cancelled
            FROM raw r
        ), entangled AS MATERIALIZED (
            -- cancels the number of another line: which of the two is first
            -- must be known before, so this one waits for the next load
            SELECT DISTINCT t.line FROM typed t CROSS JOIN unnest(t.cancelled) c(id) JOIN typed o ON o.number = c.id
        ), found AS MATERIALIZED (
            SELECT t.*, x.line IS NOT NULL AS entangled, n.person AS by_number, o.person AS by_old_id, q.person AS by_passport,
                   c.first AS by_cancelled, c.last AS by_cancelled_last
            FROM typed t
            LEFT JOIN entangled x ON x.line = t.line
            LEFT JOIN cccd_gate.identity_number n ON n.id = t.number
            LEFT JOIN cccd_gate.card o ON o.kind = 'old_id' AND o.number = t.old_id
            LEFT JOIN cccd_gate.card q ON q.kind = 'passport' AND q.number = t.passport
            LEFT JOIN LATERAL (SELECT min(x.person) AS first, max(x.person) AS last
                               FROM cccd_gate.identity_number x
                               WHERE x.id = ANY (t.cancelled)) c ON t.cancelled IS NOT NULL
        ), judged AS MATERIALIZED (
            SELECT f.*, coalesce(f.by_number, f.by_cancelled, f.by_old_id, f.by_passport) AS known,
                   CASE
                       WHEN f.id IS NULL AND f.old_id IS NULL AND f.passport IS NULL THEN 'id_missing'
                       WHEN f.id IS NOT NULL AND f.number IS NULL
                            OR f.old_id !~ '^[0-9]{9}$'
                            OR cccd_gate.number_kind(f.passport) IS DISTINCT FROM 'passport' AND f.passport IS NOT NULL
                           THEN 'id_malformed'
                       WHEN f.cancelled_text IS NOT NULL AND f.cancelled IS NULL
                            OR f.number = ANY (f.cancelled) THEN 'cancelled_ids_malformed'
                       WHEN f.name IS NULL THEN 'name_missing'
                       WHEN length(f.name) > 200 OR cccd_name_key(f.name) IS NULL OR cccd_name_key(f.name) = '' THEN 'name_malformed'
                       WHEN f.birth_text IS NOT NULL AND f.birth_date IS NULL THEN 'birth_date_malformed'
                       WHEN f.birth_date > timezone(interval '7 hours', as_of)::date THEN 'in_future'
                       WHEN f.sex_text IS NOT NULL AND f.sex IS NULL THEN 'sex_malformed'
                       WHEN f.source NOT IN ('national', 'guest_list', 'desk') THEN 'source_unknown'
                       WHEN f.number IS NOT NULL AND NOT cccd_id_fits(f.number, f.birth_date, f.sex)
                           THEN 'id_disagrees'
                       WHEN f.entangled AND f.by_cancelled IS NULL
                            OR coalesce(f.by_number, f.by_cancelled, f.by_old_id, f.by_passport)
                               <> ANY (ARRAY[f.by_number, f.by_cancelled, f.by_cancelled_last, f.by_old_id, f.by_passport])
                           THEN 'number_of_somebody_else'
                   END AS reason
            FROM found f
        ), ranked AS MATERIALIZED (
            SELECT j.*, CASE WHEN j.reason IS NULL
                             THEN row_number() OVER (PARTITION BY j.reason IS NULL, coalesce('person ' || j.known, j.id, j.old_id, j.passport)
                                                     ORDER BY j.line DESC) END AS age
            FROM judged j
        ), checked AS MATERIALIZED (
            -- of good lines about one person the last one counts; an old card or
            -- passport belongs to the first who states it
            SELECT r.*, coalesce(r.reason, CASE
                       WHEN r.age > 1 THEN 'superseded'
                       WHEN r.old_id IS NOT NULL
                            AND row_number() OVER (PARTITION BY r.age = 1, r.old_id ORDER BY r.line) > 1
                            OR r.passport IS NOT NULL
                            AND row_number() OVER (PARTITION BY r.age = 1, r.passport ORDER BY r.line) > 1
                           THEN 'number_of_somebody_else' END) AS problem
            FROM ranked r
        ), sorted AS MATERIALIZED (
            SELECT c.*, c.problem IS NULL AS fine FROM checked c
        ), good AS MATERIALIZED (
            SELECT c.*, coalesce(c.known, nextval('cccd_gate.person_person_seq')) AS person,
                   c.known IS NULL AS is_new, c.number IS NOT NULL AND c.by_number IS NULL AS number_is_new
            FROM sorted c
            WHERE c.fine
        ), new_person AS (
            INSERT INTO cccd_gate.person (person, name, birth_date, sex, source)
            SELECT g.person, g.name, g.birth_date, g.sex, g.source
            FROM good g WHERE g.is_new
            RETURNING 1
        ), changed_person AS (
            UPDATE cccd_gate.person p
            SET name = g.name, birth_date = g.birth_date, sex = g.sex, source = g.source
            FROM good g
            WHERE p.person = g.known
              AND (p.name, p.birth_date, p.sex, p.source) IS DISTINCT FROM (g.name, g.birth_date, g.sex, g.source)
            RETURNING p.person
        ), old_number AS (
            -- a new number, or a list that names the old one, cancels it
            UPDATE cccd_gate.identity_number n
            SET status = 'cancelled'
            FROM good g
            WHERE n.person = g.known AND n.status = 'current' AND n.id <> g.number
              AND (g.by_number IS NULL OR n.id = ANY (g.cancelled))
            RETURNING n.person
        ), new_number AS (
            INSERT INTO cccd_gate.identity_number (id, person, status)
            SELECT g.number, g.person, 'current' FROM good g
            WHERE g.number_is_new
            UNION ALL
            SELECT DISTINCT x.id, g.person, 'cancelled' FROM good g CROSS JOIN unnest(g.cancelled) x(id)
            ON CONFLICT DO NOTHING
            RETURNING person
        ), new_card AS (
            INSERT INTO cccd_gate.card (person, kind, number)
            SELECT g.person, 'old_id', g.old_id FROM good g
            WHERE g.old_id IS NOT NULL AND g.by_old_id IS NULL
            UNION ALL
            SELECT g.person, 'passport', g.passport FROM good g
            WHERE g.passport IS NOT NULL AND g.by_passport IS NULL
            ON CONFLICT DO NOTHING
            RETURNING person
        ), bad AS (
            INSERT INTO cccd_gate.load_reject (delivery, staging, line, reason, masked)
            SELECT '', 'person_in', c.line - before, c.problem,
                   cccd_gate.masked(coalesce(c.id, c.old_id, c.passport))
            FROM sorted c WHERE NOT c.fine
            RETURNING 1
        ), touched AS (
            SELECT person FROM changed_person UNION SELECT person FROM old_number
            UNION SELECT person FROM new_number UNION SELECT person FROM new_card
        )
        SELECT (SELECT count(*) FROM raw) AS read,
               (SELECT count(*) FROM new_person) AS loaded,
               (SELECT count(*) FROM good g JOIN touched USING (person) WHERE NOT g.is_new) AS updated,
               (SELECT count(*) FROM good g WHERE NOT g.is_new) AS known,
               (SELECT count(*) FROM bad) AS rejected
        INTO step;
        rows_read := rows_read + step.read;
        loaded := loaded + step.loaded;
        updated := updated + step.updated;
        unchanged := unchanged + step.known - step.updated;
        rejected := rejected + step.rejected;
        RAISE NOTICE 'people: % rows read, % loaded, % updated, % rejected', rows_read, loaded, updated, rejected;
    END LOOP;
    TRUNCATE cccd_gate.person_in;
END
$$;
COMMENT ON FUNCTION load_people(timestamptz) IS
    'takes the people of person_in and empties it; as_of is the moment after which a birth date lies in the future. Returns the number of this load and how many rows were new, changed somebody, said nothing new, or were rejected (load_reject says why). A person is known by number, cancelled number, old card or passport; of lines with one number the last one counts';

CREATE FUNCTION load_cards(as_of timestamptz DEFAULT clock_timestamp(),
    OUT load bigint, OUT loaded bigint, OUT updated bigint, OUT unchanged bigint, OUT rejected bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    step_pages CONSTANT int := 1500;
    pages int;
    before bigint;
    rows_read bigint := 0;
    step record;
BEGIN
    LOCK TABLE cccd_gate.card_in IN ACCESS EXCLUSIVE MODE;
    ANALYZE cccd_gate.card_in (line);
    load := nextval('cccd_gate.load_seq');
    loaded := 0; updated := 0; unchanged := 0; rejected := 0;
    pages := (pg_relation_size('cccd_gate.card_in') / current_setting('block_size')::int)::int;
    SELECT min(i.line) - 1 INTO before FROM cccd_gate.card_in i;
    FOR page IN 0 .. pages - 1 BY step_pages LOOP
        WITH raw AS MATERIALIZED (
            SELECT i.line,
                   cccd_gate.cleaned(i.id) AS id,
                   coalesce(cccd_gate.cleaned(i.kind), 'chip') AS kind,
                   cccd_gate.cleaned(i.number) AS number,
                   cccd_gate.cleaned(i.issued) AS issued_text,
                   cccd_gate.cleaned(i.expires) AS expires_text,
                   coalesce(cccd_gate.cleaned(i.status), 'valid') AS status
            FROM cccd_gate.card_in i
            WHERE i.ctid >= format('(%s,0)', page)::tid
              AND i.ctid < format('(%s,0)', page + step_pages)::tid
        ), typed AS MATERIALIZED (
            SELECT r.*, cccd_gate.number_kind(r.id) AS id_kind,
                   cccd_gate.read_id(r.id) AS identity,
                   cccd_gate.read_date(r.issued_text) AS issued,
                   cccd_gate.read_date(r.expires_text) AS expires
            FROM raw r
        ), found AS MATERIALIZED (
            SELECT t.*, coalesce(n.person, k.person) AS person
            FROM typed t
            LEFT JOIN cccd_gate.identity_number n ON n.id = t.identity
            LEFT JOIN cccd_gate.card k ON k.kind = t.id_kind AND k.number = t.id
        ), matched AS MATERIALIZED (
            SELECT f.*, coalesce(a.card, b.card) AS known, a.person AS owner
            FROM found f
            LEFT JOIN cccd_gate.card a ON f.kind <> 'chip' AND a.kind = f.kind AND a.number = f.number
            LEFT JOIN cccd_gate.card b
                ON f.kind = 'chip' AND b.kind = 'chip' AND b.person = f.person
               AND coalesce(b.issued, '-infinity') = coalesce(f.issued, '-infinity')
        ), judged AS MATERIALIZED (
            SELECT m.*,
                   CASE
                       WHEN m.id IS NULL THEN 'id_missing'
                       WHEN m.id_kind IS NULL THEN 'id_malformed'
                       WHEN m.person IS NULL THEN 'person_unknown'
                       WHEN m.kind NOT IN ('chip', 'old_id', 'passport') THEN 'kind_unknown'
                       WHEN m.kind <> 'chip' AND m.number IS NULL THEN 'number_missing'
                       WHEN m.kind = 'chip' AND m.number IS NOT NULL
                            OR m.kind <> 'chip' AND cccd_gate.number_kind(m.number) IS DISTINCT FROM m.kind
                           THEN 'number_malformed'
                       WHEN m.issued_text IS NOT NULL AND m.issued IS NULL THEN 'issued_malformed'
                       WHEN m.issued > timezone(interval '7 hours', as_of)::date THEN 'in_future'
                       WHEN m.expires_text IS NOT NULL AND m.expires IS NULL THEN 'expires_malformed'
                       WHEN m.expires < m.issued THEN 'ends_before_begin'
                       WHEN m.status NOT IN ('valid', 'lost', 'revoked', 'replaced') THEN 'status_unknown'
                       WHEN m.owner <> m.person THEN 'number_of_somebody_else'
                   END AS reason
            FROM matched m
        ), checked AS MATERIALIZED (
            -- of good lines about one card the last one counts
            SELECT j.*, CASE
                       WHEN j.reason IS NOT NULL THEN j.reason
                       WHEN row_number() OVER (PARTITION BY j.reason IS NULL, j.kind,
                                                   coalesce(j.number, j.person || ' ' || coalesce(j.issued::text, ''))
                                               ORDER BY j.line DESC) > 1 THEN 'superseded' END AS problem
            FROM judged j
        ), sorted AS MATERIALIZED (
            SELECT c.*, c.problem IS NULL AS fine, c.known IS NULL AS is_new FROM checked c
        ), new_card AS (
            INSERT INTO cccd_gate.card (person, kind, number, issued, expires, status)
            SELECT j.person, j.kind, j.number, j.issued, j.expires, j.status
            FROM sorted j WHERE j.fine AND j.is_new
            ON CONFLICT DO NOTHING
            RETURNING 1
        ), changed_card AS (
            UPDATE cccd_gate.card c
            SET issued = coalesce(j.issued, c.issued), expires = j.expires, status = j.status
            FROM sorted j
            WHERE j.fine AND c.card = j.known
              AND (c.issued, c.expires, c.status) IS DISTINCT FROM (coalesce(j.issued, c.issued), j.expires, j.status)
            RETURNING 1
        ), bad AS (
            INSERT INTO cccd_gate.load_reject (delivery, staging, line, reason, masked)
            SELECT '', 'card_in', j.line - before, j.problem, cccd_gate.masked(j.id)
            FROM sorted j WHERE NOT j.fine
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM raw) AS read,
               (SELECT count(*) FROM new_card) AS loaded,
               (SELECT count(*) FROM changed_card) AS updated,
               (SELECT count(*) FROM bad) AS rejected
        INTO step;
        rows_read := rows_read + step.read;
        loaded := loaded + step.loaded;
        updated := updated + step.updated;
        rejected := rejected + step.rejected;
        unchanged := rows_read - loaded - updated - rejected;
        RAISE NOTICE 'cards: % rows read, % loaded, % updated, % rejected', rows_read, loaded, updated, rejected;
    END LOOP;
    TRUNCATE cccd_gate.card_in;
END
$$;
COMMENT ON FUNCTION load_cards(timestamptz) IS
    'takes the cards of card_in and empties it; as_of is the moment after which a date of issue lies in the future. Returns the number of this load and how many rows were new cards, changed a card (a card is reported lost), said nothing new, or were rejected (load_reject says why). Of lines about one card the last one counts';
