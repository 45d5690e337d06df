-- The verdict of the gate, a second time: from the words of doc/gate_door.md and from
-- the tables, one question after the other, slowly.  Nothing here knows how the
-- library looks anything up.  It takes what the library of cccd says of a scan
-- (cccd_card_from_scan) and of a rule (cccd_check) as given.
--
-- Included by property tests into a schema of its own, named in search_path.

CREATE TYPE verdict AS (verdict text, reasons text[], evidence text, valid_until timestamptz, person bigint);

-- what a clause of a rule gives: where it fails, where it fails below NOT, where it is not known
CREATE TABLE clause_words (subject text PRIMARY KEY, failed text NOT NULL, negated text NOT NULL, unsure text NOT NULL);
INSERT INTO clause_words VALUES
('doses', 'doses_missing', 'rule_forbids', 'not_certain'), ('complete', 'doses_missing', 'rule_forbids', 'not_certain'),
('last_dose', 'dose_time', 'rule_forbids', 'not_certain'), ('dose', 'dose_time', 'rule_forbids', 'not_certain'),
('recovery', 'recovery_missing', 'rule_forbids', 'not_certain'), ('recovered', 'recovery_missing', 'rule_forbids', 'not_certain'),
('negative', 'test_missing', 'rule_forbids', 'test_pending'), ('positive', 'positive_test', 'rule_forbids', 'test_pending'),
('contraindicated', 'contraindication_missing', 'rule_forbids', 'not_certain'), ('holds', 'credential_missing', 'rule_forbids', 'not_certain'),
('isolated', 'rule_forbids', 'isolated', 'not_certain'), ('exposed', 'rule_forbids', 'exposed', 'not_certain'),
('isolation', 'isolation_time', 'isolation_time', 'not_certain'), ('exposure', 'exposure_time', 'exposure_time', 'not_certain'),
('contraindication', 'contraindication_missing', 'rule_forbids', 'not_certain'), ('credential', 'credential_missing', 'rule_forbids', 'not_certain'),
('declared', 'declaration_missing', 'declaration_excludes', 'not_certain'), ('declaration', 'declaration_missing', 'declaration_excludes', 'not_certain'),
('booked', 'registration_missing', 'rule_forbids', 'not_certain'), ('registration', 'registration_missing', 'rule_forbids', 'not_certain'),
('consulted', 'consultation_missing', 'rule_forbids', 'not_certain'), ('consultation', 'consultation_missing', 'rule_forbids', 'not_certain'),
('age', 'age', 'age', 'age_unknown'), ('ticket', 'ticket_rule', 'ticket_rule', 'ticket_rule'),
('accompanied', 'not_accompanied', 'not_accompanied', 'accompanied_unknown'), ('evidence', 'evidence_rule', 'evidence_rule', 'evidence_rule'),
('level', 'place_rule', 'place_rule', 'place_unknown'), ('origin_level', 'place_rule', 'place_rule', 'origin_unknown'),
('place', 'place_rule', 'place_rule', 'place_unknown'), ('sex', 'sex_rule', 'sex_rule', 'not_certain');

CREATE FUNCTION rule_reasons(rule cccd_rule, failed bigint, unsure bigint) RETURNS text[] LANGUAGE sql STABLE AS $$
    WITH c AS (
        SELECT k.clause, k.subject, k.negated, failed >> (k.clause - 1) & 1 = 1 AS f, unsure >> (k.clause - 1) & 1 = 1 AS u,
               NOT k.negated AND k.subject IN ('doses', 'complete', 'last_dose', 'dose') AS vaccination,
               NOT k.negated AND k.subject IN ('recovery', 'recovered') AS recovery
        FROM cccd_rule_clauses(rule) k
    ), w AS (
        SELECT bool_or(vaccination) AND bool_or(recovery) AS either, bool_or(f AND (vaccination OR recovery)) AS lacking FROM c
    ), r AS (
        SELECT CASE WHEN either AND (vaccination OR recovery) AND NOT u THEN 'immunity_missing'
                    WHEN u THEN x.unsure WHEN c.negated THEN x.negated ELSE x.failed END AS code, c.clause
        FROM c CROSS JOIN w JOIN clause_words x USING (subject)
        WHERE f OR u OR either AND lacking AND (vaccination OR recovery)
    )
    SELECT coalesce(array_agg(code ORDER BY first), '{}') FROM (SELECT code, min(clause) AS first FROM r GROUP BY code) q
$$;

CREATE FUNCTION strength(level text) RETURNS int LANGUAGE sql IMMUTABLE
    RETURN coalesce(array_position('{claimed,paper,qr,registry,signature,chip,genuine}'::text[], level), 0);

-- the number of a passport: typed, or in its zone
CREATE FUNCTION passport(scan text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN btrim(scan) ~ '^[A-Z0-9]{6,15}$' AND btrim(scan) ~ '[A-Z]' THEN btrim(scan) END
$$;

-- the whole verdict; nothing is written
CREATE FUNCTION judge(direction text, event_code text, gate_name text, moment timestamptz, scan text, secret text,
    accompanied boolean, origin_level int) RETURNS verdict LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_variable
DECLARE
    e cccd_gate.event;
    g cccd_gate.gate;
    s record;
    p cccd_gate.person;
    d record;
    t record;
    shown_document bigint;
    tickets bigint[];
    status text;
    document_source text;
    document_agrees boolean;
    number_status text;
    stay cccd_gate.presence;
    minimum text;
    scan_level text;
    level text;
    document_number text;
    readable boolean;
    has_document boolean := false;
    agrees boolean := false;
    issued_agrees text;
    name_agrees text;
    birth_agrees text;
    sex_agrees text;
    today date := timezone(interval '7 hours', moment)::date;
    last_day date;
    identity text;
    settled boolean;
    ticket_shown boolean := secret IS NOT NULL;
    ticket_known boolean := false;
    used_by text;
    ticket_reason text;
    presence text := 'never';
    own cccd_gate.ticket;
    second boolean := false;
    alone text;
    v record;
    health cccd_health := '';
    rule_reasons text[];
    passes boolean := false;
    changes timestamptz;
    place int;
    signed boolean := false;
    reasons text[] := '{}';
    answer verdict;
BEGIN
    -- the call
    SELECT * INTO e FROM cccd_gate.event x WHERE x.code = event_code;
    SELECT * INTO g FROM cccd_gate.gate x WHERE x.event = e.event AND x.gate = gate_name;
    IF e.event IS NULL OR g.gate IS NULL THEN
        answer := ROW('refuse', ARRAY[CASE WHEN e.event IS NULL THEN 'event_unknown' ELSE 'gate_unknown' END], NULL, NULL, NULL);
        RETURN answer;
    END IF;

    -- the scan
    SELECT CASE WHEN passport(scan) IS NULL THEN coalesce(c.kind, 'unknown') ELSE 'passport' END AS kind,
           CASE WHEN passport(scan) IS NULL THEN c.id END AS id, CASE WHEN passport(scan) IS NULL THEN c.old_id END AS old_id,
           coalesce(passport(scan), CASE WHEN c.kind = 'personal' THEN c.extra[4] END) AS passport,
           CASE WHEN passport(scan) IS NULL THEN c.name END AS name, c.birth_date, c.sex, c.issued, c.expires,
           coalesce(c.flags, '{}') AS flags
    INTO s FROM (VALUES (1)) one LEFT JOIN LATERAL cccd_card_from_scan(scan) c ON true;
    readable := s.kind <> 'health_insurance' AND num_nonnulls(s.id, s.old_id, s.passport) > 0;
    scan_level := CASE WHEN s.kind IN ('card_2021', 'card_2024', 'mrz') THEN 'qr' ELSE 'claimed' END;
    minimum := coalesce((SELECT y.minimum FROM cccd_gate.event_evidence y WHERE y.event = e.event AND y.document_kind = s.kind), e.minimum_evidence);

    -- the person
    IF s.id IS NOT NULL THEN
        SELECT n.status INTO number_status FROM cccd_gate.identity_number n WHERE n.id = s.id;
        SELECT x.* INTO p FROM cccd_gate.identity_number n JOIN cccd_gate.person x USING (person) WHERE n.id = s.id;
    ELSIF readable THEN
        document_number := CASE WHEN s.passport IS NULL THEN s.old_id ELSE s.passport END;
        SELECT count(*) AS all_of_them, count(*) FILTER (WHERE x.name_key = cccd_name_key(s.name)) AS named,
               (array_agg(k.document ORDER BY (x.name_key = cccd_name_key(s.name)) IS TRUE DESC, k.document))[1] AS document,
               (array_agg(k.person ORDER BY (x.name_key = cccd_name_key(s.name)) IS TRUE DESC, k.document))[1] AS person
        INTO d FROM cccd_gate.document k JOIN cccd_gate.person x USING (person)
        WHERE k.kind = CASE WHEN s.passport IS NULL THEN 'old_id' ELSE 'passport' END AND k.number = document_number;
        IF d.all_of_them <= 1 OR d.named > 0 THEN
            SELECT * INTO p FROM cccd_gate.person x WHERE x.person = d.person;
            shown_document := d.document;
        END IF;
    END IF;
    WHILE p.merged_into IS NOT NULL LOOP
        SELECT * INTO p FROM cccd_gate.person x WHERE x.person = p.merged_into;
    END LOOP;

    IF scan_level = 'claimed' AND s.kind <> 'id'
        AND (nullif(cccd_name_key(s.name), '') <> p.name_key AND NOT s.flags && '{name_truncated}'
             OR date_trunc(p.birth_precision, s.birth_date::timestamp) <> date_trunc(p.birth_precision, p.birth_date::timestamp)
             OR s.sex <> p.sex) THEN
        -- a claim that says more, and not of this person, names nobody
        p := NULL;
        number_status := NULL;
    END IF;

    IF p.person IS NOT NULL THEN
        -- how the scan agrees with the register
        name_agrees := CASE WHEN coalesce(cccd_name_key(s.name), '') = '' THEN 'absent'
                            WHEN cccd_name_key(s.name) = p.name_key THEN 'equal'
                            WHEN s.flags && '{name_truncated}' THEN CASE WHEN starts_with(p.name_key, cccd_name_key(s.name)) THEN 'equal' ELSE 'partly' END
                            ELSE 'different' END;
        birth_agrees := CASE WHEN s.birth_date IS NULL THEN 'absent' WHEN p.birth_date IS NULL THEN 'unknown'
                             WHEN date_trunc(p.birth_precision, s.birth_date::timestamp) <> date_trunc(p.birth_precision, p.birth_date::timestamp) THEN 'different'
                             WHEN p.birth_precision = 'day' THEN 'equal' ELSE 'partly' END;
        sex_agrees := CASE WHEN s.sex IS NULL THEN 'absent' WHEN p.sex IS NULL THEN 'unknown'
                           WHEN s.sex = p.sex THEN 'equal' ELSE 'different' END;
        -- the document in hand, or else the newest chip card
        SELECT k.*, m.agrees INTO d
        FROM cccd_gate.document k
        CROSS JOIN LATERAL (SELECT CASE
            WHEN s.id IS NULL THEN NULL
            WHEN s.issued IS NULL AND s.flags && '{no_expiry}' THEN nullif(k.expires IS NULL, true)
            WHEN s.issued IS NULL AND s.expires IS NULL THEN NULL
            WHEN k.number <> s.id::text THEN false
            WHEN s.issued IS NOT NULL THEN k.issued = s.issued
            ELSE k.expires = s.expires END AS agrees) m
        WHERE k.person = p.person AND CASE WHEN s.id IS NULL THEN k.document = shown_document ELSE k.kind = 'chip' END
        ORDER BY m.agrees IS TRUE DESC, m.agrees IS NULL DESC, k.status = 'valid' DESC, k.issued DESC NULLS LAST, k.document
        LIMIT 1;
        has_document := FOUND;
        IF has_document THEN
            status := d.status;
            document_source := d.source;
            document_agrees := d.agrees;
        END IF;
        issued_agrees := CASE WHEN document_agrees THEN 'equal' WHEN NOT document_agrees THEN 'different'
                              WHEN num_nonnulls(s.issued, s.expires) = 0 AND NOT s.flags && '{no_expiry}' THEN 'absent' ELSE 'unknown' END;
        last_day := CASE WHEN has_document AND document_agrees IS NOT FALSE THEN least(d.expires, s.expires)
                         WHEN NOT has_document THEN s.expires END;
    END IF;

    -- evidence
    level := scan_level;
    IF NOT readable THEN
        level := NULL;
    ELSIF level = 'qr' AND name_agrees = 'equal' AND birth_agrees = 'equal' AND sex_agrees = 'equal' AND issued_agrees = 'equal'
        AND status = 'valid' AND (last_day < today) IS NOT TRUE AND number_status = 'current' AND (p.died_on <= today) IS NOT TRUE
        AND (p.source, p.birth_source, p.sex_source, document_source) = ('national', 'national', 'national', 'national')
        AND NOT s.flags && '{check_digit_document,check_digit_optional,check_digit_birth,check_digit_expiry,check_digit_composite,document_number_disagrees}' THEN
        level := 'registry';
    END IF;

    -- identity: the first thing that is wrong
    identity := CASE
        WHEN NOT readable THEN CASE WHEN s.kind IN ('health_insurance', 'health_certificate', 'vds_nc', 'shc', 'other_certificate') THEN 'not_an_identity_card' ELSE 'scan_unreadable' END
        WHEN s.flags && '{check_digit_document,check_digit_optional,check_digit_birth,check_digit_expiry,check_digit_composite,document_number_disagrees}' THEN 'scan_damaged'
        WHEN level = 'claimed' AND strength(minimum) > 1 THEN 'evidence_too_weak'
        WHEN p.person IS NULL THEN 'person_unknown'
        WHEN name_agrees = 'different' THEN CASE WHEN s.flags && '{encoding_suspect,masked}' THEN 'scan_damaged' ELSE 'name_disagrees' END
        WHEN birth_agrees = 'different' THEN 'birth_date_disagrees'
        WHEN sex_agrees = 'different' THEN 'sex_disagrees'
        WHEN s.flags && '{id_disagrees_with_birth_date,id_disagrees_with_sex}'
             AND NOT (birth_agrees IN ('equal', 'partly') AND sex_agrees = 'equal') THEN 'number_disagrees'
        WHEN level <> 'claimed' AND 'absent' IN (name_agrees, birth_agrees, sex_agrees, issued_agrees) THEN 'scan_incomplete'
        WHEN number_status = 'cancelled' THEN 'number_cancelled'
        WHEN has_document AND document_agrees IS NOT FALSE AND status <> 'valid' THEN 'card_' || status
        WHEN NOT document_agrees THEN 'card_unknown'
        WHEN last_day < today THEN 'card_expired'
        WHEN p.died_on <= today THEN 'deceased' END;
    -- a claim learns nothing of the register, not even whether it has the number
    IF level = 'claimed' AND identity IS NOT NULL
        AND NOT s.flags && '{check_digit_document,check_digit_optional,check_digit_birth,check_digit_expiry,check_digit_composite,document_number_disagrees}' THEN
        identity := 'evidence_too_weak';
    END IF;
    IF identity IS NULL AND strength(level) < strength(CASE minimum WHEN 'signature' THEN 'registry' ELSE minimum END) THEN
        identity := 'evidence_too_weak';
    END IF;
    settled := identity IS NULL;
    reasons := array_remove(ARRAY[identity], NULL);
    IF identity = 'person_unknown' AND s.flags && '{id_disagrees_with_birth_date,id_disagrees_with_sex}' THEN
        reasons := '{number_disagrees}'::text[] || reasons;
    END IF;

    -- the ticket: the one that is shown, or the person's best
    IF ticket_shown THEN
        tickets := ARRAY(SELECT k.ticket FROM cccd_gate.ticket k WHERE k.secret_hash = sha256(
            CASE WHEN octet_length(secret) < 16 THEN (SELECT z.key || 'ticket'::bytea FROM cccd_gate.secret z) ELSE '' END || convert_to(secret, 'UTF8')));
    ELSE
        tickets := ARRAY(SELECT k.ticket FROM cccd_gate.ticket k WHERE k.person = p.person AND k.event = e.event);
    END IF;
    SELECT k.*, u.person AS used_by_person, u.state AS use_state INTO t
    FROM cccd_gate.ticket k
    LEFT JOIN cccd_gate.presence u ON u.event = k.event AND u.ticket = k.ticket AND u.state <> 'a'
    WHERE k.ticket = ANY (tickets)
    ORDER BY k.event <> e.event, k.cancelled, u.state IS NOT NULL AND u.person IS DISTINCT FROM p.person,
             k.gate IS NOT NULL AND k.gate <> g.gate, k.ticket
    LIMIT 1;
    ticket_known := FOUND;
    -- whoever comes back does so with the ticket of the first entry
    IF direction = 'in' AND settled AND e.entries <> 'once' THEN
        SELECT * INTO stay FROM cccd_gate.presence x WHERE x.event = e.event AND x.person = p.person AND x.state <> 'a';
        SELECT k.* INTO own FROM cccd_gate.ticket k WHERE k.ticket = stay.ticket AND NOT k.cancelled;
        second := own.ticket IS NOT NULL AND (t.ticket = own.ticket) IS NOT TRUE
            AND CASE WHEN ticket_shown THEN ticket_known AND t.person IS NULL AND t.event = e.event AND NOT t.cancelled AND t.use_state IS NULL AND (t.gate <> g.gate) IS NOT TRUE
                ELSE NOT (ticket_known AND NOT t.cancelled AND (t.use_state IS NULL OR t.used_by_person = p.person) AND (t.gate <> g.gate) IS NOT TRUE) END;
        IF second AND level <> 'claimed' THEN
            SELECT k.*, p.person AS used_by_person, stay.state AS use_state INTO t FROM cccd_gate.ticket k WHERE k.ticket = own.ticket;
            ticket_known := true;
        END IF;
    END IF;
    used_by := CASE WHEN t.use_state IS NULL THEN 'nobody' WHEN t.used_by_person = p.person THEN 'same' ELSE 'other' END;
    ticket_reason := CASE
        WHEN NOT settled AND NOT ticket_shown THEN NULL
        WHEN NOT ticket_known THEN CASE WHEN ticket_shown THEN 'ticket_unknown' WHEN e.ticket_required THEN 'no_ticket' END
        WHEN t.event <> e.event THEN 'ticket_other_event'
        WHEN t.cancelled THEN 'ticket_cancelled'
        WHEN settled AND t.person IS NOT NULL AND t.person <> p.person THEN 'ticket_other_person'
        WHEN settled AND used_by = 'other' OR NOT settled AND used_by <> 'nobody' AND e.entries = 'once' THEN 'ticket_used'
        WHEN t.gate <> g.gate THEN 'wrong_gate' END;

    -- what a ticket says by itself, to a number that nobody has
    alone := CASE
        WHEN NOT ticket_shown THEN NULL
        WHEN NOT ticket_known THEN 'ticket_unknown'
        WHEN t.event <> e.event THEN 'ticket_other_event'
        WHEN t.cancelled THEN 'ticket_cancelled'
        WHEN used_by <> 'nobody' AND e.entries = 'once' THEN 'ticket_used'
        WHEN t.gate <> g.gate THEN 'wrong_gate' END;

    -- where the person is, or the bearer; at an exit a ticket that is inside says
    -- who leaves, and a number that is only claimed beside it nothing
    IF direction = 'out' AND NOT e.leaving_is_judged AND ticket_shown AND (level = 'claimed') IS NOT FALSE
        AND EXISTS (SELECT FROM cccd_gate.presence x WHERE x.event = e.event AND x.ticket = t.ticket AND x.state = 'i') THEN
        p := NULL;
        name_agrees := NULL;
        birth_agrees := NULL;
        sex_agrees := NULL;
    END IF;
    IF p.person IS NOT NULL THEN
        SELECT * INTO stay FROM cccd_gate.presence x WHERE x.event = e.event AND x.person = p.person;
    ELSIF ticket_known THEN
        SELECT * INTO stay FROM cccd_gate.presence x WHERE x.event = e.event AND x.ticket = t.ticket;
    END IF;
    presence := CASE stay.state WHEN 'i' THEN 'inside' WHEN 'l' THEN 'left' ELSE 'never' END;

    answer.person := p.person;
    IF direction = 'out' AND NOT e.leaving_is_judged THEN
        -- nobody is kept inside for want of a document
        reasons := array_remove(ARRAY[CASE
            WHEN readable AND p.person IS NOT NULL AND name_agrees = 'different' THEN CASE WHEN s.flags && '{encoding_suspect,masked}' THEN 'scan_damaged' ELSE 'name_disagrees' END
            WHEN readable AND birth_agrees = 'different' THEN 'birth_date_disagrees'
            WHEN readable AND sex_agrees = 'different' THEN 'sex_disagrees'
            WHEN p.person IS NULL AND NOT ticket_known THEN CASE WHEN NOT readable THEN identity ELSE 'not_inside' END
            WHEN presence <> 'inside' THEN 'not_inside' END], NULL);
        IF level = 'claimed' AND reasons <> '{}' THEN
            reasons := '{not_inside}';
        END IF;
    ELSE
        IF direction = 'in' THEN
            reasons := reasons || array_remove(ARRAY[ticket_reason, CASE e.status
                WHEN 'cancelled' THEN 'event_cancelled' WHEN 'moved' THEN 'event_moved' WHEN 'planned' THEN 'event_not_open'
                ELSE CASE WHEN moment < e.doors THEN 'too_early' WHEN moment >= e.ends THEN 'event_over' END END], NULL);
        END IF;
        IF settled THEN
            -- the rule
            FOR v IN SELECT h.record FROM cccd_gate.health h WHERE h.person = p.person LOOP
                health := CASE WHEN health = '' THEN v.record ELSE health || v.record END;
            END LOOP;
            place := cccd_id_place(coalesce(s.id, (SELECT n.id FROM cccd_gate.identity_number n WHERE n.person = p.person
                                                   ORDER BY n.status = 'current' DESC, n.id LIMIT 1)));
            v := cccd_check(health, e.rule, coalesce(e.judged_at, moment),
                cccd_context(ticket => ticket_known AND ticket_reason IS NULL, accompanied => accompanied, evidence => level, level => e.level,
                    origin_level => origin_level, birth_date => CASE WHEN p.birth_precision = 'day' AND p.birth_date IS NOT NULL THEN p.birth_date ELSE s.birth_date END,
                    sex => coalesce(p.sex, s.sex), place => place));
            passes := v.verdict = 'pass';
            changes := CASE WHEN e.judged_at IS NULL THEN v.changes_at END;
            reasons := reasons || array_remove(ARRAY[CASE direction
                WHEN 'in' THEN CASE WHEN presence = 'inside' AND e.entries <> 'free' THEN 'already_inside'
                                    WHEN presence = 'left' AND e.entries = 'once' THEN 'already_left' END
                ELSE CASE WHEN presence <> 'inside' THEN 'not_inside'
                          WHEN direction = 'move' AND (stay.zone = g.from_zone) IS NOT TRUE THEN 'wrong_zone' END END], NULL);
            IF NOT passes THEN
                rule_reasons := rule_reasons(e.rule, v.failed, v.unsure);
                IF rule_reasons = '{}' THEN
                    rule_reasons := CASE v.verdict WHEN 'fail' THEN '{rule_forbids}'::text[] ELSE '{rule_empty}' END;
                END IF;
                IF ticket_reason IS NOT NULL THEN
                    rule_reasons := array_remove(rule_reasons, 'ticket_rule');
                END IF;
                reasons := reasons || rule_reasons;
            ELSE
                SELECT coalesce(bool_and(x.signed), false) INTO signed FROM cccd_health_events(v.proof) x;
                IF level = 'registry' AND signed THEN
                    level := 'signature';
                END IF;
                IF strength(level) < strength(minimum) THEN
                    reasons := reasons || '{evidence_too_weak}'::text[];
                END IF;
            END IF;
            -- a claim lets in, or is answered as one of a number that nobody has
            IF level = 'claimed' AND (reasons <> '{}' OR second AND ticket_shown) THEN
                reasons := '{evidence_too_weak}'::text[] || array_remove(ARRAY[CASE direction WHEN 'in' THEN alone END, CASE WHEN direction = 'in' THEN CASE e.status
                    WHEN 'cancelled' THEN 'event_cancelled' WHEN 'moved' THEN 'event_moved' WHEN 'planned' THEN 'event_not_open'
                    ELSE CASE WHEN moment < e.doors THEN 'too_early' WHEN moment >= e.ends THEN 'event_over' END END END], NULL);
            END IF;
        END IF;
        IF direction = 'in' AND reasons = '{}' AND presence <> 'inside'
            AND NOT coalesce((SELECT sum(x.inside) < e.capacity FROM cccd_gate.slot x WHERE x.event = e.event), e.capacity > 0) THEN
            reasons := '{full}';
        END IF;
        IF settled AND (level <> 'claimed' OR reasons = '{}') THEN
            SELECT min(m) INTO answer.valid_until
            FROM unnest(ARRAY[changes, timezone(interval '7 hours', (last_day + 1)::timestamp), e.doors, e.ends]) m WHERE m > moment;
        END IF;
    END IF;

    -- the refusing ones first
    SELECT coalesce(array_agg(u.code ORDER BY r.verdict = 'refuse' DESC, u.i), '{}'),
           CASE WHEN bool_or(r.verdict = 'refuse') THEN 'refuse' WHEN count(*) > 0 THEN 'review' ELSE 'admit' END
    INTO answer.reasons, answer.verdict
    FROM unnest(reasons) WITH ORDINALITY u(code, i) JOIN cccd_gate.reason r USING (code);
    answer.evidence := level;
    RETURN answer;
END
$$;
