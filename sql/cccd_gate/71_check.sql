-- the gate check
--
-- Every statement of a check looks rows up by key, so that one plan is right for
-- all calls.  force_generic_plan keeps PostgreSQL from planning again for each
-- row that is handed in as a value, which took longer than the check itself;
-- enable_seqscan = off keeps plans that were made while attendance and decision
-- were empty from reading them whole when they are not; jit = off because no
-- statement here is worth compiling.

CREATE FUNCTION make_durable() RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- SET on the function would be undone before the commit; a stronger
    -- setting than "on" stays
    IF current_setting('synchronous_commit') IN ('off', 'local') THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
END
$$;
COMMENT ON FUNCTION make_durable() IS
    'makes the commit of this transaction wait for the disk, and for synchronous standbys, whatever the caller set';

CREATE FUNCTION holder_number(person bigint) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    -- no ORDER BY of the number: pg_upgrade makes a function with such a body
    -- before the operator class that says how numbers are sorted
    SELECT coalesce(
        (SELECT cccd_id_mask(min(n.id)) FROM identity_number n
         WHERE n.person = holder_number.person AND n.status = 'current'),
        (SELECT cccd_id_mask(min(n.id)) FROM identity_number n
         WHERE n.person = holder_number.person),
        (SELECT masked(c.number) FROM document c
         WHERE c.person = holder_number.person AND c.number IS NOT NULL ORDER BY c.document LIMIT 1));
END;
COMMENT ON FUNCTION holder_number(bigint) IS
    'masked current number of a person; of an old card or passport, if there is no other';

CREATE FUNCTION passport_number(scan text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN length(scan) BETWEEN 6 AND 20 AND number_kind(cccd_word_text(scan)) = 'passport' THEN cccd_word_text(scan)
        WHEN length(scan) BETWEEN 88 AND 100
            THEN rtrim(substring(cccd_word_text(scan) FROM '^P[A-Z<][A-Z<]{42}\s*([A-Z0-9<]{9})[0-9][A-Z<]{3}[0-9]{7}[MFX<]'), '<') END;
END;
COMMENT ON FUNCTION passport_number(text) IS
    'passport number that was typed, or that stands in the two lines of a passport (ICAO Doc 9303-4); NULL if the scan is neither. The lines are not checked further: a number found this way is only claimed';

CREATE FUNCTION register_answer(d decision, p person) RETURNS check_answer
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF cccd_gate.identity_stands(d) THEN
        RETURN cccd_gate.answer_of(d, p.name, CASE p.birth_precision WHEN 'day' THEN p.birth_date END, p.sex,
                                   cccd_gate.holder_number(d.person));
    END IF;
    RETURN cccd_gate.answer_of(d, NULL, NULL, NULL, NULL);
END
$$;
COMMENT ON FUNCTION register_answer(decision, person) IS
    'a decision with what the register says of the person, if the identity stands; else without';

CREATE FUNCTION passport_state(scan text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN length(scan) BETWEEN 88 AND 100
                THEN rtrim(substring(cccd_word_text(scan) FROM '^P[A-Z<]([A-Z][A-Z<]{2})[A-Z<]{39}\s*[A-Z0-9<]{9}'), '<') END;
END;
COMMENT ON FUNCTION passport_state(text) IS
    'the state that issued a passport, of its two lines; NULL if the scan is not these, so also for a number that was typed';

CREATE FUNCTION document_problem(document bigint, day date) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN q.status <> 'valid' THEN 'card_' || q.status
                WHEN q.expires < day THEN 'card_expired' END
    FROM document q
    WHERE q.document = document_problem.document;
END;
COMMENT ON FUNCTION document_problem(bigint, date) IS
    'what the register has against a document on this day: card_lost, card_revoked, card_replaced or card_expired; NULL: nothing, or it does not have the document';

CREATE FUNCTION cccd_gate.check(event text, scan text, gate text, request_id uuid,
    at timestamptz DEFAULT clock_timestamp(), ticket text DEFAULT NULL, evidence text DEFAULT NULL,
    accompanied boolean DEFAULT NULL, image bytea DEFAULT NULL,
    sod bytea DEFAULT NULL, data_groups bytea[] DEFAULT NULL, challenge_id uuid DEFAULT NULL, response bytea DEFAULT NULL,
    certificates text[] DEFAULT NULL)
    RETURNS check_answer
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    event_code ALIAS FOR $1;
    scanned text := $2;
    gate_name ALIAS FOR $3;
    moment timestamptz := $5;
    secret text := $6;
    level text := $7;
    chip_read CONSTANT boolean := $10 IS NOT NULL OR $11 IS NOT NULL OR $12 IS NOT NULL OR $13 IS NOT NULL;
    request uuid := coalesce($4, gen_random_uuid());
    typed_passport text := cccd_gate.passport_number($2);
    problems text[] := ARRAY[]::text[];
    problem text;
    today date;
    document_id bigint;
    confirmed boolean := false;
    ambiguous boolean := false;
    r record;
    o record;
    k record;
    picture record;
    picture_problem text;
    shown_certificates text[];
    certificate_kinds CONSTANT text[] := '{health_certificate,vds_nc,shc,other_certificate}';
    signed record;
    doubts text[];
    chip record;
    chip_problems text[];
    verified record;
    holder cccd_gate.person;
    facts cccd_health;
    shown cccd_gate.ticket;
    d cccd_gate.decision;
BEGIN
    IF current_setting('synchronous_commit') IN ('off', 'local') THEN
        PERFORM cccd_gate.make_durable();
    END IF;
    IF request_id IS NOT NULL THEN
        -- the same request at two connections: the second waits, then reads
        -- lock: request
        IF NOT pg_try_advisory_xact_lock(uuid_hash_extended(request, 1667457891)) THEN
            PERFORM pg_advisory_xact_lock(uuid_hash_extended(request, 1667457891));
        END IF;
        SELECT * INTO d FROM cccd_gate.decision x WHERE x.request = request_id;
    END IF;
    IF num_nonnulls($9, $14) > 0 THEN
        picture := cccd_gate.read_picture($9);
        secret := coalesce(secret, picture.ticket);
        -- of one dimension, so that others can be appended
        shown_certificates := ARRAY(SELECT u.scan FROM unnest($14) u(scan)) || picture.certificates;
        IF scanned IS NULL THEN
            scanned := picture.scan;
            picture_problem := picture.problem;
        ELSE
            doubts := array_remove(ARRAY[picture.problem], NULL);
        END IF;
    END IF;

    SELECT CASE WHEN typed_passport IS NULL THEN coalesce(c.kind, 'unknown') ELSE 'passport' END AS kind,
           c.id, coalesce(typed_passport, CASE WHEN c.kind = 'personal' THEN c.extra[4] END) AS passport,
           c.old_id, c.name, c.birth_date, c.sex, c.issued, c.expires, c.flags,
           e, g.gate AS known_gate, n.status AS number_status, p, h.record, t
    INTO r
    FROM cccd_card_from_scan(scanned) c
    LEFT JOIN cccd_gate.event e ON e.code = event_code
    LEFT JOIN cccd_gate.gate g ON g.event = e.event AND g.gate = gate_name
    LEFT JOIN cccd_gate.identity_number n ON n.id = c.id
    LEFT JOIN cccd_gate.person p ON p.person = n.person
    CROSS JOIN LATERAL cccd_gate.person_record(n.person) h
    LEFT JOIN cccd_gate.ticket t ON t.secret_hash = sha256(convert_to(secret, 'UTF8'));
    holder := r.p;
    facts := coalesce(r.record, '');
    shown := r.t;

    -- old cards and passports; guests without a ticket in hand
    IF r.id IS NULL AND (r.passport IS NOT NULL OR r.old_id IS NOT NULL) THEN
        -- a number of several states names somebody with the state, or with the name
        SELECT k.document AS scanned_document, p, coalesce(h.record, '') AS record,
               count(*) OVER () > 1 AND (p.name_key = cccd_name_key(r.name)) IS NOT TRUE AS ambiguous
        INTO o
        FROM cccd_gate.document k
        JOIN cccd_gate.person p ON p.person = k.person
        CROSS JOIN LATERAL cccd_gate.person_record(k.person) h
        WHERE k.kind = CASE WHEN r.passport IS NULL THEN 'old_id' ELSE 'passport' END
          AND k.number = coalesce(r.passport, r.old_id)
          AND (k.state = cccd_gate.passport_state(scanned)) IS NOT FALSE
        ORDER BY (p.name_key = cccd_name_key(r.name)) IS TRUE DESC
        LIMIT 1;
        IF FOUND THEN
            ambiguous := o.ambiguous;
            IF NOT ambiguous THEN
                holder := o.p;
                facts := o.record;
                document_id := o.scanned_document;
            END IF;
        END IF;
    END IF;
    -- a chip, beside the scan or alone
    IF chip_read THEN
        chip := cccd_gate.chip_document($11);
        chip_problems := cccd_gate.chip_disagreements(
            ROW(r.kind, r.id, r.passport, r.old_id, r.name, r.birth_date, r.sex, r.issued, r.expires, r.flags)::cccd_gate.shown_document,
            cccd_gate.chip_document($11), holder.person);
        IF num_nulls(r.id, r.passport, r.old_id) = 3 THEN
            r.kind := 'chip';
            r.id := chip.id;
            SELECT n.status AS number_status, p, coalesce(h.record, '') AS record INTO o
            FROM cccd_gate.identity_number n
            JOIN cccd_gate.person p ON p.person = n.person
            CROSS JOIN LATERAL cccd_gate.person_record(n.person) h
            WHERE n.id = chip.id;
            IF FOUND THEN
                r.number_status := o.number_status;
                holder := o.p;
                facts := o.record;
            END IF;
        END IF;
        IF chip_problems = '{}' THEN
            r.name := chip.name;
            r.birth_date := chip.birth_date;
            r.sex := chip.sex;
            r.issued := chip.issued;
            r.expires := chip.expires;
            r.flags := chip.flags;
        END IF;
    END IF;
    -- a health certificate alone: who it is says a ticket in that person's name
    IF r.kind = ANY (certificate_kinds) THEN
        shown_certificates := coalesce(shown_certificates, '{}') || scanned;
        SELECT p, coalesce(h.record, '') AS record INTO o
        FROM cccd_gate.person p
        CROSS JOIN LATERAL cccd_gate.person_record(p.person) h
        WHERE p.person = shown.person;
        IF FOUND THEN
            holder := o.p;
            facts := o.record;
        END IF;
    END IF;
    IF secret IS NULL THEN
        SELECT * INTO shown FROM cccd_gate.ticket w WHERE w.event = (r.e).event AND w.person = holder.person;
    END IF;

    IF d.decision IS NOT NULL THEN
        IF d.event IS NOT DISTINCT FROM (r.e).event AND d.gate IS NOT DISTINCT FROM r.known_gate
            AND d.previous IS NULL
            AND (scanned IS NULL AND NOT chip_read OR cccd_gate.merged_person(d.person) IS NOT DISTINCT FROM holder.person) THEN
            IF NOT cccd_gate.identity_stands(d) THEN
                RETURN cccd_gate.answer_of(d, r.name, r.birth_date, r.sex,
                                           coalesce(cccd_id_mask(r.id), cccd_gate.masked(coalesce(r.passport, r.old_id))));
            END IF;
            RETURN cccd_gate.register_answer(d, p) FROM cccd_gate.person p WHERE p.person = cccd_gate.merged_person(d.person);
        END IF;
        -- somebody else's answer is not given away
        problems := '{request_id_reused}';
        request := gen_random_uuid();
    END IF;

    IF (moment > '1900-01-01 00:00+07' AND moment < '2136-01-01 00:00+07') IS NOT TRUE THEN
        problems := problems || 'bad_request'::text;
        moment := clock_timestamp();
    END IF;

    IF level IS NULL THEN
        level := CASE WHEN r.kind IN ('card_2021', 'card_2024', 'mrz') THEN 'qr'
                      WHEN r.kind IN ('personal', 'old_id', 'id', 'passport', 'chip') THEN 'claimed'
                      WHEN r.kind = ANY (certificate_kinds) AND holder.person IS NOT NULL THEN 'claimed' END;
    ELSIF cccd_gate.evidence_rank(level) IS NULL THEN
        problems := problems || 'bad_request'::text;
        level := NULL;
    END IF;

    IF chip_read THEN
        verified := cccd_gate.read_chip((r.e).event, r.known_gate, $10, $11, $12, $13, moment);
        IF verified.problems <> '{}' THEN
            chip_problems := verified.problems || array_remove(chip_problems, 'chip_unreadable');
        END IF;
        problems := problems || chip_problems;
        IF chip_problems = '{}' THEN
            level := verified.level;
        END IF;
    END IF;

    -- the card by itself, and against the register
    IF picture_problem IS NOT NULL AND r.id IS NULL THEN
        problems := problems || picture_problem;
    ELSIF r.kind = 'chip' AND r.id IS NULL OR r.kind = ANY (certificate_kinds) AND holder.person IS NOT NULL THEN
        NULL;
    ELSIF r.kind = 'health_insurance' OR r.kind = ANY (certificate_kinds) THEN
        problems := problems || 'not_an_identity_card'::text;
    ELSIF r.kind = 'unknown' OR r.id IS NULL AND r.passport IS NULL AND r.old_id IS NULL THEN
        problems := problems || 'scan_unreadable'::text;
    ELSIF ambiguous THEN
        problems := problems || 'number_ambiguous'::text;
    ELSIF holder.person IS NULL THEN
        IF r.flags && '{id_disagrees_with_birth_date,id_disagrees_with_sex}' THEN
            problems := problems || 'number_disagrees'::text;
        END IF;
    ELSE
        -- one thing at a time: who does not know the name learns nothing more
        today := timezone(interval '7 hours', moment)::date;
        problem := CASE
            WHEN cccd_name_key(r.name) <> holder.name_key AND NOT r.flags && '{name_truncated}'
                THEN CASE WHEN r.flags && '{encoding_suspect,masked}' THEN 'scan_damaged' ELSE 'name_disagrees' END
            WHEN date_trunc(holder.birth_precision, r.birth_date::timestamp)
                 <> date_trunc(holder.birth_precision, holder.birth_date::timestamp) THEN 'birth_date_disagrees'
            WHEN r.sex <> holder.sex THEN 'sex_disagrees'
            WHEN level = 'qr' AND (num_nulls(r.name, r.birth_date, r.sex) > 0
                                   OR num_nonnulls(r.issued, r.expires) = 0 AND NOT r.flags && '{no_expiry}')
                THEN 'scan_incomplete' END;
        IF problem IS NULL THEN
            -- the document in hand, or else the newest chip card; that a zone does
            -- not state an end does not make it agree, but may contradict
            SELECT q.document, q.status, q.expires, q.source, m.agrees INTO k
            FROM cccd_gate.document q
            CROSS JOIN LATERAL (SELECT CASE WHEN r.id IS NULL THEN NULL
                                            WHEN r.issued IS NOT NULL THEN q.number = r.id::text AND q.issued = r.issued
                                            WHEN r.flags && '{no_expiry}' THEN nullif(q.expires IS NULL, true)
                                            ELSE q.number = r.id::text AND q.expires = r.expires END AS agrees) m
            WHERE q.person = holder.person
              AND CASE WHEN r.id IS NULL THEN q.document = document_id ELSE q.kind = 'chip' END
            ORDER BY m.agrees IS FALSE, m.agrees NULLS LAST, q.status = 'valid' DESC, q.issued DESC NULLS LAST
            LIMIT 1;
            IF k.agrees THEN
                document_id := k.document;
                confirmed := k.source = 'national';
            END IF;
            problem := CASE
                WHEN r.number_status = 'cancelled' THEN 'number_cancelled'
                WHEN k.agrees IS NOT FALSE AND k.status <> 'valid' THEN 'card_' || k.status
                WHEN k.agrees IS NOT FALSE AND least(k.expires, r.expires) < today THEN 'card_expired'
                WHEN NOT k.agrees THEN 'card_unknown'
                WHEN holder.died_on <= today THEN 'deceased' END;
            -- what is only claimed is not answered with what the register says
            IF problem IS NOT NULL AND level = 'claimed' THEN
                problem := 'evidence_too_weak';
            END IF;
        END IF;
        problems := problems || array_remove(ARRAY[problem], NULL);
    END IF;
    IF r.flags && '{check_digit_document,check_digit_optional,check_digit_birth,check_digit_expiry,check_digit_composite,document_number_disagrees}'
        AND NOT 'scan_unreadable' = ANY (problems) THEN
        problems := problems || 'scan_damaged'::text;
    END IF;
    -- agreement is positive: all of it was there, and the register has all of it
    IF level = 'qr' AND problems = '{}' AND confirmed
        AND (holder.source, holder.birth_source, holder.sex_source, holder.birth_precision) = ('national', 'national', 'national', 'day')
        AND r.birth_date = holder.birth_date AND r.sex = holder.sex
        AND starts_with(holder.name_key, cccd_name_key(r.name)) THEN
        level := 'registry';
    END IF;
    IF shown_certificates IS NOT NULL THEN
        -- facts are added to the record of a person whose card is in order
        signed := cccd_gate.read_certificates(shown_certificates, CASE WHEN problems = '{}' THEN holder.person END,
                                              coalesce(holder.name, r.name),
                                              coalesce(CASE holder.birth_precision WHEN 'day' THEN holder.birth_date END, r.birth_date), r.passport, moment);
        IF r.kind = ANY (certificate_kinds) AND NOT signed.fits AND problems = '{}' THEN
            problems := '{not_an_identity_card}';
        END IF;
        problems := problems || signed.problems;
        doubts := doubts || signed.doubts;
        IF signed.kept THEN
            SELECT h.record INTO facts FROM cccd_gate.person_record(holder.person) h;
            level := CASE level WHEN 'registry' THEN 'signature' ELSE level END;
        END IF;
    END IF;

    d := cccd_gate.decide(r.e, r.known_gate, request, moment, holder, facts, cccd_id_place(r.id),
                          coalesce(CASE holder.birth_precision WHEN 'day' THEN holder.birth_date END,
                                   CASE WHEN r.birth_date <= '2150-01-01' THEN r.birth_date END),
                          coalesce(holder.sex, r.sex), shown, secret IS NOT NULL,
                          problems, r.kind, level, $8, NULL, doubts, document_id);
    IF shown_certificates IS NOT NULL THEN
        INSERT INTO cccd_gate.certificate_reading
            (request_id, person, problem, findings, digest, kinds, country, expires, signer_fingerprint, trust_digest)
        SELECT d.request, d.person, x.problem, x.findings, x.digest, x.kinds, x.country, x.expires, x.signer_fingerprint, x.trust_digest
        FROM unnest(signed.readings) x;
    END IF;
    IF chip_read THEN
        INSERT INTO cccd_gate.chip_reading
            (request_id, person, trusted, active, findings, sod_digest, signer_fingerprint, anchor_fingerprint, trust_digest)
        SELECT d.request, d.person, x.trusted, x.active, x.findings, x.sod_digest, x.signer_fingerprint, x.anchor_fingerprint, x.trust_digest
        FROM (SELECT (verified.reading).*) x;
    END IF;
    IF NOT cccd_gate.identity_stands(d) THEN
        RETURN cccd_gate.answer_of(d, r.name, r.birth_date, r.sex,
                                   coalesce(cccd_id_mask(r.id), cccd_gate.masked(coalesce(r.passport, r.old_id))));
    END IF;
    RETURN cccd_gate.answer_of(d, holder.name, CASE holder.birth_precision WHEN 'day' THEN holder.birth_date END, holder.sex,
                               CASE WHEN r.number_status = 'current' THEN cccd_id_mask(r.id)
                                    ELSE cccd_gate.holder_number(d.person) END);
END
$$;
COMMENT ON FUNCTION cccd_gate.check(text, text, text, uuid, timestamptz, text, text, boolean, bytea, bytea, bytea[], uuid, bytea, text[]) IS
    'the gate check. Arguments: event.code; what the scanner delivered; gate; request id, the same for a repetition of the same scan, NULL for none; moment; what the ticket''s code says, NULL to use the ticket bound to the person; the evidence of identity that the application itself has (claimed, paper, qr, registry, signature, chip, genuine), NULL to derive it; whether an adult accompanies the person; a PNG or JPEG picture of the card''s code, whose card counts where there is no scan, stored nowhere; of the chip, EF.SOD, the data groups that were read, the challenge of challenge() and the chip''s answer to it; texts of health certificates. A card may be read by its chip alone (scan NULL). Returns one row, whatever was scanned; an admission is in attendance, every answer in decision, what came of a chip or a certificate in chip_reading and certificate_reading, and the commit is durable. A repeated request id gives the first answer again. The only errors are those of transactions: use READ COMMITTED and one check a transaction';

CREATE FUNCTION recheck(decision_id bigint, request_id uuid DEFAULT gen_random_uuid(),
    at timestamptz DEFAULT clock_timestamp(), accompanied boolean DEFAULT NULL) RETURNS check_answer
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    earlier_id ALIAS FOR $1;
    moment timestamptz := $3;
    request uuid := coalesce($2, gen_random_uuid());
    earlier cccd_gate.decision;
    d cccd_gate.decision;
    problems text[];
    problem text;
    level text;
    compared boolean := false;
    r record;
BEGIN
    PERFORM cccd_gate.make_durable();
    -- lock: request
    PERFORM pg_advisory_xact_lock(uuid_hash_extended(request, 1667457891));
    SELECT * INTO d FROM cccd_gate.decision x WHERE x.request = request_id;
    SELECT * INTO earlier FROM cccd_gate.decision x WHERE x.decision = earlier_id;

    SELECT e, p, coalesce(h.record, '') AS record, CASE WHEN w.ticket IS NULL THEN tp ELSE ts END AS t,
           (SELECT cccd_id_place(n.id) FROM cccd_gate.identity_number n WHERE n.person = p.person
            ORDER BY n.status = 'current' DESC, n.id LIMIT 1) AS place
    INTO r
    FROM (VALUES (earlier.event, earlier.person, earlier.ticket)) w(event, person, ticket)
    LEFT JOIN cccd_gate.event e ON e.event = w.event
    LEFT JOIN cccd_gate.person p ON p.person = cccd_gate.merged_person(w.person)
    CROSS JOIN LATERAL cccd_gate.person_record(p.person) h
    LEFT JOIN cccd_gate.ticket ts ON ts.ticket = w.ticket
    LEFT JOIN cccd_gate.ticket tp ON tp.event = w.event AND tp.person = p.person;

    IF d.decision IS NOT NULL THEN
        IF d.previous = earlier_id THEN
            RETURN cccd_gate.register_answer(d, r.p);
        END IF;
        problems := '{request_id_reused}';
        request := gen_random_uuid();
    ELSIF earlier.decision IS NULL THEN
        problems := '{decision_unknown}';
    ELSE
        -- what was wrong with the card stays wrong, unless an officer has
        -- compared card and holder; the rest is looked at again
        compared := EXISTS (SELECT FROM cccd_gate.paper_evidence y WHERE y.decision = earlier_id AND y.kind = 'identity');
        SELECT coalesce(array_agg(u.code ORDER BY u.i), '{}') INTO problems
        FROM unnest(earlier.reasons) WITH ORDINALITY u(code, i)
        JOIN cccd_gate.reason c ON c.code = u.code
        WHERE (c.about = 'card' OR c.about = 'certificate' AND c.verdict = 'refuse') AND u.code NOT IN ('person_unknown', 'evidence_too_weak')
          AND NOT (c.verdict = 'review' AND compared);
    END IF;
    level := CASE WHEN compared AND (cccd_gate.evidence_rank(earlier.evidence) >= cccd_gate.evidence_rank('paper')) IS NOT TRUE
                  THEN 'paper' ELSE earlier.evidence END;
    IF (moment > '1900-01-01 00:00+07' AND moment < '2136-01-01 00:00+07') IS NOT TRUE THEN
        problems := problems || 'bad_request'::text;
        moment := clock_timestamp();
    END IF;
    -- what the register says by now of the document and its holder; of what
    -- stood there before the officer has judged
    problem := coalesce(cccd_gate.document_problem(earlier.document, timezone(interval '7 hours', moment)::date),
                        CASE WHEN (r.p).died_on <= timezone(interval '7 hours', moment)::date THEN 'deceased' END);
    IF problem IS NOT NULL AND level = 'claimed' THEN
        problem := 'evidence_too_weak';
    END IF;
    IF problem IS NOT NULL AND NOT problem = ANY (problems)
        AND NOT (compared AND problem = ANY (earlier.reasons) AND problem IN ('card_expired', 'deceased')) THEN
        problems := problems || problem;
    END IF;

    d := cccd_gate.decide(r.e, earlier.gate, request, moment, r.p, r.record, r.place,
                          CASE (r.p).birth_precision WHEN 'day' THEN (r.p).birth_date END, (r.p).sex, r.t, earlier.reasons && '{ticket_unknown}',
                          problems, earlier.card_kind, level,
                          coalesce($4, earlier.accompanied),
                          CASE WHEN NOT problems && '{request_id_reused,bad_request}' THEN earlier.decision END, '{}',
                          earlier.document);
    RETURN cccd_gate.register_answer(d, r.p);
END
$$;
COMMENT ON FUNCTION recheck(bigint, uuid, timestamptz, boolean) IS
    'the check once more, after papers were accepted: same person, event, gate and ticket as an earlier decision, today''s record. Arguments: decision_id of the earlier answer; request id as for check(); moment; accompanied, NULL: as before. Returns the same row as check()';
