-- health certificates of every format: texts in, facts out

CREATE FUNCTION cccd_certificate_decode(scan text,
    OUT status text, OUT format text, OUT kinds text[], OUT issuer text, OUT issued timestamptz, OUT expires timestamptz,
    OUT algorithm text, OUT key_id bytea, OUT version text, OUT name text, OUT standard_name text,
    OUT birth_date date, OUT birth_from date, OUT birth_to date, OUT identifiers text[], OUT disease text, OUT country text,
    OUT digest bytea, OUT reasons text[], OUT flags text[], OUT content jsonb)
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 300;
COMMENT ON FUNCTION cccd_certificate_decode(text) IS
    'what a health certificate says, nothing of it verified: status ok, or the stage that failed (HC1: prefix, base45, inflate, cose, cbor, schema; a seal: json, seal, canonical, schema; a SMART Health Card: prefix, numeric, jws, inflate, json, schema); format hc1, vds-nc (a visible digital seal of the ICAO, in JSON) or shc (a SMART Health Card), NULL if the text is none of them; kinds among vaccination, test, recovery; issuer, times, algorithm and key identifier of the signed token; schema version; name (family name first) and its standard form; birth_date if it is complete, birth_from and birth_to what it may be; certificate identifiers; disease by its name in rules, or as it came; country of the entry; SHA-256 of what is signed; reasons why a stage failed, flags for what was tolerated; content as jsonb. Text up to 8 KB, 64 KB inflated. Never an error; source: eHealth Network, Technical Specifications for EU Digital COVID Certificates, volumes 1 and 3, RFC 8392, RFC 9052; ICAO Doc 9303-13, RFC 8785';

CREATE FUNCTION cccd_certificate_verify(scan text, trust cccd_trust, at timestamptz, policy text DEFAULT 'field',
    OUT valid boolean, OUT format text, OUT text_status text, OUT message_status text, OUT schema_status text,
    OUT key_status text, OUT signature_status text, OUT country_status text, OUT key_usage_status text,
    OUT key_validity_status text, OUT validity_status text, OUT revocation_status text, OUT reasons text[], OUT flags text[],
    OUT signer_fingerprint bytea, OUT signer_country text, OUT signer_not_before timestamptz, OUT signer_not_after timestamptz,
    OUT algorithm text, OUT issuer text, OUT issued timestamptz, OUT expires timestamptz, OUT digest bytea)
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION cccd_certificate_verify(text, cccd_trust, timestamptz, text) IS
    'is a health certificate what an authority signed, and does it hold at the time given? Keys are those of the purpose health_certificate, for seals the CSCAs of the purposes chip and health_certificate that signed their signer''s certificate; a key vouches for its own state only (a key of unknown state is undetermined, which strict refuses); policy field (tolerates what issuers do, with a flag), strict (specification and schema to the letter, revocation lists required) or test (keys of the purpose health_certificate_test only, which verify under no other policy); each check is ok, failed, undetermined or not_performed; valid only when all that the policy demands is ok; a bad certificate is a result, not an error, and so is a NULL argument: not valid, with a reason; error 22023 for another policy; source: eHealth Network, Technical Specifications for EU Digital COVID Certificates, volumes 1 and 3, RFC 9052, RFC 9053; ICAO Doc 9303-13';

CREATE FUNCTION cccd_health_from_certificates(scans text[], trust cccd_trust, at timestamptz, policy text DEFAULT 'field',
    name text DEFAULT NULL, birth_date date DEFAULT NULL, value_sets jsonb DEFAULT NULL, document_number text DEFAULT NULL) RETURNS cccd_health
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION cccd_health_from_certificates(text[], cccd_trust, timestamptz, text, text, date, jsonb, text) IS
    'health record of what the certificates of one person say: those that cccd_certificate_verify finds valid, of the source certificate and signed; with a NULL trust value those that can be read, of the source declared and unsigned. With name, birth_date or document_number only certificates that fit them (cccd_certificate_fits). Parts of a SMART Health Card may stand in several texts. Several certificates about one dose are several reports of it, as everywhere in a record. value_sets translates codes: {"product": {code: name}, "disease": ..., "test": ..., "result": ...}. NULL for NULL scans or policy, or a NULL time with a trust value; errors 22023 another policy, value sets that are not an object, 54000 more than 32 certificates';

CREATE FUNCTION cccd_certificate_fits(scan text, name text, birth_date date, document_number text DEFAULT NULL, OUT fits boolean, OUT reasons text[])
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 300;
COMMENT ON FUNCTION cccd_certificate_fits(text, text, date, text) IS
    'is this certificate the one of a person of this name (compared as cccd_name_key does, in either order of its parts) and date of birth? document_number is that of the passport that is shown, which a seal may name. true, false, or NULL where that is not certain; reasons: name_disagrees, birth_date_disagrees, document_number_disagrees (false; without a number on either side nothing is compared, and the same number does for a date of birth that the seal leaves out); name_missing, birth_date_missing, birth_date_incomplete (the certificate has a year or a month, and it may be this one), name_marks_differ (both have marks, and other ones), name_conflict (its name in full and in standard letters are of two persons), name_truncated (a seal''s name of 39 characters, alike as far as it goes) (NULL); NULL for a NULL scan';

CREATE FUNCTION cccd_certificates_read(scans text[], trust cccd_trust, at timestamptz, policy text DEFAULT 'field',
    name text DEFAULT NULL, birth_date date DEFAULT NULL, value_sets jsonb DEFAULT NULL, document_number text DEFAULT NULL,
    OUT number integer, OUT format text, OUT status text, OUT valid boolean, OUT key_status text, OUT signature_status text, OUT country_status text,
    OUT key_validity_status text, OUT validity_status text, OUT revocation_status text, OUT reasons text[], OUT flags text[],
    OUT fits boolean, OUT fit_reasons text[], OUT kinds text[], OUT issuer text, OUT country text, OUT expires timestamptz, OUT digest bytea,
    OUT identifiers text[], OUT signature_digest bytea, OUT key_id bytea, OUT signer_fingerprint bytea, OUT signer_country text, OUT facts cccd_health) RETURNS SETOF record
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 2;
COMMENT ON FUNCTION cccd_certificates_read(text[], cccd_trust, timestamptz, text, text, date, jsonb, text) IS
    'several certificates of one person, each read once and verified once: a row for each text, by its number in scans; the same text again and NULL have none, and parts of one SMART Health Card in several texts are read together, at the first of them. Columns as cccd_certificate_decode, cccd_certificate_verify and cccd_certificate_fits return them; signature_digest is the SHA-256 by which revocation lists name a signature (with ECDSA of its first half); facts are those that count for cccd_health_from_certificates of all of them, at the certificate that they are taken from. 32 keys are tried for all certificates together; beyond that the key is undetermined with the reason attempts_exhausted. With a NULL trust value nothing is verified. No rows where cccd_health_from_certificates is NULL; errors as there';

CREATE FUNCTION cccd_value_set(list jsonb, OUT set_id text, OUT version text, OUT code text, OUT display text, OUT active boolean,
    OUT kind text, OUT name text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 50
BEGIN ATOMIC
    SELECT s.set_id, list->>'valueSetDate', e.code, e.entry->>'display', e.entry->'active' = 'true', s.kind, n.name
    FROM (SELECT list->>'valueSetId' AS set_id,
                 CASE list->>'valueSetId' WHEN 'disease-agent-targeted' THEN 'disease' WHEN 'vaccines-covid-19-names' THEN 'product'
                     WHEN 'covid-19-lab-test-type' THEN 'test' WHEN 'covid-19-lab-result' THEN 'result' END AS kind) s
    CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(list->'valueSetValues') WHEN 'object' THEN list->'valueSetValues' ELSE '{}' END) e (code, entry)
    LEFT JOIN LATERAL (SELECT coalesce(CASE WHEN e.code !~ '^#' THEN cccd_code(s.kind, e.code) END,
                                       CASE WHEN e.entry->>'display' !~ '^#' THEN cccd_code(s.kind, e.entry->>'display') END) AS code) c ON true
    LEFT JOIN cccd_code_list() n ON n.canonical AND n.kind = s.kind AND n.code = c.code;
END;
COMMENT ON FUNCTION cccd_value_set(jsonb) IS
    'the codes of a value set of health certificates, in the JSON form in which the eHealth Network publishes them: its identifier and version, each code with its display name and whether it is in use, the kind of name that rules have for it (disease, product, test, result, or NULL), and the name, by the code or else by the display name, NULL if rules know none; no rows where there are no values';
