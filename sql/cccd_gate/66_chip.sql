-- a card's chip: challenges, what was read, what it is worth

CREATE UNLOGGED TABLE challenge (
    challenge uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    event int NOT NULL,
    gate text NOT NULL,
    nonce bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    request_id uuid,
    CONSTRAINT challenge_nonce CHECK (length(nonce) = 8)
);
CREATE INDEX challenge_expires_at ON challenge (expires_at);
COMMENT ON TABLE challenge IS
    'what a chip is to sign to show that it is not a clone: random, of one gate, used once. Not logged: a crash removes all challenges, which helps no chip';
COMMENT ON COLUMN challenge.challenge IS 'internal key';
COMMENT ON COLUMN challenge.event IS 'event';
COMMENT ON COLUMN challenge.gate IS 'the gate that asked for it and alone may use it';
COMMENT ON COLUMN challenge.nonce IS '8 random bytes (RND.IFD of ICAO Doc 9303-11 section 6.1)';
COMMENT ON COLUMN challenge.expires_at IS 'worth nothing from then on, by the server''s clock';
COMMENT ON COLUMN challenge.used_at IS 'when a check used it up, whatever came of that check; NULL: not yet';
COMMENT ON COLUMN challenge.request_id IS 'the request that used it up; it may look again where others were quicker';
COMMENT ON INDEX challenge_expires_at IS 'old challenges are deleted';
COMMENT ON CONSTRAINT challenge_pkey ON challenge IS 'key';
COMMENT ON CONSTRAINT challenge_nonce ON challenge IS 'what the standard asks for';
ALTER TABLE challenge ALTER COLUMN nonce SET STATISTICS 0;

CREATE FUNCTION challenge(event text, gate text,
    OUT challenge_id uuid, OUT challenge bytea, OUT expires_at timestamptz, OUT problem text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    event_code ALIAS FOR $1;
    gate_name ALIAS FOR $2;
    -- 122 bits of a random UUID are random; these 64 are among them
    random CONSTANT bytea := uuid_send(gen_random_uuid());
    e record;
BEGIN
    SELECT v.event, v.challenge_lifetime, g.gate INTO e
    FROM cccd_gate.event v
    LEFT JOIN cccd_gate.gate g ON g.event = v.event AND g.gate = gate_name
    WHERE v.code = event_code;
    problem := coalesce(cccd_gate.door_problem('{gate,desk}', e.event), CASE WHEN e.gate IS NULL THEN 'gate_unknown' END);
    IF problem IS NOT NULL THEN
        RETURN;
    END IF;
    -- an hour longer than needed, so that a check can tell used from unknown;
    -- more go than come
    DELETE FROM cccd_gate.challenge c
    WHERE c.challenge IN (SELECT o.challenge FROM cccd_gate.challenge o
                          WHERE o.expires_at < clock_timestamp() - interval '1 hour'
                          LIMIT 10 FOR UPDATE SKIP LOCKED);
    INSERT INTO cccd_gate.challenge AS c (event, gate, nonce, expires_at)
    VALUES (e.event, e.gate, substr(random, 1, 6) || substr(random, 11, 2), clock_timestamp() + e.challenge_lifetime)
    RETURNING c.challenge, c.nonce, c.expires_at INTO challenge_id, challenge, expires_at;
END
$$;
COMMENT ON FUNCTION challenge(text, text) IS
    'a challenge for the chip of the next card at this gate: event.code and gate. Commit, send the 8 bytes with INTERNAL AUTHENTICATE, and give challenge_id and what the chip answered to check_in(), before event.challenge_lifetime is over. Returns not_handed_over, event_unknown (also to who has no duty there) or gate_unknown as problem, and no challenge. Random as gen_random_uuid() is; source: ICAO Doc 9303-11 section 6.1';

CREATE TABLE chip_reading (
    request_id uuid PRIMARY KEY,
    person bigint REFERENCES person ON DELETE CASCADE,
    trusted boolean NOT NULL,
    active text NOT NULL,
    findings text[] NOT NULL,
    sod_digest bytea,
    signer_fingerprint bytea,
    anchor_fingerprint bytea,
    trust_digest bytea,
    CONSTRAINT chip_reading_active CHECK (active IN ('ok', 'failed', 'undetermined', 'not_performed'))
);
CREATE INDEX chip_reading_person ON chip_reading (person);
CREATE INDEX chip_reading_signer ON chip_reading (signer_fingerprint);
COMMENT ON TABLE chip_reading IS
    'what came of every chip that was read; of what the chip holds only a digest is kept, no data group, no name, no photo';
COMMENT ON COLUMN chip_reading.request_id IS 'the request it was read for';
COMMENT ON COLUMN chip_reading.person IS 'who the answer is about; NULL if not known';
COMMENT ON COLUMN chip_reading.trusted IS 'passive authentication: the files are what the state signed';
COMMENT ON COLUMN chip_reading.active IS 'active authentication: the chip is not a clone; ok, failed, undetermined or not_performed';
COMMENT ON COLUMN chip_reading.findings IS 'codes of cccd_chip_verify and cccd_active_auth_verify that speak against it, and revocation_not_checked where no revocation list in force answered for the signer; {} if none';
COMMENT ON COLUMN chip_reading.sod_digest IS 'SHA-256 of EF.SOD: the same card again, and nothing that could be computed from a number';
COMMENT ON COLUMN chip_reading.signer_fingerprint IS 'SHA-256 of the document signer''s certificate';
COMMENT ON COLUMN chip_reading.anchor_fingerprint IS 'SHA-256 of the CSCA certificate';
COMMENT ON COLUMN chip_reading.trust_digest IS 'the trust value it was judged under: trust.digest; NULL: there was none';
COMMENT ON INDEX chip_reading_person IS 'erasing a person';
COMMENT ON INDEX chip_reading_signer IS 'whose cards did a signer sign that was found out later';
COMMENT ON CONSTRAINT chip_reading_pkey ON chip_reading IS 'a request has one reading';
COMMENT ON CONSTRAINT chip_reading_person_fkey ON chip_reading IS 'readings go with their person';
COMMENT ON CONSTRAINT chip_reading_active ON chip_reading IS 'known states';

CREATE TYPE shown_document AS (
    kind text,
    id cccd_id,
    passport text,
    old_id text,
    name text,
    birth_date date,
    sex text,
    issued date,
    expires date,
    flags text[]
);
COMMENT ON TYPE shown_document IS 'what a scan or a chip says';
COMMENT ON COLUMN shown_document.kind IS 'as cccd_scan_kind names it, passport, or chip';
COMMENT ON COLUMN shown_document.id IS 'identity number';
COMMENT ON COLUMN shown_document.passport IS 'number of a passport';
COMMENT ON COLUMN shown_document.old_id IS 'number of an old card';
COMMENT ON COLUMN shown_document.name IS 'name';
COMMENT ON COLUMN shown_document.birth_date IS 'birth date';
COMMENT ON COLUMN shown_document.sex IS 'M or F';
COMMENT ON COLUMN shown_document.issued IS 'date of issue';
COMMENT ON COLUMN shown_document.expires IS 'last day of validity';
COMMENT ON COLUMN shown_document.flags IS 'flags of cccd_card_from_scan or cccd_card_from_chip';

-- in PL/pgSQL, which keeps the plans for the session; an SQL function in an
-- expression is planned again in every transaction
CREATE FUNCTION chip_document(data_groups bytea[]) RETURNS shown_document
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    chip cccd_gate.shown_document;
BEGIN
    -- 32 is the limit of cccd_card_from_chip, which takes more for an error
    SELECT 'chip', c.id, NULL, c.old_id, c.name, c.birth_date, c.sex, c.issued, c.expires, c.flags INTO chip
    FROM cccd_card_from_chip(CASE WHEN cardinality(data_groups) <= 32 THEN data_groups END) c;
    RETURN chip;
END
$$;
COMMENT ON FUNCTION chip_document(bytea[]) IS 'what the files of a chip say of its holder, whether or not they are genuine';

CREATE FUNCTION chip_disagreements(scan shown_document, chip shown_document, holder bigint) RETURNS text[]
    LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF chip.id IS NULL THEN
        RETURN '{chip_unreadable}';
    ELSIF scan.id <> chip.id THEN
        RETURN '{chip_other_card}';
    ELSIF scan.id IS NULL AND num_nonnulls(scan.old_id, scan.passport) > 0
        AND NOT EXISTS (SELECT FROM cccd_gate.identity_number n WHERE n.id = chip.id AND n.person = holder) THEN
        RETURN '{chip_other_card}';
    ELSIF cccd_name_key(scan.name) <> cccd_name_key(chip.name)
          AND NOT scan.flags && '{name_truncated,encoding_suspect,masked}'
        OR scan.birth_date <> chip.birth_date OR scan.sex <> chip.sex
        OR scan.issued <> chip.issued OR scan.expires <> chip.expires
        OR chip.flags && '{dg13_dob_mismatch,dg13_sex_mismatch,dg13_expiry_mismatch,dg13_name_mismatch}' THEN
        RETURN '{chip_disagrees}';
    END IF;
    RETURN '{}';
END
$$;
COMMENT ON FUNCTION chip_disagreements(shown_document, shown_document, bigint) IS
    'reasons for what scan and chip contradict each other in; the third argument is the person whom the scan named. Signs that a scanner garbled are not held against the card';

-- doc/chip.md has this table in words; lint compares them
CREATE FUNCTION chip_reasons(findings text[], proof text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN ARRAY(
        SELECT f.reason
        FROM (SELECT n, CASE
                  -- the proofs: what is not proven accuses nobody
                  WHEN code = ANY ('{dg_hash_mismatch,message_digest_mismatch}') AND proof = 'changed' THEN 'chip_changed'
                  WHEN code = ANY ('{signature_invalid,csca_found_signature_invalid}') AND proof = 'forged' THEN 'chip_forged'
                  WHEN code = ANY ('{aa_signature_invalid,aa_header,aa_hash_mismatch}') AND proof = 'copied' THEN 'chip_copied'
                  WHEN code = ANY ('{revoked,csca_revoked}') THEN 'chip_signer_revoked'
                  -- everything else is for a person to judge
                  WHEN code = ANY ('{dg13_country_mismatch,mrz_country_mismatch,dsc_country_mismatch,country_missing,country_ambiguous,country_unknown}') THEN 'chip_other_state'
                  WHEN code = ANY ('{dg1_missing,dsc_doc_type_unknown,document_state_unknown}') THEN 'chip_mrz_missing'
                  WHEN code = ANY ('{dsc_is_ca,dsc_key_usage,dsc_eku_critical,dsc_eku_other_role,dsc_critical_extension_unknown,dsc_doc_type_not_allowed}') THEN 'chip_signer_role'
                  WHEN code = ANY ('{trust_store_empty,csca_not_found,attempts_exhausted,signer_cert_not_found,signer_cert_ambiguous}') THEN 'chip_signer_unknown'
                  WHEN code = ANY ('{dsc_not_yet_valid,dsc_expired,csca_not_yet_valid,csca_expired}') THEN 'chip_signer_expired'
                  WHEN code = ANY ('{signing_time_outside_dsc}') THEN 'chip_signing_time'
                  WHEN code = ANY ('{crl_expired,crl_not_yet_valid,crl_signature_invalid,crl_unsupported_delta,crl_attempts_exhausted}') THEN 'chip_revocation_unknown'
                  WHEN code = ANY ('{dg_not_in_sod,com_sod_mismatch}') THEN 'chip_unsigned_file'
                  WHEN code = ANY ('{weak_algorithm,key_too_small,aa_key_too_small}') THEN 'chip_weak'
                  WHEN code = ANY ('{lds_version_unsupported,lds_digest_unsupported,digest_unsupported,signature_algorithm_unsupported,key_unsupported,curve_unknown,curve_params_nonstandard,ec_point_invalid,aa_unknown_trailer,aa_hash_unknown}') THEN 'chip_unsupported'
                  WHEN code = ANY ('{sod_tag,sod_version,sod_digest_algorithms,sod_signer_info_version,sod_econtent_type,lds_version_inconsistent,lds_dg_hash_length,dg2_missing,signature_plain_format,signature_key_oid,digestinfo_no_null,dsc_key_usage_missing,dsc_eku_present,dsc_sigalg_inner_outer,aki_missing,time_encoding_invalid}') THEN 'chip_policy'
                  WHEN code = ANY ('{sod_missing,sod_malformed,sod_too_large,sod_not_signed_data,sod_econtent_missing,sod_no_signer,lds_malformed,lds_dg_number_invalid,lds_dg_duplicate,dg_none_supplied,dg_malformed,dg_unknown,dg_duplicate,attrs_missing,attr_duplicate,attr_content_type_missing,attr_content_type_mismatch,attr_message_digest_missing,message_digest_length,signature_params_invalid,signature_malformed,dsc_malformed,aa_nonce_length,aa_signature_length}') THEN 'chip_unreadable'
                  -- an unproven difference, and whatever is new
                  ELSE 'chip_not_verified' END AS reason
              FROM unnest(findings) WITH ORDINALITY u(finding, n)
              CROSS JOIN LATERAL split_part(u.finding, '(', 1) code
              WHERE code <> 'aa_key_untrusted') f
        GROUP BY f.reason
        ORDER BY f.reason <> ALL ('{chip_forged,chip_changed,chip_copied}'), min(f.n));
END
$$;
COMMENT ON FUNCTION chip_reasons(text[], text) IS
    'reasons of the gate for reasons of cccd_chip_verify and cccd_active_auth_verify. The second argument is what is proven: changed and forged of cccd_chip_verify, copied for an answer under a key that the state signed, anything else for nothing; without proof nobody is called a forger. The table is in doc/chip.md; source: BSI TR-03135-1 section 5.6.4';

CREATE FUNCTION read_chip(event int, gate text, sod bytea, data_groups bytea[], challenge_id uuid, response bytea,
    at timestamptz, request_id uuid, OUT problems text[], OUT level text, OUT reading chip_reading)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    event_key ALIAS FOR $1;
    gate_name ALIAS FOR $2;
    files CONSTANT bytea[] := CASE WHEN cardinality($4) <= 32 THEN $4 ELSE '{}' END;
    wanted ALIAS FOR $5;
    answer ALIAS FOR $6;
    request ALIAS FOR $8;
    c record;
    v record;
    active text := 'not_performed';
    active_reasons text[] := '{}';
    dg14 bytea;
    dg15 bytea;
    signed_key boolean;
BEGIN
    problems := '{}';
    SELECT t.digest, t.revocation_required, s.* INTO v
    FROM cccd_gate.trust t
    CROSS JOIN LATERAL cccd_chip_verify(coalesce($3, ''), files, t.value, $7, t.policy) s
    WHERE t.purpose = 'chip' AND t.retired_at IS NULL AND (t.valid_until <= clock_timestamp()) IS NOT TRUE;

    -- challenges are not logged, so that a standby has none
    IF num_nonnulls(wanted, answer) > 0 AND NOT pg_is_in_recovery() THEN
        -- The challenge is used up whatever comes of the check.  Of two gates
        -- the second waits here for the first to commit.
        IF request IS NOT NULL THEN
            UPDATE cccd_gate.challenge x
            SET used_at = clock_timestamp(), request_id = request
            WHERE x.challenge = wanted AND x.event = event_key AND x.gate = gate_name AND (x.used_at IS NULL OR x.request_id = request)
            RETURNING x.nonce, x.expires_at > clock_timestamp() AS fresh INTO c;
        ELSE
            SELECT x.nonce, x.expires_at > clock_timestamp() AS fresh INTO c
            FROM cccd_gate.challenge x
            WHERE x.challenge = wanted AND x.event = event_key AND x.gate = gate_name AND x.used_at IS NULL;
        END IF;
        IF c.fresh THEN
            dg14 := (SELECT f FROM unnest(files) f WHERE substr(f, 1, 1) = '\x6e' LIMIT 1);
            dg15 := (SELECT f FROM unnest(files) f WHERE substr(f, 1, 1) = '\x6f' LIMIT 1);
            -- the state signed this key, whatever else the policy demands
            signed_key := (v.proof = 'signed' AND 15 = ANY (v.verified) AND (dg14 IS NULL OR 14 = ANY (v.verified))) IS TRUE;
            SELECT s.status, s.reasons INTO active, active_reasons
            FROM cccd_active_auth_verify(dg15, c.nonce, answer, dg14, signed_key AND v.trusted) s;
            IF active = 'not_performed' THEN
                active_reasons := '{}';
            END IF;
        ELSE
            problems := ARRAY[CASE
                WHEN c.nonce IS NOT NULL THEN 'challenge_expired'
                WHEN EXISTS (SELECT FROM cccd_gate.challenge x WHERE x.challenge = wanted AND x.used_at IS NOT NULL) THEN 'challenge_used'
                ELSE 'challenge_unknown' END];
        END IF;
    END IF;

    problems := problems || CASE
        WHEN v.digest IS NULL THEN '{chip_trust_missing}'
        WHEN v.trusted THEN array_remove(ARRAY[
            -- at the gate the document is Viet Nam's, and says so itself
            CASE WHEN upper(v.country) IS DISTINCT FROM 'VN' OR 1 = ANY (v.verified) AND v.country_status <> 'ok'
                 THEN 'chip_other_state' END,
            CASE WHEN NOT 1 = ANY (v.verified) THEN 'chip_mrz_missing' END,
            CASE WHEN v.revocation_required AND v.revocation_status <> 'ok' THEN 'chip_revocation_unknown' END], NULL)
        WHEN v.reasons = '{}' THEN '{chip_not_verified}'
        ELSE cccd_gate.chip_reasons(v.reasons, v.proof) END;
    -- an answer to a key that nobody signed says nothing; the signature's reasons do
    IF signed_key THEN
        problems := problems || ARRAY(
            SELECT r FROM unnest(cccd_gate.chip_reasons(active_reasons, 'copied')) r WHERE r <> ALL (problems));
    END IF;
    IF problems = '{}' THEN
        level := CASE active WHEN 'ok' THEN 'genuine' ELSE 'chip' END;
    END IF;

    reading.trusted := coalesce(v.trusted, false);
    reading.active := active;
    reading.findings := coalesce(v.reasons, '{}') || active_reasons
        -- the state's CSCA vouches for the signer, and no list answered for it
        || CASE WHEN v.anchor_fingerprint IS NOT NULL AND v.revocation_status NOT IN ('ok', 'failed')
                THEN '{revocation_not_checked}'::text[] ELSE '{}' END;
    reading.sod_digest := sha256($3);
    reading.signer_fingerprint := v.signer_fingerprint;
    reading.anchor_fingerprint := v.anchor_fingerprint;
    reading.trust_digest := v.digest;
END
$$;
COMMENT ON FUNCTION read_chip(int, text, bytea, bytea[], uuid, bytea, timestamptz, uuid) IS
    'passive and active authentication of a chip for check_in(). Arguments: event, gate, EF.SOD, data groups, challenge, the chip''s answer to it, moment, the request that uses the challenge up, NULL for a preview. Returns reasons, the level of evidence if there are none (chip: the files are what the state signed; genuine: the chip is not a clone either), and the row for chip_reading without request and person. What cannot be decided never counts as verified';
