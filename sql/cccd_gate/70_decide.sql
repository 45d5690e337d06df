-- the decision about a scan

CREATE TYPE check_answer AS (
    verdict text,
    reasons text[],
    reasons_vi text[],
    reasons_en text[],
    ask_vi text[],
    ask_en text[],
    holder_name text,
    holder_birth_date date,
    holder_sex text,
    holder_id_masked text,
    card_kind text,
    evidence text,
    valid_until timestamptz,
    attendance_id bigint,
    decision_id bigint,
    admitted_at timestamptz
);
COMMENT ON TYPE check_answer IS 'what check() and recheck() answer: one row for the guard''s screen';
COMMENT ON COLUMN check_answer.verdict IS 'admit; review: a person must look; refuse';
COMMENT ON COLUMN check_answer.reasons IS 'codes of reason, the refusing ones first; empty for admit';
COMMENT ON COLUMN check_answer.reasons_vi IS 'the reasons in Vietnamese, in the same order';
COMMENT ON COLUMN check_answer.reasons_en IS 'the reasons in English, in the same order';
COMMENT ON COLUMN check_answer.ask_vi IS 'what to ask the person for, in Vietnamese; each thing once';
COMMENT ON COLUMN check_answer.ask_en IS 'what to ask the person for, in English';
COMMENT ON COLUMN check_answer.holder_name IS
    'name in the register; what the scan says, where the register does not know the person or the identity is in doubt';
COMMENT ON COLUMN check_answer.holder_birth_date IS 'birth date, likewise; NULL where the register does not know the day';
COMMENT ON COLUMN check_answer.holder_sex IS 'M or F, likewise';
COMMENT ON COLUMN check_answer.holder_id_masked IS 'the last three digits of the number';
COMMENT ON COLUMN check_answer.card_kind IS 'what was scanned, as cccd_scan_kind names it; passport; chip, where the chip alone was read';
COMMENT ON COLUMN check_answer.evidence IS 'evidence of identity: claimed, paper, qr, registry, signature, chip, genuine';
COMMENT ON COLUMN check_answer.valid_until IS 'when the rule''s answer changes; NULL: never, or the rule was not asked';
COMMENT ON COLUMN check_answer.attendance_id IS 'attendance row of an admission';
COMMENT ON COLUMN check_answer.decision_id IS 'row of the decision log: for accept_paper(), recheck() and turn_away()';
COMMENT ON COLUMN check_answer.admitted_at IS 'moment of admission';

CREATE FUNCTION evidence_rank(evidence text) RETURNS int
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT array_position('{claimed,paper,qr,registry,signature,chip,genuine}'::text[], evidence);
END;
COMMENT ON FUNCTION evidence_rank(text) IS 'levels of evidence from weak (1) to strong (7); NULL for another word';

CREATE FUNCTION card_in_doubt(reasons text[]) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM reason r
                   WHERE r.code = ANY (reasons) AND r.about = 'card' AND r.code <> 'evidence_too_weak');
END;
COMMENT ON FUNCTION card_in_doubt(text[]) IS
    'whether one of these reasons is about the card itself, so that it is not established whose it is';

CREATE FUNCTION identity_stands(d decision) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN d.verdict = 'admit'
        OR d.person IS NOT NULL AND d.evidence <> 'claimed' AND NOT cccd_gate.card_in_doubt(d.reasons);
END
$$;
COMMENT ON FUNCTION identity_stands(decision) IS
    'whether a decision may be answered with what the register says of the person: not where a number was only claimed or the card is in doubt, until somebody was admitted';

CREATE FUNCTION clause_reason(subject text, negated boolean, unsure boolean) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN unsure THEN CASE subject
            WHEN 'negative' THEN 'test_pending'
            WHEN 'positive' THEN 'test_pending'
            WHEN 'age' THEN 'age_unknown'
            WHEN 'accompanied' THEN 'accompanied_unknown'
            WHEN 'origin_level' THEN 'origin_unknown'
            WHEN 'level' THEN 'place_unknown'
            WHEN 'place' THEN 'place_unknown'
            WHEN 'evidence' THEN 'evidence_rule'
            WHEN 'ticket' THEN 'ticket_rule'
            ELSE 'not_certain' END
        WHEN subject = 'isolated' THEN CASE WHEN negated THEN 'isolated' ELSE 'rule_forbids' END
        WHEN subject = 'exposed' THEN CASE WHEN negated THEN 'exposed' ELSE 'rule_forbids' END
        WHEN subject IN ('doses', 'last_dose', 'dose', 'complete', 'recovery', 'recovered', 'negative',
                         'positive', 'contraindication', 'contraindicated')
             AND negated THEN 'rule_forbids'
        ELSE CASE subject
            WHEN 'doses' THEN 'doses_missing'
            WHEN 'complete' THEN 'doses_missing'
            WHEN 'last_dose' THEN 'dose_time'
            WHEN 'dose' THEN 'dose_time'
            WHEN 'recovery' THEN 'recovery_missing'
            WHEN 'recovered' THEN 'recovery_missing'
            WHEN 'negative' THEN 'test_missing'
            WHEN 'positive' THEN 'positive_test'
            WHEN 'contraindication' THEN 'contraindication_missing'
            WHEN 'contraindicated' THEN 'contraindication_missing'
            WHEN 'isolation' THEN 'isolation_time'
            WHEN 'exposure' THEN 'exposure_time'
            WHEN 'age' THEN 'age'
            WHEN 'ticket' THEN 'ticket_rule'
            WHEN 'accompanied' THEN 'not_accompanied'
            WHEN 'evidence' THEN 'evidence_rule'
            WHEN 'level' THEN 'place_rule'
            WHEN 'origin_level' THEN 'place_rule'
            WHEN 'place' THEN 'place_rule'
            WHEN 'sex' THEN 'sex_rule'
            ELSE 'rule_forbids' END
    END;
END;
COMMENT ON FUNCTION clause_reason(text, boolean, boolean) IS
    'the reason that a clause of a rule gives: its subject as cccd_rule_clauses says it, whether the rule wants it not to hold, whether it is unknown rather than wrong. What a paper could cure leads to review, an obstacle to refusal';

CREATE FUNCTION rule_problems(rule cccd_rule, failed bigint, unsure bigint)
    RETURNS TABLE (code text, clause int)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 3
BEGIN ATOMIC
    WITH clause AS (
        SELECT c.clause, c.subject, c.negated,
               failed >> (c.clause - 1) & 1 = 1 AS failed,
               unsure >> (c.clause - 1) & 1 = 1 AS unsure,
               NOT c.negated AND c.subject IN ('doses', 'last_dose', 'dose', 'complete') AS vaccination,
               NOT c.negated AND c.subject IN ('recovery', 'recovered') AS recovery
        FROM cccd_rule_clauses(rule) c
    ), whole AS (
        SELECT bool_or(c.vaccination) AND bool_or(c.recovery) AS either,
               bool_or(c.failed AND (c.vaccination OR c.recovery)) AS immunity_failed
        FROM clause c
    )
    SELECT CASE WHEN w.either AND (c.vaccination OR c.recovery) AND NOT c.unsure THEN 'immunity_missing'
                ELSE clause_reason(c.subject, c.negated, c.unsure) END,
           c.clause
    FROM clause c CROSS JOIN whole w
    WHERE c.failed OR c.unsure
       OR w.either AND w.immunity_failed AND (c.vaccination OR c.recovery);
END;
COMMENT ON FUNCTION rule_problems(cccd_rule, bigint, bigint) IS
    'the reasons for the failed and unsure clauses that cccd_check returns, and the clauses that explain each. A rule that takes vaccination or recovery is explained by all its clauses about them: cccd_check names the branch that is nearer, but the person may bring proof of either';

CREATE FUNCTION share_capacity(event int, capacity int) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted_event ALIAS FOR $1;
    wanted_size ALIAS FOR $2;
    slots CONSTANT int := 64;
    rest int;
BEGIN
    -- lock: capacity
    PERFORM pg_advisory_xact_lock(hashint8extended(wanted_event, 1667457892));
    PERFORM FROM cccd_gate.capacity_slot s WHERE s.event = wanted_event ORDER BY s.slot FOR UPDATE;
    SELECT greatest(wanted_size - coalesce(sum(s.taken), 0), 0) INTO rest
    FROM cccd_gate.capacity_slot s WHERE s.event = wanted_event;
    INSERT INTO cccd_gate.capacity_slot AS s (event, slot, size)
    SELECT wanted_event, i, rest / slots + (i < rest % slots)::int
    FROM generate_series(0, slots - 1) i
    ON CONFLICT ON CONSTRAINT capacity_slot_pkey DO UPDATE SET size = s.taken + excluded.size;
END
$$;
COMMENT ON FUNCTION share_capacity(int, int) IS
    'shares what is left of an event''s capacity out to the 64 rows of capacity_slot';

CREATE FUNCTION capacity_changed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM cccd_gate.share_capacity(NEW.event, NEW.capacity);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION capacity_changed() IS 'trigger of event: shares a changed capacity out';
CREATE TRIGGER event_capacity_changed AFTER UPDATE OF capacity ON event
    FOR EACH ROW EXECUTE FUNCTION capacity_changed();
COMMENT ON TRIGGER event_capacity_changed ON event IS 'a changed capacity counts from its commit on';

CREATE FUNCTION take_place(event int, capacity int) RETURNS boolean
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted_event ALIAS FOR $1;
    wanted_size ALIAS FOR $2;
BEGIN
    -- Any part that has room and that no other gate is using.  A part that was
    -- filled after this statement began is passed over but stays locked: were
    -- that lock kept while waiting below, it could be a deadlock.
    BEGIN
        UPDATE cccd_gate.capacity_slot s
        SET taken = s.taken + 1
        WHERE s.event = wanted_event
          AND s.slot = (SELECT f.slot FROM cccd_gate.capacity_slot f
                        WHERE f.event = wanted_event AND f.taken < f.size
                        LIMIT 1 FOR UPDATE SKIP LOCKED);
        IF FOUND THEN
            RETURN true;
        END IF;
        RAISE lock_not_available;
    EXCEPTION WHEN lock_not_available THEN
        NULL;
    END;

    -- the first admission, nearly full, or more gates at this moment than there
    -- are parts: one at a time, waiting for whatever part has room
    -- lock: capacity
    PERFORM pg_advisory_xact_lock(hashint8extended(wanted_event, 1667457892));
    PERFORM FROM cccd_gate.capacity_slot s WHERE s.event = wanted_event;
    IF NOT FOUND THEN
        PERFORM cccd_gate.share_capacity(wanted_event, wanted_size);
    END IF;
    UPDATE cccd_gate.capacity_slot s
    SET taken = s.taken + 1
    WHERE s.event = wanted_event
      AND s.slot = (SELECT f.slot FROM cccd_gate.capacity_slot f
                    WHERE f.event = wanted_event AND f.taken < f.size
                    LIMIT 1 FOR UPDATE);
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION take_place(int, int) IS
    'takes one place of an event of this capacity; false if there is none left. The capacity lies in 64 rows, of which a gate takes one that is free: gates wait for each other only at the first admission and near the end; what is given out never exceeds the capacity';

CREATE FUNCTION decide(e event, gate_name text, request uuid, at timestamptz, p person,
    record cccd_health, place int, birth_date date, sex text, t ticket, ticket_shown boolean,
    problems text[], card_kind text, evidence text, accompanied boolean, previous bigint, doubts text[],
    document bigint) RETURNS decision
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    d cccd_gate.decision;
    v record;
    moment ALIAS FOR $4;
    proof cccd_health;
    ticket_problem text;
    rule_problems text[];
    claimed CONSTANT boolean := (decide.evidence <> 'claimed') IS NOT TRUE;
    in_doubt boolean := false;
    -- nobody could be seen; a scan beside it may have named somebody
    unseen CONSTANT text[] := '{scan_unreadable,not_an_identity_card,bad_request,picture_unreadable,picture_ambiguous,picture_not_possible}';
BEGIN
    d.decision := nextval('cccd_gate.decision_decision_seq');
    d.request := decide.request;
    d.decided_at := clock_timestamp();
    d.at := moment;
    d.event := e.event;
    d.gate := gate_name;
    d.person := p.person;
    d.ticket := t.ticket;
    d.card_kind := decide.card_kind;
    d.evidence := decide.evidence;
    d.accompanied := decide.accompanied;
    d.previous := decide.previous;
    d.document := decide.document;
    d.reasons := problems;

    IF e.event IS NULL THEN
        IF NOT 'decision_unknown' = ANY (d.reasons) THEN
            d.reasons := d.reasons || 'event_unknown'::text;
        END IF;
    ELSE
        IF gate_name IS NULL THEN
            d.reasons := d.reasons || 'gate_unknown'::text;
        END IF;
        IF p.person IS NULL AND NOT d.reasons && (unseen || '{chip_unreadable,number_ambiguous}'::text[]) THEN
            d.reasons := d.reasons || 'person_unknown'::text;
        END IF;
        IF (cccd_gate.evidence_rank(d.evidence) >= cccd_gate.evidence_rank(e.minimum_evidence)) IS NOT TRUE
            AND NOT d.reasons && (unseen || '{evidence_too_weak}'::text[]) AND (p.person IS NOT NULL OR NOT 'chip_unreadable' = ANY (d.reasons)) THEN
            d.reasons := d.reasons || 'evidence_too_weak'::text;
        END IF;
        -- whoever only claims to be somebody, or shows a card that is in doubt,
        -- does not learn how that person fares under the rule
        in_doubt := d.reasons <> '{}' AND (cccd_gate.card_in_doubt(d.reasons)
                                           OR claimed AND 'evidence_too_weak' = ANY (d.reasons));

        IF t.ticket IS NULL THEN
            ticket_problem := CASE WHEN ticket_shown THEN 'ticket_unknown' WHEN e.ticket_required THEN 'no_ticket' END;
        ELSIF t.event <> e.event THEN
            ticket_problem := 'ticket_other_event';
        ELSIF t.cancelled THEN
            ticket_problem := 'ticket_cancelled';
        ELSIF t.person <> p.person THEN
            ticket_problem := 'ticket_other_person';
        ELSIF t.gate <> gate_name THEN
            ticket_problem := 'wrong_gate';
        END IF;
        IF ticket_problem IS NOT NULL THEN
            d.reasons := d.reasons || ticket_problem;
        END IF;
        IF moment < e.doors THEN
            d.reasons := d.reasons || 'too_early'::text;
        ELSIF moment >= e.ends THEN
            d.reasons := d.reasons || 'event_over'::text;
        END IF;

        IF p.person IS NOT NULL AND NOT in_doubt THEN
            v := cccd_check(record, e.rule, coalesce(e.judged_at, moment),
                            cccd_context(ticket => t.ticket IS NOT NULL AND ticket_problem IS NULL,
                                         accompanied => d.accompanied, evidence => d.evidence,
                                         level => e.level, birth_date => birth_date, sex => sex, place => place));
            d.valid_until := v.changes_at;
            d.rule_digest := e.rule_digest;
            d.facts_digest := sha256(cccd_health_send(record));
            IF v.verdict = 'pass' THEN
                proof := v.proof;
            ELSIF claimed THEN
                d.valid_until := NULL;
                d.reasons := d.reasons || 'evidence_too_weak'::text;
                in_doubt := true;
            ELSE
                d.failed := v.failed;
                d.unsure := v.unsure;
                SELECT coalesce(array_agg(q.code ORDER BY q.clause), '{rule_empty}') INTO rule_problems
                FROM (SELECT c.code, min(c.clause) AS clause
                      FROM cccd_gate.rule_problems(e.rule, v.failed, v.unsure) c GROUP BY c.code) q;
                -- say the same thing once
                IF ticket_problem IS NOT NULL THEN
                    rule_problems := array_remove(rule_problems, 'ticket_rule');
                END IF;
                IF 'evidence_too_weak' = ANY (d.reasons) THEN
                    rule_problems := array_remove(rule_problems, 'evidence_rule');
                END IF;
                d.reasons := d.reasons || rule_problems || coalesce(doubts, '{}');
            END IF;
        END IF;
    END IF;

    IF d.reasons = '{}' THEN
        -- the unique constraints decide between gates: whoever comes second
        -- waits here for the first to commit
        INSERT INTO cccd_gate.attendance (event, person, ticket, gate, admitted_at, proof_record, proof_paper)
        SELECT e.event, p.person, t.ticket, gate_name, moment,
               count(*) FILTER (WHERE x.source IN ('national', 'certificate')),
               count(*) FILTER (WHERE x.source IN ('paper', 'declared'))
        FROM cccd_health_events(proof) x
        ON CONFLICT DO NOTHING
        RETURNING attendance INTO d.attendance;
        IF d.attendance IS NOT NULL AND NOT cccd_gate.take_place(e.event, e.capacity) THEN
            DELETE FROM cccd_gate.attendance a WHERE a.attendance = d.attendance;
            d.attendance := NULL;
            d.reasons := '{full}';
        END IF;
    END IF;

    IF d.attendance IS NOT NULL THEN
        d.verdict := 'admit';
    ELSE
        IF NOT in_doubt AND EXISTS (SELECT FROM cccd_gate.attendance a WHERE a.event = e.event AND a.person = p.person) THEN
            d.reasons := d.reasons || 'already_inside'::text;
        ELSIF EXISTS (SELECT FROM cccd_gate.attendance a WHERE a.ticket = t.ticket) THEN
            d.reasons := d.reasons || 'ticket_used'::text;
        END IF;
        SELECT array_agg(u.code ORDER BY coalesce(r.verdict, 'refuse') = 'refuse' DESC, u.i),
               CASE WHEN bool_or(coalesce(r.verdict, 'refuse') = 'refuse') THEN 'refuse' ELSE 'review' END
        INTO d.reasons, d.verdict
        FROM unnest(d.reasons) WITH ORDINALITY u(code, i)
        LEFT JOIN cccd_gate.reason r ON r.code = u.code;
    END IF;

    INSERT INTO cccd_gate.decision SELECT d.*;
    RETURN d;
END
$$;
COMMENT ON FUNCTION decide(event, text, uuid, timestamptz, person, cccd_health, int, date, text, ticket, boolean, text[], text, text, boolean, bigint, text[], bigint) IS
    'the second half of check() and recheck(): asks the rule, looks at ticket and place, admits or not, and writes attendance and decision. Arguments: event, gate if the event has it, request id, moment; person, record, place, birth date and sex for the rule; ticket, and whether one was shown; reasons found so far; what was scanned and its evidence of identity; accompanied; the decision that this one follows; reasons that matter only if the rule is not satisfied; the document in hand';

CREATE FUNCTION answer_of(d decision, name text, birth_date date, sex text, id_masked text) RETURNS check_answer
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    a cccd_gate.check_answer;
BEGIN
    a.verdict := d.verdict;
    a.reasons := d.reasons;
    a.reasons_vi := '{}';
    a.reasons_en := '{}';
    a.ask_vi := '{}';
    a.ask_en := '{}';
    a.holder_name := name;
    a.holder_birth_date := birth_date;
    a.holder_sex := sex;
    a.holder_id_masked := id_masked;
    a.card_kind := d.card_kind;
    a.evidence := d.evidence;
    a.valid_until := d.valid_until;
    a.attendance_id := d.attendance;
    a.decision_id := d.decision;
    IF d.verdict = 'admit' THEN
        a.admitted_at := d.at;
        RETURN a;
    END IF;

    SELECT array_agg(coalesce(r.vi, u.code) || coalesce(' (' || x.vi || ')', '') ORDER BY u.i),
           array_agg(coalesce(r.en, u.code) || coalesce(' (' || x.en || ')', '') ORDER BY u.i)
    INTO a.reasons_vi, a.reasons_en
    FROM unnest(d.reasons) WITH ORDINALITY u(code, i)
    LEFT JOIN cccd_gate.reason r ON r.code = u.code
    LEFT JOIN LATERAL (
        -- what the rule asks for
        SELECT string_agg((cccd_explain(k.value, 'vi', 1::bigint << (c.clause - 1)))[1], '; ' ORDER BY c.clause) AS vi,
               string_agg((cccd_explain(k.value, 'en', 1::bigint << (c.clause - 1)))[1], '; ' ORDER BY c.clause) AS en
        FROM cccd_gate.rule_text k
        CROSS JOIN LATERAL cccd_gate.rule_problems(k.value, d.failed, d.unsure) c
        WHERE r.about = 'rule' AND k.digest = d.rule_digest AND c.code = u.code
        HAVING count(*) > 0
        UNION ALL
        -- where and when it was used
        SELECT 'cổng ' || w.gate || ', ' || to_char(timezone(interval '7 hours', w.admitted_at), 'HH24:MI DD/MM'),
               'gate ' || w.gate || ', ' || to_char(timezone(interval '7 hours', w.admitted_at), 'HH24:MI DD/MM')
        FROM cccd_gate.attendance w
        WHERE u.code = 'already_inside' AND w.event = d.event AND w.person = d.person
        UNION ALL
        SELECT 'cổng ' || w.gate || ', ' || to_char(timezone(interval '7 hours', w.admitted_at), 'HH24:MI DD/MM'),
               'gate ' || w.gate || ', ' || to_char(timezone(interval '7 hours', w.admitted_at), 'HH24:MI DD/MM')
        FROM cccd_gate.attendance w
        WHERE u.code = 'ticket_used' AND w.ticket = d.ticket
    ) x ON true;

    SELECT coalesce(array_agg(q.vi ORDER BY q.i), '{}'), coalesce(array_agg(q.en ORDER BY q.i), '{}')
    INTO a.ask_vi, a.ask_en
    FROM (SELECT r.ask_vi AS vi, r.ask_en AS en, min(u.i) AS i
          FROM unnest(d.reasons) WITH ORDINALITY u(code, i)
          JOIN cccd_gate.reason r ON r.code = u.code AND r.verdict = d.verdict
          WHERE r.ask_vi IS NOT NULL
          GROUP BY 1, 2) q;
    RETURN a;
END
$$;
COMMENT ON FUNCTION answer_of(decision, text, date, text, text) IS
    'a decision as the guard reads it: the first answer and every repetition of it; arguments: decision, and the holder''s name, birth date, sex and masked number';
