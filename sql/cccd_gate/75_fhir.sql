-- FHIR R4 bundles as people and facts
--
-- Hospitals and registries exchange Patient, Immunization, Observation and
-- Condition (HL7 FHIR 4.0.1).  A bundle is read into the staging tables, word by
-- word as the codings have it, and taken by the loaders: what they accept and
-- reject is the same for every way in.
--
-- Paths are lax: what a resource does not have is NULL, never an error.

CREATE FUNCTION fhir_word(kind text, concept jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH word AS (
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
                    (SELECT m.said FROM meaning m ORDER BY m.n LIMIT 1));
END;
COMMENT ON FUNCTION fhir_word(text, jsonb) IS
    'what a CodeableConcept says of a disease, product, test or result (first argument): the first of its text, codes and displays that cccd_word() understands; else the first of them as it is, for the loader to reject; NULL if it says nothing';

CREATE FUNCTION fhir_number(patient jsonb, kind text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT i.number
    FROM (SELECT x.n, regexp_replace(x.identifier->>'value', '[ .-]', '', 'g') AS number,
                 coalesce(jsonb_path_query_first(x.identifier, '$.type.coding[*].code') #>> '{}', '') AS type,
                 starts_with(x.identifier->>'system', 'http://hl7.org/fhir/sid/passport-') IS TRUE AS is_passport
          FROM jsonb_path_query($1, '$.identifier[*]') WITH ORDINALITY x (identifier, n)) i
    WHERE CASE $2 WHEN 'passport' THEN i.is_passport OR i.type = 'PPN'
                  WHEN 'id' THEN i.number ~ '^[0-9]{12}$' AND NOT i.is_passport AND i.type ~ '^(NI|NN(VNM)?)?$'
                  -- a medical record number may have 9 digits as well
                  WHEN 'old_id' THEN i.number ~ '^[0-9]{9}$' AND NOT i.is_passport AND i.type ~ '^(NI|NN(VNM)?)$' END
    -- a passport that names its state before one that does not
    ORDER BY i.is_passport DESC, i.n LIMIT 1;
END;
COMMENT ON FUNCTION fhir_number(jsonb, text) IS
    'the number of a Patient: id (12 digits), old_id (9 digits that are typed as a national number, NI, NN or NNVNM) or passport (system http://hl7.org/fhir/sid/passport-XXX, or typed PPN); NULL if it has none';

CREATE FUNCTION fhir_patient(patient jsonb, OUT id text, OUT old_id text, OUT passport text, OUT state text, OUT name text,
    OUT birth_date text, OUT sex text, OUT died_on text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT fhir_number($1, 'id'), fhir_number($1, 'old_id'), fhir_number($1, 'passport'),
           upper(substring(jsonb_path_query_first($1, '$.identifier[*] ? (@.system starts with "http://hl7.org/fhir/sid/passport-")')->>'system' FROM 'passport-([A-Za-z]{3})$')),
           -- family name first, as people are written here
           coalesce(n.name->>'text',
                    nullif(concat_ws(' ', n.name->>'family', (SELECT string_agg(g.given #>> '{}', ' ' ORDER BY g.i)
                                                              FROM jsonb_path_query(n.name, '$.given[*]') WITH ORDINALITY g (given, i))), '')),
           $1->>'birthDate', nullif(nullif($1->>'gender', 'unknown'), 'other'), left($1->>'deceasedDateTime', 10)
    FROM (VALUES (true)) one
    LEFT JOIN LATERAL (SELECT x.name FROM jsonb_path_query($1, '$.name[*]') WITH ORDINALITY x (name, i)
                       ORDER BY x.name->>'use' IS DISTINCT FROM 'official', x.i LIMIT 1) n ON true;
END;
COMMENT ON FUNCTION fhir_patient(jsonb) IS
    'what a Patient says, in the words of person_in: numbers, state of the passport, name (the official one, family name first), birth date, sex, day of death';

CREATE FUNCTION fhir_immunization(r jsonb, OUT kind text, OUT starts text, OUT ends text, OUT disease text, OUT detail text,
    OUT result text, OUT dose_number text, OUT series text, OUT withdrawn text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT 'dose', $1->>'occurrenceDateTime', NULL,
           -- a product says which disease it is against, where it is known; no
           -- vaccine is taken for one against another disease
           coalesce(fhir_word('disease', jsonb_path_query_first($1, '$.protocolApplied[*].targetDisease[*]')),
                    CASE WHEN p.code BETWEEN 1 AND 42 THEN 'covid19' END,
                    fhir_word('disease', $1->'vaccineCode')),
           nullif(p.name, 'unknown'), NULL,
           jsonb_path_query_first($1, '$.protocolApplied[*].doseNumberPositiveInt') #>> '{}',
           jsonb_path_query_first($1, '$.protocolApplied[*].seriesDosesPositiveInt') #>> '{}',
           CASE $1->>'status' WHEN 'completed' THEN 'no' ELSE 'yes' END
    FROM (SELECT w.name, cccd_code('product', w.name) AS code FROM (SELECT fhir_word('product', $1->'vaccineCode') AS name) w) p
    WHERE $1->>'status' IN ('completed', 'entered-in-error');
END;
COMMENT ON FUNCTION fhir_immunization(jsonb) IS
    'what an Immunization says, in the words of fact_in: a dose; withdrawn if it was entered in error; nothing for one that was not given';

CREATE FUNCTION fhir_observation(r jsonb, OUT kind text, OUT starts text, OUT ends text, OUT disease text, OUT detail text,
    OUT result text, OUT dose_number text, OUT series text, OUT withdrawn text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT 'test', coalesce($1->>'effectiveDateTime', $1->>'effectiveInstant', $1#>>'{effectivePeriod,start}'), NULL,
           'covid19', w.name,
           CASE WHEN $1->>'status' IN ('registered', 'preliminary') THEN 'pending'
                ELSE coalesce(fhir_word('result', $1->'valueCodeableConcept'), $1->>'valueString',
                              fhir_word('result', jsonb_path_query_first($1, '$.interpretation[*]'))) END,
           NULL, NULL,
           CASE WHEN $1->>'status' IN ('entered-in-error', 'cancelled') THEN 'yes' ELSE 'no' END
    FROM (SELECT fhir_word('test', $1->'code') AS name) w
    -- other observations are not for us
    WHERE cccd_code('test', w.name) > 0;
END;
COMMENT ON FUNCTION fhir_observation(jsonb) IS
    'what an Observation says, in the words of fact_in: a test for SARS-CoV-2 if its code is one that cccd_word() knows; withdrawn if it was cancelled or entered in error; nothing for any other observation';

CREATE FUNCTION fhir_condition(r jsonb, OUT kind text, OUT starts text, OUT ends text, OUT disease text, OUT detail text,
    OUT result text, OUT dose_number text, OUT series text, OUT withdrawn text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN c.contraindicated THEN 'contraindication' ELSE 'recovery' END,
           CASE WHEN c.contraindicated THEN coalesce($1->>'onsetDateTime', $1#>>'{onsetPeriod,start}', $1->>'recordedDate')
                ELSE coalesce($1->>'abatementDateTime', $1#>>'{abatementPeriod,end}') END,
           CASE WHEN c.contraindicated THEN $1->>'abatementDateTime' END,
           CASE WHEN c.contraindicated
                THEN coalesce(fhir_word('disease', jsonb_path_query_first($1, '$.evidence[*].code[*]')), $1#>>'{code,text}', 'unspecified')
                ELSE c.disease END,
           NULL, NULL, NULL, NULL,
           CASE WHEN jsonb_path_exists($1, '$.verificationStatus.coding[*] ? (@.code == "entered-in-error" || @.code == "refuted")') THEN 'yes' ELSE 'no' END
    FROM (SELECT fhir_word('disease', $1->'code') AS disease,
                 -- ICD-10 Z28.0: not immunised because of a contraindication;
                 -- SNOMED CT 863903001: allergy to a component of a vaccine
                 jsonb_path_exists($1, '$.code.coding[*] ? (@.code == "Z28.0" || @.code == "863903001")') AS contraindicated) c
    WHERE c.contraindicated
       OR cccd_code('disease', c.disease) > 0
          AND jsonb_path_exists($1, '$.clinicalStatus.coding[*] ? (@.code == "resolved" || @.code == "inactive" || @.code == "remission")');
END;
COMMENT ON FUNCTION fhir_condition(jsonb) IS
    'what a Condition says, in the words of fact_in: recovery from a disease that cccd_word() knows, at the time of its abatement, if it is over; or a contraindication (ICD-10 Z28.0, SNOMED CT 863903001), whose evidence or text names the disease; withdrawn if it was refuted or entered in error; nothing for any other condition';

CREATE FUNCTION fhir_facts(bundle jsonb)
    RETURNS TABLE (entry bigint, patient jsonb, resource text, source_record text, kind text, starts text, ends text, disease text,
                   detail text, result text, dose_number text, series text, withdrawn text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH part AS MATERIALIZED (
        SELECT e.n, e.entry->>'fullUrl' AS url, e.entry->'resource' AS r, e.entry#>>'{resource,resourceType}' AS type
        FROM jsonb_path_query($1, '$.entry[*]') WITH ORDINALITY e (entry, n)
    ), reference AS (
        SELECT p.n, p.r, p.type, coalesce(p.r->'patient', p.r->'subject') AS subject,
               coalesce(p.r->'patient', p.r->'subject')->>'reference' AS said
        FROM part p WHERE p.type IN ('Immunization', 'Observation', 'Condition')
    )
    SELECT f.n,
           coalesce((SELECT q.r FROM part q
                     WHERE q.type = 'Patient'
                       AND f.said IN (q.url, 'Patient/' || (q.r->>'id'), substring(q.url FROM 'Patient/[^/]+$')) ORDER BY q.n LIMIT 1),
                    (SELECT c FROM jsonb_path_query(f.r, '$.contained[*]') c
                     WHERE c->>'resourceType' = 'Patient' AND f.said = '#' || (c->>'id') LIMIT 1),
                    -- a logical reference names the number itself
                    jsonb_build_object('identifier', f.subject->'identifier')),
           f.type,
           left(f.type || '/' || coalesce(jsonb_path_query_first(f.r, '$.identifier[*].value') #>> '{}', f.r->>'id'), 200),
           x.*
    FROM reference f
    CROSS JOIN LATERAL (
        SELECT i.* FROM fhir_immunization(f.r) i WHERE f.type = 'Immunization' AND i.kind IS NOT NULL
        UNION ALL SELECT o.* FROM fhir_observation(f.r) o WHERE f.type = 'Observation' AND o.kind IS NOT NULL
        UNION ALL SELECT c.* FROM fhir_condition(f.r) c WHERE f.type = 'Condition' AND c.kind IS NOT NULL) x
    ORDER BY f.n;
END;
COMMENT ON FUNCTION fhir_facts(jsonb) IS
    'the facts of a bundle, in the words of fact_in: number of the entry, the Patient it is about (of the bundle, contained, or by a logical reference), kind of resource, the source''s key of the record (its first identifier, else its id), and what it says';

CREATE FUNCTION load_fhir(bundle jsonb, source text, delivery uuid DEFAULT gen_random_uuid(),
    OUT people bigint, OUT taken bigint, OUT updated bigint, OUT withdrawn bigint, OUT rejected bigint, OUT ignored bigint, OUT rejects jsonb)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted CONSTANT uuid := coalesce($3, gen_random_uuid());
    persons bigint[];
    facts bigint[];
    step record;
BEGIN
    IF $1->>'resourceType' IS DISTINCT FROM 'Bundle' THEN
        RAISE EXCEPTION 'not a FHIR bundle' USING ERRCODE = 'invalid_parameter_value',
            HINT = 'A resource alone is loaded as {"resourceType": "Bundle", "entry": [{"resource": …}]}.';
    ELSIF EXISTS (SELECT FROM cccd_gate.load_delivery d WHERE d.delivery = wanted::text) THEN
        RAISE EXCEPTION 'this delivery has been loaded before' USING ERRCODE = 'invalid_parameter_value',
            HINT = 'A bundle is a delivery of its own.';
    END IF;

    WITH patient AS (
        SELECT e.n, e.entry->'resource' AS r
        FROM jsonb_path_query($1, '$.entry[*]') WITH ORDINALITY e (entry, n)
        WHERE e.entry#>>'{resource,resourceType}' = 'Patient'
    ), written AS (
        INSERT INTO cccd_gate.person_in (delivery, id, old_id, passport, state, name, birth_date, sex, died_on)
        SELECT wanted::text, (cccd_gate.fhir_patient(p.r)).*
        FROM patient p ORDER BY p.n
    )
    SELECT array_agg(p.n ORDER BY p.n) INTO persons FROM patient p;
    SELECT l.* INTO step FROM cccd_gate.load_people($2, wanted) l;
    people := step.taken + step.updated;
    rejected := step.rejected;

    WITH fact AS MATERIALIZED (
        SELECT f.* FROM cccd_gate.fhir_facts($1) f
    ), written AS (
        INSERT INTO cccd_gate.fact_in (delivery, id, old_id, passport, state, name, birth_date, kind, starts, ends, disease, detail,
                                       result, dose_number, series, source_record, withdrawn)
        SELECT wanted::text, p.id, p.old_id, p.passport, p.state, p.name, p.birth_date, f.kind, f.starts, f.ends, f.disease, f.detail,
               f.result, f.dose_number, f.series, f.source_record, f.withdrawn
        FROM fact f CROSS JOIN LATERAL cccd_gate.fhir_patient(f.patient) p ORDER BY f.entry
    )
    SELECT array_agg(f.entry ORDER BY f.entry) INTO facts FROM fact f;
    SELECT l.* INTO step FROM cccd_gate.load_facts($2, wanted) l;
    taken := step.taken;
    updated := step.updated;
    withdrawn := step.withdrawn;
    rejected := rejected + step.rejected;
    ignored := (SELECT count(*) FROM jsonb_path_query($1, '$.entry[*]'))
               - coalesce(cardinality(persons), 0) - coalesce(cardinality(facts), 0);

    -- the loaders count lines, the sender entries, from 1
    rejects := (SELECT coalesce(jsonb_agg(jsonb_build_object('entry', q.entry, 'reason', q.reason, 'vi', q.reason_vi, 'en', q.reason_en, 'accepted', q.accepted)
                                          ORDER BY q.entry), '[]')
                FROM (SELECT CASE r.staging WHEN 'person_in' THEN persons[r.line] ELSE facts[r.line] END AS entry,
                             r.reason, r.reason_vi, r.reason_en, r.accepted
                      FROM cccd_gate.load_reject r WHERE r.delivery = wanted::text) q);
END
$$;
COMMENT ON FUNCTION load_fhir(jsonb, text, uuid) IS
    'loads a FHIR R4 bundle: its Patients as people, Immunizations as doses, Observations of SARS-CoV-2 as tests, Conditions as recoveries and contraindications, by load_people() and load_facts(). Arguments: the bundle; source; delivery, a UUID that was not used before. Returns how many people were new or changed; of the facts how many were new, corrected, withdrawn; how many entries were rejected; how many entries say nothing that is loaded; and the rejects as an array of objects: entry (from 1), reason, vi, en, accepted. A resource sent again with the same identifier is a new version of the fact; status entered-in-error takes it back. Errors: 22023 not a bundle, a delivery that was used, an unknown source; source: HL7 FHIR 4.0.1';
