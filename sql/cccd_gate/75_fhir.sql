-- FHIR R4 bundles as people and facts
--
-- Hospitals and registries exchange Patient, Immunization, Observation and
-- Condition (HL7 FHIR 4.0.1).  A bundle is read into the staging tables, word by
-- word as the codings have it, and taken by the loaders: what they accept and
-- reject is the same for every way in.
--
-- Paths are lax: what a resource does not have is NULL, never an error.

CREATE FUNCTION fhir_word(kind text, concept jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN (WITH word AS (
            SELECT 3 * c.n AS n, CASE c.coding->>'system' WHEN 'http://hl7.org/fhir/sid/cvx' THEN 'cvx/' ELSE '' END || (c.coding->>'code') AS said
            FROM jsonb_path_query($2, '$.coding[*]') WITH ORDINALITY c (coding, n)
            UNION ALL
            SELECT 3 * c.n + 1, c.coding->>'display' FROM jsonb_path_query($2, '$.coding[*]') WITH ORDINALITY c (coding, n)
            UNION ALL
            SELECT 2, $2->>'text'
        ), meaning AS (
            SELECT w.n, w.said, cccd_word($1, w.said) AS name FROM word w WHERE w.said <> ''
        )
        SELECT coalesce((SELECT m.name FROM meaning m WHERE m.name IS NOT NULL ORDER BY m.name = 'unknown', m.n LIMIT 1),
                        (SELECT m.said FROM meaning m ORDER BY m.n LIMIT 1)));
END
$$;
COMMENT ON FUNCTION fhir_word(text, jsonb) IS
    'what a CodeableConcept says of a disease, product, test or result (first argument): the first of its text, codes and displays that cccd_word() understands; else the first of them as it is, for the loader to reject; NULL if it says nothing';

INSERT INTO load_reason (reason, vi, en, accepted) VALUES
    ('state_missing', 'Thiếu nước cấp hộ chiếu', 'the state that issued the passport is missing',
     'system http://hl7.org/fhir/sid/passport-XXX; or assigner or an extension "country" with three letters');

CREATE FUNCTION fhir_passport(patient jsonb, OUT passport text, OUT state text)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    SELECT INTO passport, state
           i.number, coalesce(i.state, '?')
    FROM (SELECT x.n, regexp_replace(x.identifier->>'value', '[ .-]', '', 'g') AS number,
                 CASE WHEN starts_with(x.identifier->>'system', 'http://hl7.org/fhir/sid/passport-')
                      THEN cccd_gate.read_state(upper(substring(x.identifier->>'system' FROM 'passport-([A-Za-z]{3})$')))
                      WHEN jsonb_path_query_first(x.identifier, '$.type.coding[*].code') #>> '{}' = 'PPN'
                      THEN coalesce(cccd_gate.read_state(btrim(x.identifier#>>'{assigner,identifier,value}')),
                                    (SELECT min(cccd_gate.read_state(btrim(coalesce(e.extension->>'valueCode', e.extension->>'valueString', e.extension#>>'{valueCoding,code}',
                                                                          jsonb_path_query_first(e.extension, '$.valueCodeableConcept.coding[*].code') #>> '{}'))))
                                     FROM jsonb_path_query(x.identifier, '$.extension[*]') e (extension)
                                     WHERE e.extension->>'url' ~* '(country|state|issuer)[a-z]*$'),
                                    cccd_gate.read_state(btrim(x.identifier#>>'{assigner,display}'))) END AS state
          FROM jsonb_path_query($1, '$.identifier[*]') WITH ORDINALITY x (identifier, n)
          WHERE starts_with(x.identifier->>'system', 'http://hl7.org/fhir/sid/passport-')
             OR jsonb_path_query_first(x.identifier, '$.type.coding[*].code') #>> '{}' = 'PPN') i
    -- a passport that names its state before one that does not
    ORDER BY i.state IS NULL, i.n LIMIT 1;
END
$$;
COMMENT ON FUNCTION fhir_passport(jsonb) IS
    'the passport of a Patient, and the state that issued it: of the system http://hl7.org/fhir/sid/passport-XXX, or typed PPN with an assigner or an extension that names a state; ? where nothing does; NULL if it has none';

CREATE FUNCTION fhir_number(patient jsonb, kind text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN (SELECT (cccd_gate.fhir_passport($1)).passport WHERE $2 = 'passport'
        UNION ALL
        (SELECT i.number
        FROM (SELECT x.n, regexp_replace(x.identifier->>'value', '[ .-]', '', 'g') AS number,
                     coalesce(jsonb_path_query_first(x.identifier, '$.type.coding[*].code') #>> '{}', '') AS type,
                     starts_with(x.identifier->>'system', 'http://hl7.org/fhir/sid/passport-') IS TRUE AS is_passport
              FROM jsonb_path_query($1, '$.identifier[*]') WITH ORDINALITY x (identifier, n)) i
        WHERE CASE $2 WHEN 'id' THEN i.number ~ '^[0-9]{12}$' AND NOT i.is_passport AND i.type ~ '^(NI|NN(VNM)?)?$'
                      -- a medical record number may have 9 digits as well
                      WHEN 'old_id' THEN i.number ~ '^[0-9]{9}$' AND NOT i.is_passport AND i.type ~ '^(NI|NN(VNM)?)$' END
        ORDER BY i.n LIMIT 1));
END
$$;
COMMENT ON FUNCTION fhir_number(jsonb, text) IS
    'the number of a Patient: id (12 digits), old_id (9 digits that are typed as a national number, NI, NN or NNVNM) or passport (system http://hl7.org/fhir/sid/passport-XXX, or typed PPN); NULL if it has none';

CREATE FUNCTION fhir_died(patient jsonb, known_at text, OUT died_on text, OUT at_the_latest boolean)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    -- dates of one form, the least of which is the earliest
    SELECT INTO died_on, at_the_latest
           CASE
               WHEN d.said ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}' THEN left(d.said, 10)
               WHEN d.said ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])$'
                   THEN least(((d.said || '-01')::text::timestamp + interval '1 month' - interval '1 day')::date::text, k.day)
               WHEN d.said ~ '^[1-9][0-9]{3}$' THEN least(d.said || '-12-31', k.day)
               WHEN d.said IS NOT NULL THEN d.said
               WHEN $1->>'deceasedBoolean' = 'true' THEN k.day END,
           coalesce(d.said ~ '^[0-9]{4}(-[0-9]{2})?$', $1->>'deceasedBoolean' = 'true')
    FROM (SELECT $1->>'deceasedDateTime' AS said) d
    CROSS JOIN (SELECT least(substring($1#>>'{meta,lastUpdated}' FROM '^[0-9]{4}-[0-9]{2}-[0-9]{2}'), $2) AS day) k;
END
$$;
COMMENT ON FUNCTION fhir_died(jsonb, text) IS
    'the day of death that a Patient states, and whether it is only the latest day that it can be: of a month or a year alone its last day; of deceasedBoolean without a date the day on which it was known, which is that of meta.lastUpdated, not after the second argument (yyyy-mm-dd). NULL: nothing is said, or that the Patient is alive';

CREATE FUNCTION fhir_patient(patient jsonb, known_at text DEFAULT NULL, OUT id text, OUT old_id text, OUT passport text, OUT state text,
    OUT name text, OUT birth_date text, OUT sex text, OUT died_on text)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    SELECT INTO id, old_id, passport, state, name, birth_date, sex, died_on
           k.id, k.old_id, k.passport, k.state,
           -- family name first, as people are written here
           coalesce(n.name->>'text',
                    nullif(concat_ws(' ', n.name->>'family', (SELECT string_agg(g.given #>> '{}', ' ' ORDER BY g.i)
                                                              FROM jsonb_path_query(n.name, '$.given[*]') WITH ORDINALITY g (given, i))), '')),
           $1->>'birthDate', nullif(nullif($1->>'gender', 'unknown'), 'other'), (cccd_gate.fhir_died($1, $2)).died_on
    FROM (SELECT i.id, i.old_id,
                 -- whoever has a number of Viet Nam is not refused for the passport
                 CASE WHEN p.state = '?' AND num_nonnulls(i.id, i.old_id) > 0 THEN NULL ELSE p.passport END AS passport,
                 CASE WHEN p.state = '?' AND num_nonnulls(i.id, i.old_id) > 0 THEN NULL ELSE p.state END AS state
          FROM (SELECT cccd_gate.fhir_number($1, 'id') AS id, cccd_gate.fhir_number($1, 'old_id') AS old_id) i
          LEFT JOIN LATERAL cccd_gate.fhir_passport($1) p ON true) k
    LEFT JOIN LATERAL (SELECT x.name FROM jsonb_path_query($1, '$.name[*]') WITH ORDINALITY x (name, i)
                       ORDER BY x.name->>'use' IS DISTINCT FROM 'official', x.i LIMIT 1) n ON true;
END
$$;
COMMENT ON FUNCTION fhir_patient(jsonb, text) IS
    'what a Patient says, in the words of person_in: numbers, state of the passport (? where it is not said and there is no other number), name (the official one, family name first), birth date, sex, day of death (the latest possible one where it is not known; second argument: not after this day)';

CREATE FUNCTION fhir_immunization(r jsonb, OUT kind text, OUT starts text, OUT ends text, OUT disease text, OUT detail text,
    OUT result text, OUT dose_number text, OUT series text, OUT withdrawn text)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    SELECT INTO kind, starts, ends, disease, detail, result, dose_number, series, withdrawn
           'dose', $1->>'occurrenceDateTime', NULL,
           -- a product says which disease it is against, where it is known; no
           -- vaccine is taken for one against another disease
           coalesce(cccd_gate.fhir_word('disease', jsonb_path_query_first($1, '$.protocolApplied[*].targetDisease[*]')),
                    CASE WHEN p.code BETWEEN 1 AND 42 THEN 'covid19' END,
                    cccd_gate.fhir_word('disease', $1->'vaccineCode')),
           nullif(p.name, 'unknown'), NULL,
           jsonb_path_query_first($1, '$.protocolApplied[*].doseNumberPositiveInt') #>> '{}',
           jsonb_path_query_first($1, '$.protocolApplied[*].seriesDosesPositiveInt') #>> '{}',
           CASE $1->>'status' WHEN 'completed' THEN 'no' ELSE 'yes' END
    FROM (SELECT w.name, cccd_code('product', w.name) AS code FROM (SELECT cccd_gate.fhir_word('product', $1->'vaccineCode') AS name) w) p
    WHERE $1->>'status' IN ('completed', 'entered-in-error');
END
$$;
COMMENT ON FUNCTION fhir_immunization(jsonb) IS
    'what an Immunization says, in the words of fact_in: a dose; withdrawn if it was entered in error; nothing for one that was not given';

CREATE FUNCTION fhir_observation(r jsonb, OUT kind text, OUT starts text, OUT ends text, OUT disease text, OUT detail text,
    OUT result text, OUT dose_number text, OUT series text, OUT withdrawn text)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    SELECT INTO kind, starts, ends, disease, detail, result, dose_number, series, withdrawn
           'test', coalesce($1->>'effectiveDateTime', $1->>'effectiveInstant', $1#>>'{effectivePeriod,start}'), NULL,
           'covid19', w.name,
           CASE WHEN $1->>'status' IN ('registered', 'preliminary') THEN 'pending'
                ELSE coalesce(cccd_gate.fhir_word('result', $1->'valueCodeableConcept'), $1->>'valueString',
                              cccd_gate.fhir_word('result', jsonb_path_query_first($1, '$.interpretation[*]'))) END,
           NULL, NULL,
           CASE WHEN $1->>'status' IN ('entered-in-error', 'cancelled') THEN 'yes' ELSE 'no' END
    FROM (SELECT cccd_gate.fhir_word('test', $1->'code') AS name) w
    -- other observations are not for us
    WHERE cccd_code('test', w.name) > 0;
END
$$;
COMMENT ON FUNCTION fhir_observation(jsonb) IS
    'what an Observation says, in the words of fact_in: a test for SARS-CoV-2 if its code is one that cccd_word() knows; withdrawn if it was cancelled or entered in error; nothing for any other observation';

CREATE FUNCTION fhir_condition(r jsonb, OUT kind text, OUT starts text, OUT ends text, OUT disease text, OUT detail text,
    OUT result text, OUT dose_number text, OUT series text, OUT withdrawn text)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    SELECT INTO kind, starts, ends, disease, detail, result, dose_number, series, withdrawn
           CASE WHEN c.contraindicated THEN 'contraindication' ELSE 'recovery' END,
           CASE WHEN c.contraindicated THEN coalesce($1->>'onsetDateTime', $1#>>'{onsetPeriod,start}', $1->>'recordedDate')
                ELSE coalesce($1->>'abatementDateTime', $1#>>'{abatementPeriod,end}') END,
           CASE WHEN c.contraindicated THEN $1->>'abatementDateTime' END,
           CASE WHEN c.contraindicated
                THEN coalesce(cccd_gate.fhir_word('disease', jsonb_path_query_first($1, '$.evidence[*].code[*]')), $1#>>'{code,text}', 'unspecified')
                ELSE c.disease END,
           NULL, NULL, NULL, NULL,
           CASE WHEN jsonb_path_exists($1, '$.verificationStatus.coding[*] ? (@.code == "entered-in-error" || @.code == "refuted")') THEN 'yes' ELSE 'no' END
    FROM (SELECT cccd_gate.fhir_word('disease', $1->'code') AS disease,
                 -- ICD-10 Z28.0: not immunised because of a contraindication;
                 -- SNOMED CT 863903001: allergy to a component of a vaccine
                 jsonb_path_exists($1, '$.code.coding[*] ? (@.code == "Z28.0" || @.code == "863903001")') AS contraindicated) c
    WHERE c.contraindicated
       OR cccd_code('disease', c.disease) > 0
          AND jsonb_path_exists($1, '$.clinicalStatus.coding[*] ? (@.code == "resolved" || @.code == "inactive" || @.code == "remission")');
END
$$;
COMMENT ON FUNCTION fhir_condition(jsonb) IS
    'what a Condition says, in the words of fact_in: recovery from a disease that cccd_word() knows, at the time of its abatement, if it is over; or a contraindication (ICD-10 Z28.0, SNOMED CT 863903001), whose evidence or text names the disease; withdrawn if it was refuted or entered in error; nothing for any other condition';

CREATE FUNCTION fhir_record(entry jsonb, origin text DEFAULT NULL) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    r CONSTANT jsonb := $1->'resource';
    type CONSTANT text := r->>'resourceType';
    url CONSTANT text := regexp_replace($1->>'fullUrl', '/_history/[^/]*$', '');
    -- what stands behind # names the request, not the system
    system CONSTANT text := nullif(split_part(coalesce(r#>>'{meta,source}', $2), '#', 1), '');
    key text;
BEGIN
    -- an id is unique on its server alone, a value in its system
    key := cccd_word_text(coalesce(
        (SELECT type || '/' || (i.identifier->>'system') || '|' || (i.identifier->>'value')
         FROM jsonb_path_query(r, '$.identifier[*]') WITH ORDINALITY i (identifier, n)
         WHERE i.identifier->>'system' <> '' AND i.identifier->>'value' <> '' ORDER BY i.n LIMIT 1),
        CASE WHEN url ~* '^urn:' THEN type || ' ' || lower(url) WHEN url ~ '^[A-Za-z][A-Za-z0-9+.-]*:' THEN type || ' ' || url END,
        type || '/' || coalesce(jsonb_path_query_first(r, '$.identifier[*].value') #>> '{}', r->>'id') || coalesce(' ' || system, '')));
    RETURN CASE WHEN length(key) > 200 THEN type || '/' || encode(sha256(convert_to(key, 'UTF8')), 'hex') ELSE key END;
END
$$;
COMMENT ON FUNCTION fhir_record(jsonb, text) IS
    'the source''s key of a resource: its kind, and its first identifier that has a system, else the address of the entry (fullUrl), else an identifier''s value or the id with meta.source; of more than 200 characters their SHA-256; NULL if it has none of them. Arguments: entry of a bundle; meta.source of the bundle, for resources that have none';

CREATE FUNCTION fhir_subjects(bundle jsonb) RETURNS TABLE (entry bigint, patient jsonb)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    -- one pass: references and the names of Patients are joined
    WITH part AS MATERIALIZED (
        SELECT e.n, lower(e.entry->>'fullUrl') AS url, e.entry->'resource' AS r, e.entry#>>'{resource,resourceType}' AS type
        FROM jsonb_path_query($1, '$.entry[*]') WITH ORDINALITY e (entry, n)
    ), called AS (
        SELECT q.n, q.url, q.url AS name, 1 AS sort FROM part q WHERE q.type = 'Patient' AND q.url IS NOT NULL
        UNION ALL
        SELECT q.n, q.url, 'urn:uuid:' || lower(q.r->>'id'), 2 FROM part q WHERE q.type = 'Patient'
        UNION ALL
        SELECT q.n, q.url, 'patient/' || lower(q.r->>'id'), 2 FROM part q WHERE q.type = 'Patient'
        UNION ALL
        SELECT q.n, q.url, substring(q.url FROM 'patient/[^/]+$'), 2 FROM part q WHERE q.type = 'Patient'
    ), names AS MATERIALIZED (
        -- of versions of a Patient the last one; two servers' Patients of one id
        -- are told apart by their addresses alone
        SELECT c.name, max(c.n) AS n FROM called c WHERE c.name IS NOT NULL
        GROUP BY c.name HAVING min(c.sort) = 1 OR count(DISTINCT coalesce(c.url, '')) = 1
    ), reference AS MATERIALIZED (
        SELECT f.n, f.r, f.subject, f.said, CASE WHEN f.said LIKE 'patient/%' THEN substring(f.url FROM '^(.*/)[^/]+/[^/]+$') || f.said END AS whole
        FROM (SELECT p.n, p.r, p.url, coalesce(p.r->'patient', p.r->'subject') AS subject,
                     regexp_replace(lower(coalesce(p.r->'patient', p.r->'subject')->>'reference'), '/_history/[^/]*$', '') AS said
              FROM part p WHERE p.type IN ('Immunization', 'Observation', 'Condition')) f
    )
    SELECT f.n,
           coalesce(q.r,
                    CASE WHEN f.said LIKE '#%'
                         THEN (SELECT c FROM jsonb_path_query(f.r, '$.contained[*]') c
                               WHERE c->>'resourceType' = 'Patient' AND f.said = lower('#' || (c->>'id')) LIMIT 1) END,
                    -- a logical reference names the number itself
                    jsonb_build_object('identifier', f.subject->'identifier'))
    FROM reference f
    LEFT JOIN names w ON w.name = f.whole
    LEFT JOIN names s ON s.name = f.said
    LEFT JOIN part q ON q.n = coalesce(w.n, s.n)
    ORDER BY f.n;
END;
COMMENT ON FUNCTION fhir_subjects(bundle jsonb) IS
    'the Patient that each Immunization, Observation and Condition of a bundle is about: of the bundle, by its fullUrl, a urn:uuid or a reference relative to the address of the resource; contained in it; or by a logical reference, as a Patient that has the number alone';

CREATE FUNCTION fhir_facts(bundle jsonb)
    RETURNS TABLE (entry bigint, patient jsonb, resource text, source_record text, kind text, starts text, ends text, disease text,
                   detail text, result text, dose_number text, series text, withdrawn text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH part AS MATERIALIZED (
        SELECT e.n, e.entry, e.entry->'resource' AS r, e.entry#>>'{resource,resourceType}' AS type
        FROM jsonb_path_query($1, '$.entry[*]') WITH ORDINALITY e (entry, n)
    ), subject AS MATERIALIZED (
        SELECT s.entry AS n, s.patient FROM fhir_subjects($1) s
    )
    SELECT f.n, s.patient, f.type, fhir_record(f.entry, $1#>>'{meta,source}'), x.*
    FROM part f
    JOIN subject s ON s.n = f.n
    CROSS JOIN LATERAL (
        SELECT i.* FROM fhir_immunization(f.r) i WHERE f.type = 'Immunization' AND i.kind IS NOT NULL
        UNION ALL SELECT o.* FROM fhir_observation(f.r) o WHERE f.type = 'Observation' AND o.kind IS NOT NULL
        UNION ALL SELECT c.* FROM fhir_condition(f.r) c WHERE f.type = 'Condition' AND c.kind IS NOT NULL) x
    ORDER BY f.n;
END;
COMMENT ON FUNCTION fhir_facts(jsonb) IS
    'the facts of a bundle, in the words of fact_in: number of the entry, the Patient it is about (of the bundle, contained, or by a logical reference), kind of resource, the source''s key of the record (fhir_record()), and what it says';

CREATE FUNCTION fhir_person(id text, old_id text, passport text, state text) RETURNS bigint
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT coalesce((SELECT n.person FROM identity_number n WHERE n.id = read_id($1)),
                    (SELECT d.person FROM document d WHERE d.kind = 'old_id' AND d.kind <> 'chip' AND d.state = 'VNM' AND d.number = $2),
                    (SELECT d.person FROM document d WHERE d.kind = 'passport' AND d.kind <> 'chip' AND d.state = read_state($4) AND d.number = upper($3)));
END;
COMMENT ON FUNCTION fhir_person(text, text, text, text) IS
    'who has one of the numbers of a Patient, whatever the name: id, old_id, passport with its state; NULL: nobody';

CREATE FUNCTION fhir_alive(bundle jsonb, source text, delivery uuid, persons bigint[]) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    risen bigint;
BEGIN
    -- the last of the entries about a person counts, if it was taken
    UPDATE cccd_gate.person p SET died_on = NULL, death_source = $2
    FROM (SELECT DISTINCT ON (f.person) f.person, r.resource->>'deceasedBoolean' = 'false' AS alive
          FROM unnest($4) WITH ORDINALITY u(entry, line)
          CROSS JOIN LATERAL (SELECT $1->'entry'->(u.entry - 1)::int->'resource' AS resource) r
          CROSS JOIN LATERAL cccd_gate.fhir_patient(r.resource) k
          CROSS JOIN LATERAL (SELECT cccd_gate.fhir_person(k.id, k.old_id, k.passport, k.state) AS person) f
          WHERE NOT EXISTS (SELECT FROM cccd_gate.load_reject x
                            WHERE x.role = cccd_gate.acting_role() AND x.delivery = $3::text AND x.staging = 'person_in' AND x.line = u.line AND x.reason <> 'superseded')
          ORDER BY f.person, u.line DESC) a
    WHERE p.person = a.person AND a.alive AND p.died_on IS NOT NULL AND p.death_source = ANY (cccd_gate.weaker_sources($2));
    GET DIAGNOSTICS risen = ROW_COUNT;
    RETURN risen;
END
$$;
COMMENT ON FUNCTION fhir_alive(jsonb, text, uuid, bigint[]) IS
    'takes a day of death back, if the last Patient of a bundle about a person says deceasedBoolean false and no source of a higher rank stated it: bundle, source, delivery, the entries of its lines of person_in. Returns of how many people';

CREATE FUNCTION load_fhir(bundle jsonb, source text, delivery uuid DEFAULT gen_random_uuid(),
    OUT people bigint, OUT taken bigint, OUT updated bigint, OUT withdrawn bigint, OUT rejected bigint, OUT ignored bigint, OUT rejects jsonb)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted CONSTANT uuid := coalesce($3, gen_random_uuid());
    -- a history has the newest version first
    backwards CONSTANT int := CASE $1->>'type' WHEN 'history' THEN -1 ELSE 1 END;
    today CONSTANT text := timezone(interval '7 hours', clock_timestamp())::date;
    known_at CONSTANT text := least(substring(coalesce($1->>'timestamp', $1#>>'{meta,lastUpdated}') FROM '^[0-9]{4}-[0-9]{2}-[0-9]{2}'), today);
    persons bigint[];
    facts bigint[];
    stateless bigint[];
    step record;
BEGIN
    IF $1->>'resourceType' IS DISTINCT FROM 'Bundle' THEN
        RAISE EXCEPTION 'not a FHIR bundle' USING ERRCODE = 'invalid_parameter_value',
            HINT = 'A resource alone is loaded as {"resourceType": "Bundle", "entry": [{"resource": …}]}.';
    ELSIF EXISTS (SELECT FROM cccd_gate.load_delivery d WHERE d.role = cccd_gate.acting_role() AND d.delivery = wanted::text)
        OR EXISTS (SELECT FROM cccd_gate.person_in i WHERE i.role = cccd_gate.acting_role() AND cccd_gate.delivery_key(i.delivery) = wanted::text)
        OR EXISTS (SELECT FROM cccd_gate.fact_in i WHERE i.role = cccd_gate.acting_role() AND cccd_gate.delivery_key(i.delivery) = wanted::text) THEN
        RAISE EXCEPTION 'this delivery has been used before' USING ERRCODE = 'invalid_parameter_value',
            HINT = 'A bundle is a delivery of its own.';
    END IF;

    WITH patient AS MATERIALIZED (
        SELECT e.n, p.*, d.at_the_latest
        FROM jsonb_path_query($1, '$.entry[*]') WITH ORDINALITY e (entry, n)
        CROSS JOIN LATERAL cccd_gate.fhir_patient(e.entry->'resource', known_at) p
        CROSS JOIN LATERAL cccd_gate.fhir_died(e.entry->'resource', known_at) d
        WHERE e.entry#>>'{resource,resourceType}' = 'Patient'
    ), written AS (
        INSERT INTO cccd_gate.person_in (delivery, id, old_id, passport, state, name, birth_date, sex, died_on)
        SELECT wanted::text, p.id, p.old_id, p.passport, p.state, p.name, p.birth_date, p.sex,
               -- "by then" says nothing new of somebody who was dead before
               CASE WHEN NOT (p.at_the_latest AND k.died_on::text <= p.died_on) IS TRUE THEN p.died_on END
        FROM patient p
        LEFT JOIN cccd_gate.person k ON k.person = cccd_gate.fhir_person(p.id, p.old_id, p.passport, p.state)
        ORDER BY p.n * backwards
    )
    SELECT array_agg(p.n ORDER BY p.n * backwards), array_agg(p.n) FILTER (WHERE p.state = '?') INTO persons, stateless FROM patient p;
    SELECT l.* INTO step FROM cccd_gate.load_people($2, wanted) l;
    people := step.taken + step.updated;
    rejected := step.rejected;
    people := people + cccd_gate.fhir_alive($1, $2, wanted, persons);

    WITH entry AS MATERIALIZED (
        -- of versions of a resource the last one counts
        SELECT DISTINCT ON (coalesce(k.source_record, k.n::text)) k.n, k.source_record
        FROM (SELECT e.n, cccd_gate.fhir_record(e.entry, $1#>>'{meta,source}') AS source_record
              FROM jsonb_path_query($1, '$.entry[*]') WITH ORDINALITY e (entry, n)
              WHERE e.entry#>>'{resource,resourceType}' IN ('Immunization', 'Observation', 'Condition') OFFSET 0) k
        ORDER BY coalesce(k.source_record, k.n::text), k.n * backwards DESC
    ), fact AS MATERIALIZED (
        SELECT f.* FROM cccd_gate.fhir_facts($1) f
    ), line AS MATERIALIZED (
        SELECT e.n, p.*, f.kind, f.starts, f.ends, f.disease, f.detail, f.result, f.dose_number, f.series, f.source_record, f.withdrawn
        FROM entry e
        JOIN fact f ON f.entry = e.n
        CROSS JOIN LATERAL cccd_gate.fhir_patient(f.patient) p
        UNION ALL
        -- what states nothing any more takes back what it stated before
        SELECT e.n, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, e.source_record, 'yes'
        FROM entry e
        WHERE NOT EXISTS (SELECT FROM fact f WHERE f.entry = e.n)
          AND EXISTS (SELECT FROM cccd_gate.fact v
                      WHERE v.source = $2 AND v.source_record = e.source_record AND v.superseded_at IS NULL AND NOT v.withdrawn)
    ), written AS (
        INSERT INTO cccd_gate.fact_in (delivery, id, old_id, passport, state, name, birth_date, kind, starts, ends, disease, detail,
                                       result, dose_number, series, source_record, withdrawn)
        SELECT wanted::text, l.id, l.old_id, l.passport, l.state, l.name, l.birth_date, l.kind, l.starts, l.ends, l.disease, l.detail,
               l.result, l.dose_number, l.series, l.source_record, l.withdrawn
        FROM line l ORDER BY l.n
    )
    SELECT array_agg(l.n ORDER BY l.n), stateless || array_agg(l.n) FILTER (WHERE l.state = '?') INTO facts, stateless FROM line l;
    SELECT l.* INTO step FROM cccd_gate.load_facts($2, wanted) l;
    taken := step.taken;
    updated := step.updated;
    withdrawn := step.withdrawn;
    rejected := rejected + step.rejected;
    ignored := (SELECT count(*) FROM jsonb_path_query($1, '$.entry[*]'))
               - coalesce(cardinality(persons), 0) - coalesce(cardinality(facts), 0);
    UPDATE cccd_gate.load_reject r SET reason = w.reason, reason_vi = w.vi, reason_en = w.en, accepted = w.accepted
    FROM cccd_gate.load_reason w
    WHERE r.role = cccd_gate.acting_role() AND r.delivery = wanted::text AND r.reason = 'state_malformed' AND w.reason = 'state_missing'
      AND CASE r.staging WHEN 'person_in' THEN persons[r.line] ELSE facts[r.line] END = ANY (stateless);

    -- the loaders count lines, the sender entries, from 1
    rejects := (SELECT coalesce(jsonb_agg(jsonb_build_object('entry', q.entry, 'reason', q.reason, 'vi', q.reason_vi, 'en', q.reason_en, 'accepted', q.accepted)
                                          ORDER BY q.entry), '[]')
                FROM (SELECT CASE r.staging WHEN 'person_in' THEN persons[r.line] ELSE facts[r.line] END AS entry,
                             r.reason, r.reason_vi, r.reason_en, r.accepted
                      FROM cccd_gate.load_reject r WHERE r.role = cccd_gate.acting_role() AND r.delivery = wanted::text) q);
END
$$;
COMMENT ON FUNCTION load_fhir(jsonb, text, uuid) IS
    'loads a FHIR R4 bundle: its Patients as people, Immunizations as doses, Observations of SARS-CoV-2 as tests, Conditions as recoveries and contraindications, by load_people() and load_facts(). Arguments: the bundle; source; delivery, a UUID that was not used before. Returns how many people were new or changed; of the facts how many were new, corrected, withdrawn; how many entries were rejected; how many entries say nothing that is loaded; and the rejects as an array of objects: entry (from 1), reason, vi, en, accepted. A resource sent again with the same key (fhir_record()) is a new version of the fact; one that was entered in error, or states nothing any more (a Condition that is active again), takes it back. Errors: 22023 not a bundle, a delivery that was used, an unknown source; source: HL7 FHIR 4.0.1';

CREATE FUNCTION load_fhir(bundle text, source text, delivery uuid DEFAULT gen_random_uuid(),
    OUT people bigint, OUT taken bigint, OUT updated bigint, OUT withdrawn bigint, OUT rejected bigint, OUT ignored bigint, OUT rejects jsonb)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    parsed jsonb;
BEGIN
    -- the server's own message quotes what stands around a fault
    BEGIN
        parsed := $1::jsonb;
    EXCEPTION WHEN data_exception OR program_limit_exceeded OR statement_too_complex THEN
        RAISE EXCEPTION 'bundle is not valid JSON' USING ERRCODE = 'invalid_text_representation';
    END;
    SELECT l.* INTO people, taken, updated, withdrawn, rejected, ignored, rejects FROM cccd_gate.load_fhir(parsed, $2, $3) l;
END
$$;
COMMENT ON FUNCTION load_fhir(text, text, uuid) IS
    'load_fhir() of a bundle as text: what is not JSON is error 22P02, in which nothing of the bundle stands, neither to the client nor in the log';
