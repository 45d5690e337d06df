-- Value sets of health certificates, in the form in which they are published.
CREATE TEMP TABLE list (n int, list jsonb);
INSERT INTO list VALUES
    (1, '{"valueSetId": "vaccines-covid-19-names", "valueSetDate": "2026-01-01", "valueSetValues": {
          "EU/1/20/1528": {"display": "Comirnaty", "lang": "en", "active": true, "version": "", "system": "https://ec.europa.eu/health/documents/community-register/html/"},
          "NEW-42": {"display": "ARCT-154", "active": true}, "NEW-43": {"display": "of another company", "active": false}, "#7": {"display": "#8", "active": true}}}'),
    (2, '{"valueSetId": "covid-19-lab-test-type", "valueSetDate": "2021-04-27", "valueSetValues": {
          "LP6464-4": {"display": "Nucleic acid amplification with probe detection", "active": true}, "LP217198-3": {"display": "Rapid immunoassay", "active": true}}}'),
    (3, '{"valueSetId": "covid-19-lab-result", "valueSetDate": "2021-04-27", "valueSetValues": {
          "260415000": {"display": "Not detected", "active": true}, "260373001": {"display": "Detected", "active": true}}}'),
    (4, '{"valueSetId": "disease-agent-targeted", "valueSetDate": "2021-04-27", "valueSetValues": {"840539006": {"display": "COVID-19", "active": true}}}'),
    (5, '{"valueSetId": "country-2-codes", "valueSetValues": {"VN": {"display": "Viet Nam", "active": true}}}');
SELECT v.* FROM list, cccd_value_set(list) v ORDER BY n, code COLLATE "C";
SELECT count(*) AS none FROM unnest(ARRAY['null', '[]', '1', '"a"', '{}', '{"valueSetId": "x", "valueSetValues": []}']::jsonb[]) l, cccd_value_set(l);

-- the gate's table of them
SELECT sum(cccd_gate.load_value_set(list)) FROM list;
SELECT cccd_gate.value_sets();
UPDATE cccd_gate.value_set SET name = '#777' WHERE code = 'NEW-43';
UPDATE cccd_gate.value_set SET name = 'no such name' WHERE code = 'NEW-42';
UPDATE cccd_gate.value_set SET name = 'Viet Nam' WHERE code = 'VN';
SELECT cccd_gate.load_value_set(list || '{"valueSetDate": "2026-02-02"}') FROM list WHERE n = 1;
SELECT code, version, name FROM cccd_gate.value_set WHERE kind = 'product' ORDER BY code COLLATE "C";
SELECT cccd_gate.load_value_set('{}');

-- as facts are made with them
\getenv root PG_ABS_SRCDIR
CREATE TEMP TABLE scan (name text, scan text);
\set file :root '/data/hcert/scans.txt'
COPY scan FROM :'file' (DELIMITER '|');
SELECT cccd_health_from_certificates(ARRAY[scan], NULL, NULL) AS without,
       cccd_health_from_certificates(ARRAY[scan], NULL, NULL, value_sets => cccd_gate.value_sets()) AS with_them
FROM scan WHERE name = 'year_only';
DELETE FROM cccd_gate.value_set;
