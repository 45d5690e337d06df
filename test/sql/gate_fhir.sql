-- FHIR R4 bundles: what HL7's published examples say, about invented people

\set ON_ERROR_ROLLBACK on
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;

-- a Patient as its examples are written: numbers typed and by system, several
-- names, a birth date of a year alone
CREATE TEMP TABLE patient (what text, resource jsonb);
INSERT INTO patient VALUES
('national number', '{"resourceType": "Patient", "id": "example", "identifier": [
    {"use": "usual", "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}, "system": "urn:oid:1.2.36.146.595.217.0.1", "value": "012345678901"},
    {"use": "official", "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "NI"}]}, "value": "001 090 000 008"}],
  "active": true, "name": [{"use": "usual", "given": ["An"]}, {"use": "official", "family": "Nguyễn", "given": ["Văn", "An"]}],
  "gender": "male", "birthDate": "1990-02-01", "deceasedBoolean": false}'),
('number without a type', '{"resourceType": "Patient", "identifier": [{"value": "001190000015"}], "name": [{"text": "Trần Thị Bình"}], "gender": "female", "birthDate": "1990"}'),
('passport', '{"resourceType": "Patient", "identifier": [{"system": "http://hl7.org/fhir/sid/passport-GBR", "value": "C1234567"}], "name": [{"family": "Smith", "given": ["John"]}],
  "gender": "other", "birthDate": "1985-05-05", "deceasedDateTime": "2021-12-24T08:00:00+07:00"}'),
('passport by its type', '{"resourceType": "Patient", "identifier": [{"type": {"coding": [{"code": "PPN"}]}, "value": "B7654321"}]}'),
('a record number of nine digits', '{"resourceType": "Patient", "identifier": [{"type": {"coding": [{"code": "MR"}]}, "value": "123456789"}, {"value": "123456780"}]}'),
('an old number', '{"resourceType": "Patient", "identifier": [{"type": {"coding": [{"code": "NNVNM"}]}, "value": "123456789"}]}'),
('nothing', '{"resourceType": "Patient"}'),
('not lists', '{"resourceType": "Patient", "identifier": {"value": "001090000008"}, "name": {"family": "Lê", "given": "Chi"}, "birthDate": 1990}'),
('not objects', '{"resourceType": "Patient", "identifier": [1, null, "x"], "name": "Lê Chi"}');
SELECT what, p.* FROM patient CROSS JOIN LATERAL cccd_gate.fhir_patient(resource) p;

-- each kind of resource
CREATE TEMP TABLE resource (what text, resource jsonb);
INSERT INTO resource VALUES
('a dose by CVX', '{"resourceType": "Immunization", "id": "1", "status": "completed",
  "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": "208", "display": "COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose"}]},
  "patient": {"reference": "Patient/1"}, "occurrenceDateTime": "2021-06-01", "lotNumber": "1234567",
  "protocolApplied": [{"doseNumberPositiveInt": 1, "seriesDosesPositiveInt": 2}]}'),
('a dose by its name', '{"resourceType": "Immunization", "identifier": [{"system": "urn:ietf:rfc:3986", "value": "urn:oid:1.3.6.1.4.1.21367.2005.3.7.1234"}], "status": "completed",
  "vaccineCode": {"coding": [{"code": "AZD1222"}], "text": "Vaccine AstraZeneca"}, "patient": {"reference": "Patient/1"}, "occurrenceDateTime": "2021-08-24T09:30:00+07:00"}'),
('of a group of vaccines', '{"resourceType": "Immunization", "id": "2", "status": "completed", "vaccineCode": {"coding": [{"system": "http://www.whocc.no/atc", "code": "J07BN01"}]}, "occurrenceDateTime": "2021-09-01"}'),
('against influenza', '{"resourceType": "Immunization", "id": "3", "status": "completed", "vaccineCode": {"coding": [{"system": "urn:oid:1.2.36.1.2001.1005.17", "code": "FLUVAX"}], "text": "Fluvax (Influenza)"},
  "occurrenceDateTime": "2013-01-10", "protocolApplied": [{"targetDisease": [{"coding": [{"system": "http://snomed.info/sct", "code": "6142004"}], "text": "Influenza"}], "doseNumberPositiveInt": 1}]}'),
('against what nobody knows', '{"resourceType": "Immunization", "id": "4", "status": "completed", "vaccineCode": {"text": "Fluvax (Influenza)"}, "occurrenceDateTime": "2013-01-10"}'),
('entered in error', '{"resourceType": "Immunization", "id": "1", "status": "entered-in-error", "vaccineCode": {"text": "Pfizer"}, "occurrenceDateTime": "2021-06-01"}'),
('not given', '{"resourceType": "Immunization", "id": "5", "status": "not-done", "statusReason": {"coding": [{"code": "MEDPREC"}]}, "vaccineCode": {"text": "Pfizer"}, "occurrenceDateTime": "2021-06-01"}'),
('a test', '{"resourceType": "Observation", "id": "6", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "94500-6"}]}, "subject": {"reference": "Patient/1"},
  "effectiveDateTime": "2021-11-14T01:00:00Z", "valueCodeableConcept": {"coding": [{"system": "http://snomed.info/sct", "code": "260415000", "display": "Not detected"}]}}'),
('interpreted', '{"resourceType": "Observation", "id": "7", "status": "corrected", "code": {"coding": [{"system": "http://loinc.org", "code": "94558-4"}]},
  "effectivePeriod": {"start": "2021-11-14"}, "interpretation": [{"coding": [{"code": "POS"}]}]}'),
('in words', '{"resourceType": "Observation", "id": "8", "status": "final", "code": {"text": "Xét nghiệm RT-PCR SARS-CoV-2"}, "effectiveInstant": "2021-11-14T08:00:00+07:00", "valueString": "âm tính"}'),
('awaited', '{"resourceType": "Observation", "id": "9", "status": "registered", "code": {"text": "RT-PCR"}, "effectiveDateTime": "2021-11-14"}'),
('cancelled', '{"resourceType": "Observation", "id": "6", "status": "cancelled", "code": {"text": "RT-PCR"}, "effectiveDateTime": "2021-11-14"}'),
('a blood pressure', '{"resourceType": "Observation", "id": "bp", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}]}, "effectiveDateTime": "2012-09-17"}'),
('a recovery', '{"resourceType": "Condition", "id": "10", "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "resolved"}]},
  "verificationStatus": {"coding": [{"code": "confirmed"}]}, "code": {"coding": [{"system": "http://snomed.info/sct", "code": "840539006"}]}, "onsetDateTime": "2021-07-01", "abatementDateTime": "2021-07-20"}'),
('still ill', '{"resourceType": "Condition", "id": "11", "clinicalStatus": {"coding": [{"code": "active"}]}, "code": {"coding": [{"code": "U07.1"}]}, "onsetDateTime": "2021-07-01"}'),
('refuted', '{"resourceType": "Condition", "id": "10", "clinicalStatus": {"coding": [{"code": "inactive"}]}, "verificationStatus": {"coding": [{"code": "refuted"}]}, "code": {"coding": [{"code": "U07.1"}]}, "abatementDateTime": "2021-07-20"}'),
('a contraindication', '{"resourceType": "Condition", "id": "12", "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "Z28.0"}], "text": "COVID-19"}, "recordedDate": "2021-08-01"}'),
('of no disease', '{"resourceType": "Condition", "id": "13", "code": {"coding": [{"code": "863903001"}]}, "recordedDate": "2021-08-01"}'),
('a burn', '{"resourceType": "Condition", "id": "14", "clinicalStatus": {"coding": [{"code": "resolved"}]}, "code": {"coding": [{"system": "http://snomed.info/sct", "code": "39065001"}], "text": "Burn of ear"}, "abatementDateTime": "2012-05-24"}'),
('not what it should be', '{"resourceType": "Immunization", "status": "completed", "vaccineCode": "Pfizer", "protocolApplied": "x", "occurrenceDateTime": {"a": 1}}'),
('another resource', '{"resourceType": "Encounter", "id": "15"}');
SELECT r.what, f.kind, f.starts, f.ends, f.disease, f.detail, f.result, f.dose_number AS dose, f.series, f.withdrawn, f.source_record
FROM resource r
LEFT JOIN LATERAL cccd_gate.fhir_facts(jsonb_build_object('entry', jsonb_build_array(jsonb_build_object('resource', r.resource)))) f ON true;

-- whom a resource is about
SELECT f.resource, f.patient->>'id' AS patient, f.patient#>>'{identifier,value}' AS number
FROM cccd_gate.fhir_facts('{"resourceType": "Bundle", "entry": [
  {"fullUrl": "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301", "resource": {"resourceType": "Patient", "id": "a"}},
  {"fullUrl": "http://example.org/fhir/Patient/b", "resource": {"resourceType": "Patient", "id": "b"}},
  {"resource": {"resourceType": "Immunization", "status": "completed", "patient": {"reference": "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301"}}},
  {"resource": {"resourceType": "Immunization", "status": "completed", "patient": {"reference": "Patient/b"}}},
  {"resource": {"resourceType": "Immunization", "status": "completed", "patient": {"reference": "http://example.org/fhir/Patient/b"}}},
  {"resource": {"resourceType": "Immunization", "status": "completed", "contained": [{"resourceType": "Patient", "id": "c"}], "patient": {"reference": "#c"}}},
  {"resource": {"resourceType": "Immunization", "status": "completed", "patient": {"identifier": {"value": "001090000008"}}}},
  {"resource": {"resourceType": "Immunization", "status": "completed", "patient": {"reference": "Patient/d"}}},
  {"resource": {"resourceType": "Immunization", "status": "completed"}}]}') f;

-- a delivery: people, facts, what is rejected and what is not for us
CREATE TEMP TABLE sent (n int, bundle jsonb);
INSERT INTO sent SELECT 1, jsonb_build_object('resourceType', 'Bundle', 'type', 'collection', 'entry', (
    SELECT jsonb_agg(jsonb_build_object('resource', e.r) ORDER BY e.n)
    FROM (SELECT 1 AS n, jsonb_set(p.resource, '{id}', '"1"') AS r FROM patient p WHERE p.what = 'national number'
          UNION ALL
          SELECT 1 + row_number() OVER (), r.resource || '{"patient": {"reference": "Patient/1"}}'::jsonb
          FROM resource r WHERE r.what NOT IN ('entered in error', 'cancelled', 'refuted')) e));
\x on
SELECT l.* FROM sent s CROSS JOIN LATERAL cccd_gate.load_fhir(s.bundle, 'national', '3f2504e0-4f89-41d3-9a0c-0305e82c3301') l;
\x off
SELECT p.name, p.birth_date, p.sex, n.id FROM cccd_gate.person p JOIN cccd_gate.identity_number n USING (person) WHERE n.id = '001090000008';
SELECT f.kind, f.starts, f.disease, f.code, f.result, f.dose_number, f.series, f.source_record
FROM cccd_gate.fact f JOIN cccd_gate.identity_number n USING (person) WHERE n.id = '001090000008' ORDER BY f.starts, f.kind, f.code COLLATE "C", f.source_record COLLATE "C";

-- sent again it says nothing new; corrected it is a new version; entered in
-- error it is taken back
SELECT l.people, l.taken, l.updated, l.withdrawn, l.ignored FROM sent s CROSS JOIN LATERAL cccd_gate.load_fhir(s.bundle, 'national') l;
SELECT l.taken, l.updated, l.withdrawn, l.rejected, l.ignored
FROM (SELECT jsonb_build_object('resourceType', 'Bundle', 'entry', jsonb_agg(jsonb_build_object('resource', r.resource || '{"patient": {"identifier": {"value": "001090000008"}}}'::jsonb))) AS bundle
      FROM resource r WHERE r.what IN ('entered in error', 'cancelled', 'refuted')) s
CROSS JOIN LATERAL cccd_gate.load_fhir(s.bundle, 'national') l;
SELECT f.kind, f.starts, f.withdrawn, f.source_record
FROM cccd_gate.fact f JOIN cccd_gate.identity_number n USING (person)
WHERE n.id = '001090000008' AND f.superseded_at IS NULL AND f.withdrawn ORDER BY f.starts, f.kind;

-- a passport goes with the state of its own identifier; a national number of
-- another state is not ours
SELECT i, p.id, p.old_id, p.passport, p.state
FROM unnest(ARRAY[
    '[{"type": {"coding": [{"code": "PPN"}]}, "value": "X1234567"}, {"system": "http://hl7.org/fhir/sid/passport-GBR", "value": "999999999"}]',
    '[{"system": "http://hl7.org/fhir/sid/passport-fra", "value": "X1234567"}, {"system": "http://hl7.org/fhir/sid/passport-GBR", "value": "999999999"}]',
    '[{"system": "http://hl7.org/fhir/sid/passport-XGBR", "value": "X1234567"}]',
    '[{"type": {"coding": [{"code": "NNGBR"}]}, "value": "001090000777"}]', '[{"type": {"coding": [{"code": "NNVNM"}]}, "value": "001090000777"}]',
    '[{"type": {"coding": [{"code": "NNUSA"}]}, "value": "123456789"}]', '[{"type": {"coding": [{"code": "NN"}]}, "value": "123456789"}]']) WITH ORDINALITY u (given, i),
    LATERAL cccd_gate.fhir_patient(jsonb_build_object('identifier', u.given::jsonb)) p ORDER BY i;

-- a passport names its state by system, assigner or extension; without one the
-- Patient is refused in words, unless there is a number of Viet Nam
SELECT i, p.id, p.passport, p.state
FROM unnest(ARRAY[
    '[{"type": {"coding": [{"code": "PPN"}]}, "value": "X1234567", "assigner": {"display": "GBR"}}]',
    '[{"type": {"coding": [{"code": "PPN"}]}, "value": "X1234567", "assigner": {"display": "Việt Nam"}}]',
    '[{"type": {"coding": [{"code": "PPN"}]}, "value": "X1234567", "assigner": {"identifier": {"value": "FRA"}, "display": "Préfecture"}}]',
    '[{"type": {"coding": [{"code": "PPN"}]}, "value": "X1234567", "extension": [{"url": "http://example.org/issuing-country", "valueCode": "FRA"}]}]',
    '[{"type": {"coding": [{"code": "PPN"}]}, "value": "X1234567", "extension": [{"url": "http://example.org/issuingState", "valueCodeableConcept": {"coding": [{"code": "DEU"}]}}]}]',
    '[{"type": {"coding": [{"code": "PPN"}]}, "value": "X1234567", "assigner": {"display": "Hospital"}}]',
    '[{"type": {"coding": [{"code": "PPN"}]}, "value": "X1234567"}, {"type": {"coding": [{"code": "PPN"}]}, "value": "Y1234567", "assigner": {"display": "GBR"}}]',
    '[{"type": {"coding": [{"code": "PPN"}]}, "value": "X1234567"}, {"value": "001090000008"}]']) WITH ORDINALITY u (given, i),
    LATERAL cccd_gate.fhir_patient(jsonb_build_object('identifier', u.given::jsonb)) p ORDER BY i;
SELECT l.people, l.taken, l.rejected, jsonb_path_query_array(l.rejects, '$[*].reason') AS reasons, l.rejects->0->>'en' AS en, l.rejects->0->>'vi' AS vi
FROM cccd_gate.load_fhir('{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "id": "p", "name": [{"text": "No State"}], "birthDate": "1990-01-01",
    "identifier": [{"type": {"coding": [{"code": "PPN"}]}, "value": "X7654321"}]}},
    {"resource": {"resourceType": "Immunization", "id": "of-p", "status": "completed", "vaccineCode": {"text": "Pfizer"}, "patient": {"reference": "Patient/p"}, "occurrenceDateTime": "2021-06-01"}}]}', 'agency') l;

-- whom a resource is about: relative to its own server, in any version, by a
-- urn:uuid; two Patients of one id are not mixed up
SELECT f.source_record, f.patient->>'birthDate' AS patient
FROM cccd_gate.fhir_facts('{"resourceType": "Bundle", "entry": [
  {"fullUrl": "http://a.example/fhir/Patient/1", "resource": {"resourceType": "Patient", "id": "1", "birthDate": "1"}},
  {"fullUrl": "http://b.example/fhir/Patient/1", "resource": {"resourceType": "Patient", "id": "1", "birthDate": "2"}},
  {"fullUrl": "urn:uuid:3F2504E0-4F89-41D3-9A0C-0305E82C3301", "resource": {"resourceType": "Patient", "birthDate": "3"}},
  {"resource": {"resourceType": "Patient", "id": "3f2504e0-4f89-41d3-9a0c-0305e82c3302", "birthDate": "4"}},
  {"resource": {"resourceType": "Patient", "id": "5", "birthDate": "5"}},
  {"resource": {"resourceType": "Patient", "id": "5", "birthDate": "6"}},
  {"fullUrl": "http://a.example/fhir/Immunization/a", "resource": {"resourceType": "Immunization", "id": "a", "status": "completed", "patient": {"reference": "Patient/1"}}},
  {"fullUrl": "http://b.example/fhir/Immunization/b", "resource": {"resourceType": "Immunization", "id": "b", "status": "completed", "patient": {"reference": "Patient/1/_history/7"}}},
  {"resource": {"resourceType": "Immunization", "id": "c", "status": "completed", "patient": {"reference": "Patient/1"}}},
  {"resource": {"resourceType": "Immunization", "id": "d", "status": "completed", "patient": {"reference": "http://b.example/fhir/Patient/1"}}},
  {"resource": {"resourceType": "Immunization", "id": "e", "status": "completed", "patient": {"reference": "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301"}}},
  {"resource": {"resourceType": "Immunization", "id": "f", "status": "completed", "patient": {"reference": "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3302"}}},
  {"resource": {"resourceType": "Immunization", "id": "g", "status": "completed", "patient": {"reference": "Patient/5"}}},
  {"resource": {"resourceType": "Immunization", "id": "h", "status": "completed", "contained": [{"resourceType": "Patient", "id": "1", "birthDate": "7"}], "patient": {"reference": "#1"}}},
  {"resource": {"resourceType": "Immunization", "id": "i", "status": "completed", "patient": {"reference": "#1"}}}]}') f;

-- who is dead, as far as it is known
SELECT i, d.* FROM unnest(ARRAY['{"deceasedBoolean": true}', '{"deceasedBoolean": true, "meta": {"lastUpdated": "2021-10-05T08:00:00+07:00"}}',
    '{"deceasedBoolean": true, "meta": {"lastUpdated": "2999-01-01T00:00:00Z"}}', '{"deceasedBoolean": false}', '{"deceasedDateTime": "2021-02"}', '{"deceasedDateTime": "2021"}',
    '{"deceasedDateTime": "2021-11"}', '{"deceasedDateTime": "2021-13"}', '{"deceasedDateTime": "2020-12-24T23:00:00Z"}', '{}']) WITH ORDINALITY u(patient, i), cccd_gate.fhir_died(patient::jsonb, '2021-11-16') d ORDER BY i;
CREATE FUNCTION pg_temp.died(died text, source text, bundle text DEFAULT '{}') RETURNS TABLE (people bigint, died_on date, death_source text, reasons jsonb) LANGUAGE plpgsql AS $$
BEGIN
    SELECT l.people, jsonb_path_query_array(l.rejects, '$[*].reason') INTO people, reasons
    FROM cccd_gate.load_fhir('{"resourceType": "Bundle"}'::jsonb || bundle::jsonb || jsonb_build_object('entry', jsonb_build_array(jsonb_build_object('resource',
        '{"resourceType": "Patient", "identifier": [{"value": "001090000008"}], "name": [{"text": "Nguyễn Văn An"}], "birthDate": "1990-02-01"}'::jsonb || died::jsonb))), source) l;
    SELECT p.died_on, p.death_source INTO died_on, death_source FROM cccd_gate.person p JOIN cccd_gate.identity_number n USING (person) WHERE n.id = '001090000008';
    RETURN NEXT;
END $$;
SELECT * FROM pg_temp.died('{"deceasedBoolean": true}', 'agency', '{"timestamp": "2021-10-07T08:00:00+07:00"}');
SELECT * FROM pg_temp.died('{"deceasedBoolean": true, "meta": {"lastUpdated": "2021-10-05"}}', 'agency');
-- "by then" again says nothing new, nor does a weaker source
SELECT * FROM pg_temp.died('{"deceasedBoolean": true, "meta": {"lastUpdated": "2021-11-05"}}', 'agency');
SELECT * FROM pg_temp.died('{"deceasedBoolean": false}', 'guest_list');
-- the day, once it is known; no day that is not one
SELECT * FROM pg_temp.died('{"deceasedDateTime": "2021-09-30"}', 'national');
SELECT * FROM pg_temp.died('{"deceasedBoolean": true}', 'national');
SELECT * FROM pg_temp.died('{"deceasedDateTime": "2021-02-30"}', 'national');
SELECT * FROM pg_temp.died('{}', 'national');
SELECT * FROM pg_temp.died('{"deceasedBoolean": false}', 'national');
-- without any date: by the day of loading
SELECT people, died_on = timezone('Asia/Ho_Chi_Minh', now())::date AS today FROM pg_temp.died('{"deceasedBoolean": true}', 'national');
SELECT people, died_on FROM pg_temp.died('{"deceasedBoolean": false}', 'national');

-- what states nothing any more takes back what it stated: a recovery that is
-- active again, a dose that was not given, a test that is another one
CREATE FUNCTION pg_temp.sent(variadic said text[]) RETURNS TABLE (taken bigint, updated bigint, withdrawn bigint, ignored bigint, rejects jsonb, facts text) LANGUAGE plpgsql AS $$
BEGIN
    SELECT l.taken, l.updated, l.withdrawn, l.ignored, jsonb_path_query_array(l.rejects, '$[*].reason') INTO taken, updated, withdrawn, ignored, rejects
    FROM cccd_gate.load_fhir(jsonb_build_object('resourceType', 'Bundle', 'type', CASE WHEN said[1] = 'history' THEN 'history' END, 'entry',
        (SELECT jsonb_agg(jsonb_build_object('resource', CASE WHEN s LIKE 'c %' THEN
                    jsonb_build_object('resourceType', 'Condition', 'id', 'flip', 'clinicalStatus', jsonb_build_object('coding', jsonb_build_array(jsonb_build_object('code', substr(s, 3)))),
                                       'code', '{"coding": [{"code": "U07.1"}]}'::jsonb, 'abatementDateTime', '2021-07-20', 'subject', '{"identifier": {"value": "001090000008"}}'::jsonb)
                ELSE jsonb_build_object('resourceType', 'Immunization', 'id', 'flip', 'status', substr(s, 3), 'vaccineCode', '{"text": "Pfizer"}'::jsonb,
                                        'occurrenceDateTime', '2021-05-01', 'patient', '{"identifier": {"value": "001090000008"}}'::jsonb) END) ORDER BY i)
         FROM unnest(said) WITH ORDINALITY u(s, i) WHERE s <> 'history')), 'agency') l;
    facts := (SELECT string_agg(f.kind, ', ' ORDER BY f.kind) FROM cccd_gate.current_fact f WHERE f.source_record LIKE '%/flip');
    RETURN NEXT;
END $$;
SELECT * FROM pg_temp.sent('c active', 'i not-done');
SELECT * FROM pg_temp.sent('c resolved', 'i completed');
SELECT * FROM pg_temp.sent('c active', 'i not-done');
SELECT * FROM pg_temp.sent('c relapse');
SELECT * FROM pg_temp.sent('c resolved', 'c active', 'c resolved');
SELECT * FROM pg_temp.sent('c resolved', 'c active');
SELECT * FROM pg_temp.sent('history', 'c resolved', 'c active');
SELECT * FROM pg_temp.sent('i completed', 'i entered-in-error');
SELECT * FROM pg_temp.sent('i entered-in-error', 'i completed');

-- hospitals that load under one source and number their resources from 1: an id is
-- unique on its server, a value in its system
SELECT i, cccd_gate.fhir_record(entry::jsonb, 'http://bundle.example') AS record FROM unnest(ARRAY[
    '{"fullUrl": "http://a.example/Immunization/1", "resource": {"resourceType": "Immunization", "id": "1", "identifier": [{"value": "x"}, {"system": "http://a.example/ids", "value": "77"}]}}',
    '{"fullUrl": "http://a.example/Immunization/1/_history/3", "resource": {"resourceType": "Immunization", "id": "1", "identifier": [{"value": "x"}, {"system": "http://a.example/ids"}]}}',
    '{"fullUrl": "urn:uuid:3F2504E0-4F89-41D3-9A0C-0305E82C3301", "resource": {"resourceType": "Immunization", "id": "1"}}',
    '{"fullUrl": "Immunization/1", "resource": {"resourceType": "Immunization", "id": "1", "meta": {"source": "http://a.example/fhir#kX8fP2"}}}',
    '{"resource": {"resourceType": "Immunization", "id": "1", "identifier": [{"value": "x"}]}}',
    '{"resource": {"resourceType": "Immunization"}}', '{"resource": {"id": "1"}}', '{"resource": "Immunization"}', '{}']) WITH ORDINALITY u(entry, i) ORDER BY i;
SELECT n, length(r) AS length, r ~ '^Immunization/[0-9a-f]{64}$' AS hashed, r = cccd_gate.fhir_record(jsonb_build_object('resource', jsonb_build_object('resourceType', 'Immunization', 'id', repeat('x', n - 13) || 'y'))) AS same_for_another
FROM generate_series(200, 201) n, cccd_gate.fhir_record(jsonb_build_object('resource', jsonb_build_object('resourceType', 'Immunization', 'id', repeat('x', n - 13)))) r;
CREATE FUNCTION pg_temp.hospital(number text, entry text DEFAULT '{}', resource text DEFAULT '{}', bundle text DEFAULT '{}', day text DEFAULT '2021-05-02')
    RETURNS TABLE (people bigint, taken bigint, updated bigint, withdrawn bigint, rejected bigint) LANGUAGE sql AS $$
    SELECT l.people, l.taken, l.updated, l.withdrawn, l.rejected
    FROM cccd_gate.load_fhir('{"resourceType": "Bundle"}'::jsonb || bundle::jsonb || jsonb_build_object('entry', jsonb_build_array(
        jsonb_build_object('resource', jsonb_build_object('resourceType', 'Patient', 'id', '1', 'name', '[{"text": "Lê Văn Mẫu"}]'::jsonb, 'birthDate', '1990-03-03',
                                                          'identifier', jsonb_build_array(jsonb_build_object('value', number)))),
        jsonb_build_object('resource', '{"resourceType": "Immunization", "id": "1", "status": "completed", "vaccineCode": {"text": "Pfizer"}, "patient": {"reference": "Patient/1"}}'::jsonb
                                       || jsonb_build_object('occurrenceDateTime', day) || resource::jsonb) || entry::jsonb)), 'agency') l $$;
CREATE VIEW pg_temp.doses AS
    SELECT n.id, f.starts::date AS day, f.source_record FROM cccd_gate.current_fact f JOIN cccd_gate.identity_number n USING (person) WHERE n.id IN ('001090000101', '001090000102') ORDER BY 1, 2, 3;
SAVEPOINT hospitals;
SELECT * FROM pg_temp.hospital('001090000101', '{"fullUrl": "http://a.example/Immunization/1"}');
SELECT * FROM pg_temp.hospital('001090000102', '{"fullUrl": "http://b.example/Immunization/1"}');
SELECT * FROM pg_temp.doses;
-- sent again, corrected, and taken back, each of its own
SELECT * FROM pg_temp.hospital('001090000101', '{"fullUrl": "http://a.example/Immunization/1/_history/2"}');
SELECT * FROM pg_temp.hospital('001090000102', '{"fullUrl": "http://b.example/Immunization/1"}', day => '2021-05-03');
SELECT * FROM pg_temp.hospital('001090000101', '{"fullUrl": "http://a.example/Immunization/1"}', '{"status": "not-done"}');
SELECT * FROM pg_temp.doses;
ROLLBACK TO hospitals;
SELECT * FROM pg_temp.hospital('001090000101', resource => '{"meta": {"source": "http://a.example#1"}}');
SELECT * FROM pg_temp.hospital('001090000102', bundle => '{"meta": {"source": "http://b.example"}}');
SELECT * FROM pg_temp.hospital('001090000101', bundle => '{"meta": {"source": "http://a.example#2"}}');
SELECT * FROM pg_temp.doses;
ROLLBACK TO hospitals;
SELECT * FROM pg_temp.hospital('001090000101', resource => '{"identifier": [{"system": "http://a.example", "value": "77"}]}');
SELECT * FROM pg_temp.hospital('001090000102', resource => '{"identifier": [{"system": "http://b.example", "value": "77"}]}');
SELECT * FROM pg_temp.doses;
ROLLBACK TO hospitals;

-- what is not a bundle
SELECT cccd_gate.load_fhir('{"resourceType": "Patient"}', 'national');
SELECT cccd_gate.load_fhir('[]', 'national');
SELECT cccd_gate.load_fhir('{"resourceType": "Bundle"}', 'nobody');
SELECT l.* FROM cccd_gate.load_fhir('{"resourceType": "Bundle"}', 'national') l;
SELECT cccd_gate.load_fhir('{"resourceType": "Bundle"}', 'national', '3f2504e0-4f89-41d3-9a0c-0305e82c3301');
SELECT cccd_gate.load_fhir('{"resourceType": "Bundle"}'::jsonb, 'nobody');
-- what is not JSON is not quoted, as the server itself would
CREATE FUNCTION pg_temp.said(bundle text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text; context text;
BEGIN
    PERFORM cccd_gate.load_fhir(bundle, 'national');
    RETURN 'loaded';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, context = PG_EXCEPTION_CONTEXT;
    RETURN concat_ws(' ', SQLSTATE, SQLERRM, nullif(detail, ''), CASE WHEN context ~ '001090000008|JSON data' THEN 'quoted' END);
END $$;
SELECT i, pg_temp.said(b) FROM unnest(ARRAY['', '{"number": "001090000008', '{"number": "001090000008" 1}', '{"number": "001090000008\u0000"}', '{"number": 1e999999001090000008}',
    repeat('[', 100000) || '001090000008', '{"resourceType": "Bundle"}', NULL]) WITH ORDINALITY u(b, i) ORDER BY i;
ROLLBACK;
