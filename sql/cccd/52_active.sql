-- active authentication

CREATE FUNCTION cccd_active_auth_verify(dg15 bytea, challenge bytea, response bytea, dg14 bytea DEFAULT NULL, dg15_trusted boolean DEFAULT false,
    OUT status text, OUT signature_status text, OUT reasons text[], OUT flags text[], OUT algorithm text)
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 8000;
COMMENT ON FUNCTION cccd_active_auth_verify(bytea, bytea, bytea, bytea, boolean) IS
    'active authentication: did the chip sign this challenge with the key of its DG15, so that it is not a clone? challenge is the 8 bytes sent to the chip, response its answer to INTERNAL AUTHENTICATE, dg14 the file that names the hash of an ECDSA key; dg15_trusted says that cccd_chip_verify found this DG15 (and DG14) in a trusted security object: trusted AND 15 = ANY (verified). Only then the answer means anything, because anybody can make a key: without it status is undetermined with reason aa_key_untrusted, however right signature_status is. status and signature_status are ok, failed, undetermined or not_performed (an argument is NULL); a bad answer is a result, not an error; that the challenge is fresh and used once is for the caller to see to; source: Doc 9303-11 section 6.1, ISO/IEC 9796-2 scheme 1 (B.4 and B.6), BSI TR-03111 section 5.2.1';
