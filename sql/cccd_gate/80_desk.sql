-- the desk: papers, people who are not in the register, the end of a review

CREATE FUNCTION document_hash(kind text, number text) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT sha256(s.key || sha256(s.key || convert_to(kind || ':' || upper(regexp_replace(number, '[^[:alnum:]]', '', 'g')), 'UTF8')))
    FROM secret s
    WHERE s.single AND number <> '';
END;
COMMENT ON FUNCTION document_hash(text, text) IS
    'keyed hash of a document''s number, spaces and signs left out; without the key in table secret numbers cannot be guessed';

CREATE FUNCTION accept_paper(decision_id bigint, officer text, kind text, at timestamptz,
    detail text DEFAULT NULL, result text DEFAULT NULL, number int DEFAULT NULL,
    document_number text DEFAULT NULL, until timestamptz DEFAULT NULL, disease text DEFAULT 'covid19',
    OUT accepted boolean, OUT problem text, OUT problem_vi text, OUT problem_en text, OUT paper_id bigint)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    reviewed ALIAS FOR $1;
    officer_name ALIAS FOR $2;
    paper_kind ALIAS FOR $3;
    moment timestamptz := date_trunc('second', $4);
    what text := cccd_gate.code_name(CASE $3 WHEN 'dose' THEN 'product' ELSE 'test' END, $5);
    outcome ALIAS FOR $6;
    which ALIAS FOR $7;
    finish timestamptz := date_trunc('second', $9);
    illness text := nullif(cccd_gate.code_name('disease', coalesce($10, 'covid19')), 'unknown');
    hash bytea;
    d cccd_gate.decision;
    birth date;
    stored record;
    added boolean := false;
BEGIN
    PERFORM cccd_gate.make_durable();
    accepted := false;
    SELECT * INTO d FROM cccd_gate.decision x WHERE x.decision = reviewed;
    d.person := cccd_gate.merged_person(d.person);
    SELECT p.birth_date INTO birth FROM cccd_gate.person p WHERE p.person = d.person;
    hash := cccd_gate.document_hash(paper_kind, document_number);
    IF hash IS NOT NULL THEN
        -- lock: document
        PERFORM pg_advisory_xact_lock(hashtextextended(encode(hash, 'hex'), 1667457893));
    END IF;
    problem := CASE
        WHEN NOT EXISTS (SELECT FROM cccd_gate.officer o WHERE o.officer = officer_name AND o.active) THEN 'officer_unknown'
        WHEN d.decision IS NULL THEN 'decision_unknown'
        WHEN d.person IS NULL THEN 'person_unknown'
        WHEN (paper_kind IN ('dose', 'test', 'recovery', 'isolation', 'exposure', 'contraindication', 'identity'))
             IS NOT TRUE THEN 'kind_unknown'
        WHEN EXISTS (SELECT FROM cccd_gate.paper_evidence y
                     WHERE y.document_hash = hash AND y.person <> d.person) THEN 'document_used'
        WHEN paper_kind = 'identity' THEN NULL
        WHEN (moment >= '2000-01-01 00:00+00' AND moment < '2136-01-01 00:00+07') IS NOT TRUE
             OR finish >= '2136-01-01 00:00+07' THEN 'time_malformed'
        WHEN paper_kind IN ('dose', 'test', 'recovery') AND moment > greatest(d.at, clock_timestamp()) THEN 'in_future'
        WHEN moment < timezone(interval '7 hours', birth::timestamp) THEN 'before_birth'
        WHEN finish <= moment THEN 'ends_before_begin'
        WHEN illness IS NULL THEN 'disease_unknown'
        WHEN paper_kind = 'dose' AND what IS NULL AND $5 IS NOT NULL THEN 'product_unknown'
        WHEN paper_kind = 'test' AND what IS NULL AND $5 IS NOT NULL THEN 'kind_unknown'
        WHEN which NOT BETWEEN 1 AND 31 THEN 'number_malformed'
        WHEN paper_kind = 'test'
             AND (outcome IN ('negative', 'positive', 'inconclusive', 'pending')) IS NOT TRUE THEN 'result_unknown'
        WHEN paper_kind <> 'test'
             AND (SELECT count(*) FROM cccd_gate.health h CROSS JOIN LATERAL cccd_health_events(h.record) v
                  WHERE h.person = d.person AND v.kind <> 'test'
                    AND (v.kind = 'dose') = (paper_kind = 'dose')) >= 31 THEN 'too_many_facts'
    END;

    IF problem IS NULL AND paper_kind <> 'identity' THEN
        -- the same paper again is accepted again, another one is not
        -- lock: paper
        PERFORM pg_advisory_xact_lock(hashint8extended(d.person, 1667457898));
        SELECT f.source_record::bigint AS paper,
               f.code IS NOT DISTINCT FROM nullif(what, 'unknown') AND (f.dose_number IS NOT DISTINCT FROM which OR f.kind <> 'dose') AND (f.kind IN ('dose', 'test') OR f.ends IS NOT DISTINCT FROM finish) AS same
        INTO stored
        FROM cccd_gate.current_fact f
        WHERE f.person = d.person AND f.kind = paper_kind AND f.starts = moment AND f.disease = illness
          AND f.source = 'paper' AND f.source_record ~ '^[0-9]{1,18}$'
          AND (paper_kind <> 'test' OR f.result = outcome AND f.code IS NOT DISTINCT FROM nullif(what, 'unknown'))
        LIMIT 1;
        IF FOUND AND stored.same THEN
            paper_id := stored.paper;
        ELSIF FOUND THEN
            problem := 'differs_from_stored';
        END IF;
    END IF;
    IF problem IS NULL AND paper_id IS NULL THEN
        paper_id := nextval('cccd_gate.paper_evidence_paper_seq');
        added := true;
        IF paper_kind <> 'identity' THEN
            INSERT INTO cccd_gate.fact (person, kind, disease, starts, ends, code, result, dose_number, source, source_record)
            VALUES (d.person, paper_kind, illness, moment, CASE WHEN paper_kind NOT IN ('dose', 'test') THEN finish END,
                    CASE WHEN paper_kind IN ('dose', 'test') THEN nullif(what, 'unknown') END, CASE paper_kind WHEN 'test' THEN outcome END,
                    CASE paper_kind WHEN 'dose' THEN which END, 'paper', paper_id::text);
        END IF;
    END IF;

    IF problem IS NOT NULL THEN
        paper_id := NULL;
        SELECT c.vi, c.en INTO problem_vi, problem_en FROM cccd_gate.reason c WHERE c.code = problem;
        RETURN;
    END IF;
    accepted := true;
    IF added THEN
        INSERT INTO cccd_gate.paper_evidence (paper, decision, person, officer, kind, document_hash)
        VALUES (paper_id, reviewed, d.person, officer_name, paper_kind, hash);
    END IF;
END
$$;
COMMENT ON FUNCTION accept_paper(bigint, text, text, timestamptz, text, text, int, text, timestamptz, text) IS
    'a named officer accepts a paper of the person of a decision: the fact it states is added with source paper and the paper as source_record, the record follows, and recheck() decides again. kind: dose, test, recovery, isolation, exposure, contraindication, or identity (the officer compared card and holder, and answers for what was under review about the card; no fact). at: when it was; detail: product of a dose, kind of a test; result of a test; number of a dose; number of the document, kept as a keyed hash; end. Returns whether it was accepted, else the code and text of what is wrong; never an error about the arguments';

CREATE FUNCTION register_person(officer text, scan text, name text DEFAULT NULL, birth_date date DEFAULT NULL,
    sex text DEFAULT NULL, state text DEFAULT NULL, OUT person_id bigint, OUT created boolean, OUT problem text)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    officer_name ALIAS FOR $1;
    scanned ALIAS FOR $2;
    passport text := cccd_gate.passport_number($2);
    issuer CONSTANT text := CASE WHEN passport IS NULL THEN 'VNM'
                                 ELSE cccd_gate.read_state(coalesce($6, cccd_gate.passport_state($2), 'VNM')) END;
    same boolean;
    full_name text;
    born date;
    c record;
BEGIN
    PERFORM cccd_gate.make_durable();
    created := false;
    PERFORM FROM cccd_gate.officer o WHERE o.officer = officer_name AND o.active;
    IF NOT FOUND THEN
        problem := 'officer_unknown';
        RETURN;
    END IF;
    SELECT s.kind, s.id, coalesce(passport, s.old_id) AS number, s.name, s.birth_date, s.sex INTO c
    FROM cccd_card_from_scan(scanned) s;
    full_name := coalesce(cccd_word_text(left($3, 200)), c.name);
    born := coalesce($4, c.birth_date);
    IF c.id IS NULL AND c.number IS NULL THEN
        problem := 'scan_unreadable';
        RETURN;
    END IF;
    -- two desks, one card: the second waits and finds the person
    -- lock: holder
    PERFORM pg_advisory_xact_lock(hashtextextended(coalesce(c.id::text, c.number), 1667457894));
    SELECT n.person INTO person_id FROM cccd_gate.identity_number n WHERE n.id = c.id;
    IF person_id IS NULL AND c.id IS NULL THEN
        -- such a number names somebody with name and birth date, where they are said
        SELECT k.person, (full_name IS NULL OR p.name_key = cccd_name_key(full_name))
                         AND (born IS NULL OR cccd_gate.birth_dates_agree(p.birth_date, p.birth_precision, born, 'day') IS NOT FALSE)
        INTO person_id, same
        FROM cccd_gate.document k JOIN cccd_gate.person p ON p.person = k.person
        WHERE k.kind = CASE WHEN passport IS NULL THEN 'old_id' ELSE 'passport' END AND k.number = c.number AND k.state = issuer;
        IF NOT same THEN
            person_id := NULL;
            problem := 'number_of_somebody_else';
            RETURN;
        END IF;
    END IF;
    IF person_id IS NOT NULL THEN
        RETURN;
    END IF;
    problem := CASE
        WHEN cccd_name_key(full_name) <> '' IS NOT TRUE THEN 'name_missing'
        WHEN born NOT BETWEEN '1800-01-01' AND '2150-01-01' THEN 'birth_date_malformed'
        WHEN coalesce($5, c.sex) NOT IN ('M', 'F') THEN 'sex_malformed'
        WHEN issuer IS NULL THEN 'state_malformed'
        WHEN c.id IS NULL AND born IS NULL THEN 'birth_date_missing' END;
    IF problem IS NOT NULL THEN
        RETURN;
    END IF;
    INSERT INTO cccd_gate.person (name, birth_date, sex, source, birth_source, sex_source, death_source)
    VALUES (full_name, born, coalesce($5, c.sex), 'desk', 'desk', 'desk', 'desk')
    RETURNING person INTO person_id;
    IF c.id IS NOT NULL THEN
        INSERT INTO cccd_gate.identity_number (id, person, source) VALUES (c.id, person_id, 'desk');
    ELSE
        INSERT INTO cccd_gate.document (person, kind, state, number, source)
        VALUES (person_id, CASE WHEN passport IS NULL THEN 'old_id' ELSE 'passport' END, issuer, c.number, 'desk');
    END IF;
    created := true;
END
$$;
COMMENT ON FUNCTION register_person(text, text, text, date, text, text) IS
    'registers a person who is not in the register: officer, what was scanned or the number that was typed (identity number, old card, passport), name, birth date and sex where the scan does not say them, and the state that issued a passport (NULL: as the scan says, else Viet Nam). Returns the internal key, whether the person is new, and officer_unknown, scan_unreadable, number_of_somebody_else, name_missing, birth_date_missing, birth_date_malformed, sex_malformed or state_malformed if it could not be done. The register never confirms the card of such a person';

CREATE FUNCTION turn_away(decision_id bigint, officer text, reason text DEFAULT NULL,
    OUT closed boolean, OUT closing_decision bigint, OUT problem text)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    reviewed ALIAS FOR $1;
    officer_name ALIAS FOR $2;
    d cccd_gate.decision;
BEGIN
    PERFORM cccd_gate.make_durable();
    closed := false;
    -- lock: decision
    PERFORM pg_advisory_xact_lock(hashint8extended(reviewed, 1667457895));
    SELECT * INTO d FROM cccd_gate.decision x WHERE x.decision = reviewed;
    problem := CASE
        WHEN NOT EXISTS (SELECT FROM cccd_gate.officer o WHERE o.officer = officer_name AND o.active) THEN 'officer_unknown'
        WHEN d.decision IS NULL THEN 'decision_unknown'
        WHEN d.verdict = 'admit'
             OR EXISTS (SELECT FROM cccd_gate.decision n WHERE n.previous = reviewed) THEN 'decision_closed' END;
    IF problem IS NOT NULL THEN
        RETURN;
    END IF;
    INSERT INTO cccd_gate.decision (request, at, event, gate, person, ticket, card_kind, evidence, accompanied,
                                    verdict, reasons, previous, officer, note)
    VALUES (gen_random_uuid(), d.at, d.event, d.gate, d.person, d.ticket, d.card_kind, d.evidence, d.accompanied,
            'refuse', '{turned_away}', reviewed, officer_name, cccd_gate.masked_note($3))
    RETURNING decision INTO closing_decision;
    closed := true;
END
$$;
COMMENT ON FUNCTION turn_away(bigint, text, text) IS
    'a named officer closes a review: the decision log gets a refusal that follows it. Arguments: decision_id, officer, a note (runs of six digits or more are masked in it). Returns whether it was closed, the new decision, and officer_unknown, decision_unknown or decision_closed if not';
