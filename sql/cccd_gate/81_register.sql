-- people whom the register does not know: an officer compares and answers

CREATE FUNCTION registration_problem(name text, birth_date date, sex text, document_kind text, state text, number text) RETURNS text
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT CASE
        WHEN cccd_name_key(left(name, 201)) <> '' IS NOT TRUE OR length(name) > 200 THEN 'name_missing'
        WHEN birth_date NOT BETWEEN '1800-01-01' AND '2150-01-01' OR birth_date > timezone(interval '7 hours', clock_timestamp())::date THEN 'birth_date_malformed'
        WHEN sex NOT IN ('M', 'F') THEN 'sex_malformed'
        WHEN cccd_word('document', document_kind) IS NULL THEN 'document_kind_unknown'
        WHEN read_state(state) IS NULL OR cccd_word('document', document_kind) = 'chip' AND read_state(state) <> 'VNM' THEN 'state_malformed'
        WHEN number IS NULL AND cccd_word('document', document_kind) NOT IN ('birth', 'other')
          OR length(number) > 50
          OR cccd_word('document', document_kind) = 'chip' AND read_id(number) IS NULL
          OR cccd_word('document', document_kind) = 'old_id' AND number_kind(number) NOT IN ('id', 'old_id')
          OR cccd_word('document', document_kind) = 'passport' AND number_kind(number) IS DISTINCT FROM 'passport' THEN 'document_number_malformed'
        WHEN birth_date IS NULL AND cccd_word('document', document_kind) <> 'chip' THEN 'birth_date_missing'
    END;
END;
COMMENT ON FUNCTION registration_problem(text, date, text, text, text, text) IS
    'what is wrong with the words in which somebody is registered: code of reason; NULL: nothing. Arguments as of register_person(), cleaned';

CREATE FUNCTION retry_unless(done boolean) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT $1 THEN
        -- without this the server would say the number in its message
        RAISE EXCEPTION 'somebody else has registered the same document at this moment' USING ERRCODE = 'serialization_failure',
            HINT = 'Try again.';
    END IF;
END
$$;
COMMENT ON FUNCTION retry_unless(boolean) IS 'error 40001 if a row was not added because another session has added it since it was looked for';

CREATE FUNCTION registered_person(name text, birth_date date, sex text, document_kind text, state text, number text,
    OUT person bigint, OUT document bigint, OUT problem text)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted CONSTANT cccd_id := cccd_gate.read_id($6);
    same boolean;
BEGIN
    IF $6 IS NOT NULL THEN
        -- two desks, one document: the second waits and finds the person
        -- lock: holder
        PERFORM pg_advisory_xact_lock(hashtextextended($6, 1667457894));
        SELECT n.person INTO person FROM cccd_gate.identity_number n WHERE n.id = wanted;
        IF person IS NULL AND ($4 <> 'chip') THEN
            SELECT k.person, k.document INTO person, document
            FROM cccd_gate.document k WHERE k.kind = $4 AND k.number = $6 AND k.state = $5;
        END IF;
        SELECT p.name_key = cccd_name_key($1)
               AND cccd_gate.birth_dates_agree(p.birth_date, p.birth_precision, $2, 'day') IS NOT FALSE
        INTO same FROM cccd_gate.person p WHERE p.person = registered_person.person;
        IF NOT same THEN
            problem := 'number_of_somebody_else';
        END IF;
        IF person IS NOT NULL THEN
            -- of a card that names nobody else the newest, which may be lost
            IF $4 = 'chip' THEN
                SELECT k.document INTO document FROM cccd_gate.document k
                WHERE k.person = registered_person.person AND k.kind = 'chip' AND k.number = $6
                ORDER BY k.issued DESC NULLS LAST LIMIT 1;
            END IF;
            RETURN;
        END IF;
    END IF;
    INSERT INTO cccd_gate.person AS p (name, birth_date, sex, source, birth_source, sex_source, death_source)
    VALUES ($1, $2, $3, 'desk', 'desk', 'desk', 'desk')
    RETURNING p.person INTO person;
    IF wanted IS NOT NULL THEN
        INSERT INTO cccd_gate.identity_number (id, person, source) VALUES (wanted, person, 'desk')
        ON CONFLICT DO NOTHING;
        PERFORM cccd_gate.retry_unless(FOUND);
    END IF;
    INSERT INTO cccd_gate.document AS k (person, kind, state, number, source)
    VALUES (person, $4, $5, $6, 'desk')
    ON CONFLICT DO NOTHING
    RETURNING k.document INTO document;
    PERFORM cccd_gate.retry_unless(FOUND);
END
$$;
COMMENT ON FUNCTION registered_person(text, date, text, text, text, text) IS
    'the person with this number, or a new one of source desk with the document that was shown; number_of_somebody_else if the number is of somebody with another name or birth date. Arguments as of register_person(), cleaned';

CREATE FUNCTION register_person(event text, gate text, request_id uuid, name text, birth_date date DEFAULT NULL, sex text DEFAULT NULL,
    document_kind text DEFAULT 'other', state text DEFAULT 'VNM', number text DEFAULT NULL, guardian uuid DEFAULT NULL,
    officer text DEFAULT NULL) RETURNS answer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    full_name CONSTANT text := cccd_word_text($4);
    kind CONSTANT text := cccd_word('document', $7);
    issuer CONSTANT text := cccd_gate.read_state(coalesce($8, 'VNM'));
    shown CONSTANT text := nullif(cccd_word_text($9), '');
    second CONSTANT uuid := encode(substr(cccd_gate.keyed_hash('registered', $3::text), 1, 16), 'hex')::uuid;
    e record;
    f cccd_gate.case_file;
    l cccd_gate.answer_log;
    problem text;
    r record;
    a cccd_gate.answer;
BEGIN
    PERFORM cccd_gate.force_durable();
    SELECT v.event, g.gate INTO e FROM cccd_gate.event v
    LEFT JOIN cccd_gate.gate g ON g.event = v.event AND g.gate = $2
    WHERE v.code = $1;
    problem := coalesce(cccd_gate.door_problem('{desk}', e.event),
                        CASE WHEN $3 IS NULL THEN 'bad_request'
                             WHEN e.gate IS NULL THEN 'gate_unknown'
                             WHEN NOT cccd_gate.officer_stands($11, '{desk}', e.event) THEN 'officer_unknown' END);
    IF problem IS NULL THEN
        -- lock: request
        PERFORM pg_advisory_xact_lock(uuid_hash_extended($3, 1667457891));
        f := cccd_gate.lock_case($3);
        problem := coalesce(CASE WHEN f.request_id IS NULL THEN NULL
                                 WHEN NOT EXISTS (SELECT FROM cccd_gate.answer_log x
                                                  WHERE x.event = e.event AND x.recorded_at = f.recorded_at AND x.request_id = $3 AND x.action = 'd')
                                 THEN 'request_id_reused' END,
                            CASE WHEN f.request_id IS NULL THEN cccd_gate.registration_problem(full_name, $5, $6, $7, $8, shown) END,
                            CASE WHEN f.request_id IS NULL AND NOT cccd_gate.guards($10, e.event) THEN 'guardian_unknown' END);
    END IF;
    IF problem IS NULL AND f.request_id IS NULL THEN
        r := cccd_gate.registered_person(full_name, $5, $6, kind, issuer, shown);
        problem := r.problem;
    END IF;
    IF problem IS NOT NULL THEN
        RETURN cccd_gate.plain_answer($3, ARRAY[problem]);
    END IF;
    IF f.request_id IS NULL THEN
        l.request_id := $3;
        l.event := e.event;
        l.gate := e.gate;
        l.person := r.person;
        l.document := r.document;
        l.kind := kind;
        l.evidence := '1';
        l.action := 'd';
        l.verdict := 'v';
        l.officer := $11;
        l.reasons := '{person_unknown}';
        PERFORM cccd_gate.log_answer(l);
        INSERT INTO cccd_gate.paper (case_id, person, kind, document_hash, officer, role)
        VALUES ($3, r.person, 'identity', NULL, $11, cccd_gate.acting_role());
    END IF;
    a := cccd_gate.recheck(case_id => $3, request_id => second, accompanied => CASE WHEN $10 IS NOT NULL THEN true END);
    a.request_id := $3;
    RETURN a;
END
$$;
COMMENT ON FUNCTION register_person(text, text, uuid, text, date, text, text, text, text, uuid, text) IS
    'the desk registers somebody whom the register does not know, or who has no number, answers for the identity, and the case is judged. Arguments: event.code; gate; request id, which names the case, the same for a repetition; name; birth date, NULL only beside a 12-digit number; sex, M or F, or NULL; kind of the document that was shown (chip, old_id, passport, residence, birth, other); state that issued it; its number, NULL of birth certificates and others; case of the adult who accompanies a child; officer, NULL for the acting role, else one of its duty. Person and document are stored with source desk. Returns the answer of recheck(), with evidence paper; or what is wrong, and then nothing was written: bad_request, event_unknown, gate_unknown, officer_unknown, request_id_reused, name_missing, birth_date_missing, birth_date_malformed, sex_malformed, document_kind_unknown, state_malformed, document_number_malformed, number_of_somebody_else, guardian_unknown, not_handed_over';

CREATE FUNCTION guards(case_id uuid, event int) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    c cccd_gate.case_file;
BEGIN
    SELECT f.* INTO c FROM cccd_gate.case_file f
    WHERE f.request_id = coalesce((SELECT k.case_id FROM cccd_gate.case_file k WHERE k.request_id = $1), $1);
    RETURN $1 IS NULL
        OR coalesce(c.event = $2 AND c.state IN ('o', 'a'), false)
        AND EXISTS (SELECT FROM cccd_gate.person p
                    WHERE p.person = cccd_gate.merged_person((cccd_gate.last_answer(c)).person)
                      AND (p.birth_date > timezone(interval '7 hours', clock_timestamp()) - interval '16 years') IS NOT TRUE);
END
$$;
COMMENT ON FUNCTION guards(uuid, int) IS
    'whether the person of a case of this event may accompany a child: known, not turned away, and not a child (under 16, Law 102/2016/QH13, article 1); true for NULL, nobody';
