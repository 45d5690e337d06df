-- What goes to ministries and portals: by purpose, since the last time, withdrawn
-- as withdrawn, every delivery logged.  An export leaves out what its own
-- transaction wrote, so this test commits, and deletes everything at its end.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
SET cccd_gate.allow_superuser = on;
SELECT count(*) AS facts FROM cccd_gate.fact;
-- another transaction may be running: an export waits for it, and so does this test
CREATE PROCEDURE pg_temp.settle() LANGUAGE plpgsql AS $$
DECLARE mine CONSTANT xid8 := pg_current_xact_id();
BEGIN
    COMMIT;
    FOR i IN 1 .. 6000 LOOP
        EXIT WHEN pg_snapshot_xmin(pg_current_snapshot()) > mine;
        PERFORM pg_sleep(0.01);
        COMMIT;
    END LOOP;
END $$;
INSERT INTO cccd_gate.person_in (id, old_id, passport, state, name, birth_date, sex) VALUES
    ('001090000001', '100000001', 'B1234567', 'VNM', 'Nguyễn Văn An', '1990-01-01', 'Nam'), ('001190000002', NULL, NULL, NULL, 'Trần Thị Bình', '02/1990', 'Nữ');
SELECT taken FROM cccd_gate.load_people('national');
INSERT INTO cccd_gate.fact_in (id, kind, starts, ends, disease, detail, result, dose_number, series, source_record) VALUES
    ('001090000001', 'dose', '2021-06-01', NULL, NULL, 'AstraZeneca', NULL, 1, 2, 'D-1'),
    ('001090000001', 'test', '2021-11-15 08:09', NULL, NULL, 'pcr', 'negative', NULL, NULL, 'T-1'),
    ('001090000001', 'test', '2021-11-16 08:09', NULL, NULL, 'antigen', 'pending', NULL, NULL, 'T-2'),
    ('001190000002', 'dose', '2021-06-02', NULL, 'cúm mùa', NULL, NULL, NULL, NULL, 'D-2'),
    ('001190000002', 'recovery', '2021-07-20', NULL, NULL, NULL, NULL, NULL, NULL, 'R-1'),
    ('001190000002', 'contraindication', '2021-08-01', '2021-12-31', NULL, NULL, NULL, NULL, NULL, 'C-1'),
    ('001190000002', 'isolation', '2021-11-10', '2021-11-24', NULL, NULL, NULL, NULL, NULL, 'I-1');
INSERT INTO cccd_gate.fact_in (id, kind, starts, ends, detail) VALUES ('001190000002', 'credential', '2021-01-01', '2021-12-31', 'insurance');
SELECT taken, rejected FROM cccd_gate.load_facts('national');
CALL pg_temp.settle();

-- who gets what
SELECT cccd_gate.save_recipient('moh', 'Bộ Y tế', 'giám sát tiêm chủng', 'Quyết định 5772/QĐ-BYT', '{dose,test,recovery,contraindication}');
SELECT cccd_gate.save_recipient('moh', 'Bộ Y tế', 'giám sát tiêm chủng', 'Quyết định 5772/QĐ-BYT', '{dose,test,recovery,contraindication}', identifiers => '{id,old_id,passport,name,birth_date,sex}');
SELECT cccd_gate.save_recipient('portal', 'Cổng thông tin', 'số liệu theo ngày', 'Thỏa thuận 12/2021', '{dose,isolation,credential}', '{Covid-19}', '{}');
SELECT cccd_gate.save_recipient('nobody', 'Cũ', 'không còn', 'hết hạn', '{dose}', active => false);
SELECT recipient, kinds, diseases, identifiers, active FROM cccd_gate.recipients();
\set VERBOSITY terse
SELECT cccd_gate.save_recipient('x', 'X', 'y', 'z', '{}');
SELECT cccd_gate.save_recipient('x', 'X', 'y', 'z', '{visit}');
SELECT cccd_gate.save_recipient('x', 'X', '', 'z', '{dose}');
SELECT cccd_gate.save_recipient('x', 'X', 'y', NULL, '{dose}');
SELECT cccd_gate.save_recipient('x', 'X', 'y', 'z', '{dose}', '{no such disease}');
SELECT cccd_gate.save_recipient('x', 'X', 'y', 'z', '{dose}', '{}');
SELECT cccd_gate.save_recipient('x', 'X', 'y', 'z', '{dose}', identifiers => '{phone}');
SELECT cccd_gate.save_recipient('X y', 'X', 'y', 'z', '{dose}');
SELECT cccd_gate.export_facts('x');
SELECT cccd_gate.export_facts('nobody');
SELECT cccd_gate.export_facts('moh', 'yesterday');
SELECT cccd_gate.export_facts('moh', NULL, 0);
SELECT cccd_gate.export_facts('moh', NULL, NULL);
SELECT cccd_gate.export_fhir('moh', '1:2:3');
\set VERBOSITY default

-- from the beginning; a deliverer that keeps the position of what it has stored
CREATE TEMP TABLE delivered AS SELECT row_number() OVER () AS n, e.* FROM cccd_gate.export_facts('moh') e;
SELECT id, old_id, passport, passport_state, name, birth_date, birth_precision, sex, kind, disease, starts, ends, detail, result, dose_number, series, source, withdrawn FROM delivered ORDER BY n;
SELECT id, name, kind, disease, starts, ends, detail, withdrawn FROM cccd_gate.export_facts('portal');
-- a page at a time it is the same
CREATE FUNCTION pg_temp.pages(who text, since text, size int) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
DECLARE place text := since; row record; more boolean;
BEGIN
    LOOP
        more := false;
        FOR row IN SELECT * FROM cccd_gate.export_facts(who, place, size) LOOP RETURN NEXT row.fact; place := row.position; more := true; END LOOP;
        EXIT WHEN NOT more;
    END LOOP;
END $$;
SELECT (SELECT array_agg(p) FROM pg_temp.pages('moh', NULL, 1) p) = (SELECT array_agg(fact ORDER BY n) FROM delivered) AS one_by_one,
       (SELECT array_agg(p) FROM pg_temp.pages('moh', NULL, 4) p) = (SELECT array_agg(fact ORDER BY n) FROM delivered) AS four_by_four,
       (SELECT array_agg(p) FROM pg_temp.pages('moh', (SELECT position FROM delivered WHERE n = 2), 2) p) = (SELECT array_agg(fact ORDER BY n) FROM delivered WHERE n > 2) AS from_there;
SELECT position AS place FROM delivered ORDER BY n DESC LIMIT 1 \gset
SELECT count(*) AS again FROM cccd_gate.export_facts('moh', :'place');

-- corrected, taken back, the same again, and new; what came and went in between is not sent as counting
INSERT INTO cccd_gate.fact_in (id, kind, starts, detail, result, dose_number, series, source_record, withdrawn) VALUES
    ('001090000001', 'dose', '2021-06-03', 'AstraZeneca', NULL, 1, 2, 'D-1', NULL),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'T-1', 'yes'),
    ('001090000001', 'test', '2021-11-16 08:09', 'antigen', 'positive', NULL, NULL, 'T-2', NULL),
    ('001190000002', 'recovery', '2021-07-20', NULL, NULL, NULL, NULL, 'R-1', NULL),
    ('001190000002', 'dose', '2021-09-02', NULL, NULL, 2, NULL, 'D-3', NULL);
SELECT taken, updated, withdrawn FROM cccd_gate.load_facts('national');
INSERT INTO cccd_gate.fact_in (source_record, withdrawn) VALUES ('D-3', 'yes');
SELECT withdrawn FROM cccd_gate.load_facts('national');
CALL pg_temp.settle();
CREATE TEMP TABLE second AS SELECT row_number() OVER () AS n, e.* FROM cccd_gate.export_facts('moh', :'place') e;
SELECT s.name, s.kind, s.starts, s.result, s.withdrawn, d.n IS NOT NULL AS known FROM second s LEFT JOIN delivered d USING (fact) ORDER BY s.kind, s.starts, s.withdrawn DESC;
-- from the beginning again nothing is sent that counts no longer
SELECT kind, starts, result, withdrawn FROM cccd_gate.export_facts('moh') ORDER BY kind, starts;
-- what a transaction wrote itself does not go out: it may still roll back
BEGIN;
INSERT INTO cccd_gate.fact_in (id, kind, starts, source_record) VALUES ('001090000001', 'dose', '2021-09-04', 'D-4');
SELECT taken FROM cccd_gate.load_facts('national');
SELECT count(*) FILTER (WHERE starts = '2021-09-04') AS own FROM cccd_gate.export_facts('moh');
ROLLBACK;

-- what came from another server: its transactions are not there yet
SELECT position AS place FROM second ORDER BY n DESC LIMIT 1 \gset
SELECT regexp_replace(:'place', '^[0-9]+', '1') AS elsewhere \gset
BEGIN;
ALTER TABLE cccd_gate.fact DISABLE TRIGGER fact_rewritten;
UPDATE cccd_gate.fact SET changed = (1000000000000 + fact)::text::xid8;
ALTER TABLE cccd_gate.fact ENABLE TRIGGER fact_rewritten;
COMMIT;
CALL pg_temp.settle();
SELECT count(*) AS already_had FROM cccd_gate.export_facts('moh', :'place');
SELECT count(*) AS counting, count(*) FILTER (WHERE withdrawn) AS withdrawn FROM cccd_gate.export_facts('moh');
SELECT count(*) FILTER (WHERE NOT withdrawn) AS counting, count(*) FILTER (WHERE withdrawn) AS withdrawn FROM cccd_gate.export_facts('moh', :'elsewhere');
SELECT count(*) AS paged FROM pg_temp.pages('moh', NULL, 2);
SELECT count(*) AS paged FROM pg_temp.pages('moh', :'elsewhere', 3);
-- and what is changed here now is found
SELECT position AS place FROM cccd_gate.export_facts('moh', :'elsewhere') WITH ORDINALITY e ORDER BY ordinality DESC LIMIT 1 \gset
INSERT INTO cccd_gate.fact_in (source_record, withdrawn) VALUES ('D-1', 'yes');
SELECT withdrawn FROM cccd_gate.load_facts('national');
CALL pg_temp.settle();
SELECT kind, starts, withdrawn FROM cccd_gate.export_facts('moh', :'place');

-- FHIR: what goes out comes back as the same facts
INSERT INTO cccd_gate.fact_in (id, kind, starts, detail, result, dose_number, series, source_record) VALUES
    ('001090000001', 'dose', '2021-09-05 10:30', 'Pfizer', NULL, 2, 3, 'D-5'), ('001090000001', 'test', '2021-11-17 08:00', 'pcr', 'pending', NULL, NULL, 'T-5'),
    ('001090000001', 'test', '2021-11-17 09:00', 'pcr', 'inconclusive', NULL, NULL, 'T-6'), ('001090000001', 'test', '2021-11-17 10:00', 'antigen', 'negative', NULL, NULL, 'T-7');
SELECT taken FROM cccd_gate.load_facts('national');
CALL pg_temp.settle();
SELECT jsonb_array_length(bundle->'entry') AS entries, bundle#>'{entry,0,resource}' AS patient, bundle#>'{entry,0,fullUrl}' = bundle#>'{entry,1,resource,patient,reference}' AS refers
FROM cccd_gate.export_fhir('portal');
SELECT count(DISTINCT bundle#>>'{entry,0,fullUrl}') AS names FROM (SELECT * FROM cccd_gate.export_fhir('portal') UNION ALL SELECT * FROM cccd_gate.export_fhir('portal')) b;
CREATE TEMP TABLE bundles AS SELECT row_number() OVER () AS n, b.* FROM cccd_gate.export_fhir('moh') b;
SELECT n, e->'resource'->>'resourceType' AS resource, (e->'resource') - '{id,identifier,patient,subject,resourceType}'::text[] AS says
FROM bundles, jsonb_path_query(bundle, '$.entry[*]') e ORDER BY n, 2, 3;
CREATE VIEW pg_temp.told AS
SELECT p.name, f.kind, f.disease, f.starts, f.ends, f.code, f.result, f.dose_number, f.series, f.source FROM cccd_gate.current_fact f JOIN cccd_gate.person p USING (person);
SELECT sum(l.taken) AS taken, sum(l.rejected) AS rejected, sum(l.ignored) AS ignored FROM bundles, cccd_gate.load_fhir(bundle, 'agency') l;
SELECT count(*) AS came_back FROM pg_temp.told WHERE source = 'agency';
(SELECT name, kind, disease, starts, ends, code, result, dose_number, series FROM pg_temp.told WHERE source = 'national' AND kind NOT IN ('isolation', 'credential')
 EXCEPT SELECT name, kind, disease, starts, ends, code, result, dose_number, series FROM pg_temp.told WHERE source = 'agency')
UNION ALL
(SELECT name, kind, disease, starts, ends, code, result, dose_number, series FROM pg_temp.told WHERE source = 'agency'
 EXCEPT SELECT name, kind, disease, starts, ends, code, result, dose_number, series FROM pg_temp.told WHERE source = 'national');
-- what is taken back here is taken back there, of every kind
SELECT position AS place FROM bundles LIMIT 1 \gset
SELECT count(*) AS withdrawn FROM cccd_gate.withdraw_facts(ARRAY(SELECT fact FROM cccd_gate.current_fact WHERE source = 'national' AND kind <> 'test'));
CALL pg_temp.settle();
CREATE TEMP TABLE back AS SELECT row_number() OVER () AS n, b.* FROM cccd_gate.export_fhir('moh', :'place') b;
SELECT e->'resource'->>'resourceType' AS resource, (e->'resource') - '{id,identifier,patient,subject,resourceType}'::text[] AS says
FROM back, jsonb_path_query(bundle, '$.entry[*]') e WHERE e @> '{"resource": {"status": "entered-in-error"}}' OR e->'resource' ? 'verificationStatus' ORDER BY 1, 2;
SELECT sum(l.withdrawn) AS withdrawn, sum(l.rejected) AS rejected
FROM back, cccd_gate.load_fhir(jsonb_set(bundle, '{entry}', jsonb_path_query_array(bundle, '$.entry[*] ? (@.resource.status == "entered-in-error" || @.resource.verificationStatus.coding[*].code == "entered-in-error")')), 'agency') l;
SELECT name, kind, starts FROM pg_temp.told WHERE source = 'agency' ORDER BY 1, 2, 3;

-- what goes to another person goes out again under its key, with the other number
SELECT DISTINCT "position" AS place FROM back \gset
SELECT problem FROM cccd_gate.merge_people((SELECT person FROM cccd_gate.person WHERE name = 'Trần Thị Bình'), (SELECT person FROM cccd_gate.person WHERE name = 'Nguyễn Văn An'));
CALL pg_temp.settle();
SELECT id, kind, count(*), bool_and(fact IN (SELECT (e->'resource'->>'id')::bigint FROM bundles, jsonb_path_query(bundle, '$.entry[*]') e)) AS known
FROM cccd_gate.export_facts('moh', :'place') WHERE NOT withdrawn AND source = 'national' GROUP BY 1, 2 ORDER BY 1, 2;
SELECT problem FROM cccd_gate.split_person((SELECT person FROM cccd_gate.person WHERE name = 'Nguyễn Văn An'));
CALL pg_temp.settle();

-- people who are deleted: their facts are taken back by their keys
SELECT max(position) AS place FROM back \gset
SELECT cccd_gate.delete_people(ARRAY(SELECT person FROM cccd_gate.person WHERE name = 'Nguyễn Văn An'));
CALL pg_temp.settle();
SELECT kind, disease, count(*), bool_and(withdrawn) AS withdrawn, count(id) + count(name) + count(starts) AS personal FROM cccd_gate.export_facts('moh', :'place') WHERE name IS NULL GROUP BY 1, 2 ORDER BY 1;
SELECT DISTINCT (bundle#>'{entry,0,resource}') - '{id,identifier}'::text[] AS gone FROM cccd_gate.export_fhir('moh', :'place') WHERE bundle #>> '{entry,0,resource,resourceType}' <> 'Patient';
SELECT f.kind, count(*), count(f.source_record) AS keys, bool_and(f.withdrawn = 'yes') AS withdrawn
FROM cccd_gate.export_fhir('moh', :'place') b, cccd_gate.fhir_facts(b.bundle) f WHERE bundle #>> '{entry,0,resource,resourceType}' <> 'Patient' GROUP BY 1 ORDER BY 1;

-- the log
SELECT recipient, purpose, basis, form, role = current_user AS mine, since IS NULL AS first, until IS NOT NULL AS some, facts, withdrawn, people FROM cccd_gate.exports('portal');
SELECT form, count(*) > 3 AS several, bool_and(facts >= withdrawn) AS sound FROM cccd_gate.exports() WHERE recipient = 'moh' GROUP BY 1 ORDER BY 1;

SELECT cccd_gate.delete_people(ARRAY(SELECT person FROM cccd_gate.person WHERE name IN ('Nguyễn Văn An', 'Trần Thị Bình')));
TRUNCATE cccd_gate.recipient, cccd_gate.fact_gone, cccd_gate.export_log, cccd_gate.person_change, cccd_gate.load_delivery, cccd_gate.load_reject;
SELECT count(*) AS facts FROM cccd_gate.fact;
