-- Other people's answers of chips, each with the result that the data states.
-- One row of "result" is a case.

-- A public key as EF.DG15: the one vector that comes without the file.
CREATE FUNCTION as_dg15(spki bytea) RETURNS bytea LANGUAGE sql
    AS $$ SELECT '\x6f81'::bytea || set_byte('\x00', 0, length(spki)) || spki $$;

CREATE TABLE vector AS
SELECT v.family, v.n, coalesce(e->>'name', (e->>'source') || ' ' || v.n) AS item, e->>'expect' AS expect,
       coalesce(decode(e->>'dg15', 'hex'), as_dg15(decode(e->>'spki', 'hex'))) AS dg15,
       decode(e->>'dg14', 'hex') AS dg14, decode(e->>'nonce', 'hex') AS challenge,
       decode(e->>'signature', 'hex') AS response
FROM (SELECT 'published' AS family, n, e FROM jsonb_array_elements(convert_from(file('aa_vectors.json'), 'UTF8')::jsonb) WITH ORDINALITY j (e, n)
      UNION ALL
      SELECT 'synthetic', n, e FROM jsonb_array_elements(convert_from(file('synthetic-aa/aa_vectors.json'), 'UTF8')::jsonb) WITH ORDINALITY j (e, n)) v;

-- What the words of the data mean.  It says aa_challenge_mismatch of what a
-- verifier without a record of the challenge can only see as a hash, or a
-- signature, that does not fit (its README).
CREATE TABLE meaning (expect text, status text, codes text[]);
INSERT INTO meaning VALUES
    ('valid', 'ok', NULL),
    ('valid (ISO 9796-2 B.4: n - J)', 'ok', '{aa_complement}'),
    ('valid with deviation aa_sig_der (PT Cartao de Cidadao)', 'ok', '{aa_sig_der}'),
    ('aa_challenge_mismatch', 'failed', '{aa_hash_mismatch,aa_signature_invalid}'),
    ('aa_nonce_length', 'failed', '{aa_nonce_length}'),
    ('aa_signature_invalid', 'failed', '{aa_signature_invalid}'),
    ('aa_signature_length', 'failed', '{aa_signature_length}'),
    ('aa_unknown_trailer', 'failed', '{aa_unknown_trailer}'),
    ('another permitted hash', 'ok', '{aa_hash_other}');
-- Of two answers the data says that they are invalid because DG14 names SHA-512,
-- or the trailer SHA-1, and the chip signed with another hash.  The key made
-- them over this challenge, so the chip is not a copy: the other hashes that Doc
-- 9303-11 6.1.2.2 and 6.1.2.3 permit are tried, and a flag says so.
UPDATE vector SET expect = 'another permitted hash'
WHERE item = 'ecdsa_secp256r1_sha256_plain_dg14_says_sha512' OR expect = 'aa_hash_mismatch (trailer says SHA-1)';

INSERT INTO result
SELECT family, item, v.expect, concat_ws(' ', a.status, algorithm, reasons || flags),
       a.status = m.status AND signature_status = m.status
       AND (m.codes IS NULL OR m.codes && (reasons || flags))
       AND (m.status <> 'ok' OR reasons = '{}')
       -- the name says which hash it is
       AND (m.status <> 'ok' OR item !~ 'sha\d'
            OR algorithm ~ ('SHA-' || substring(item FROM 'sha(\d+)') || ' '))
FROM vector v LEFT JOIN meaning m ON m.expect = v.expect
LEFT JOIN LATERAL cccd_active_auth_verify(dg15, challenge, response, dg14, true) a ON true
ORDER BY family, n;

-- The part of the message that pymrtd recovered is the part that is hashed:
-- the same answers fail for every other challenge.
INSERT INTO result
SELECT family || ' other challenges', item, '0 of 64', count(*) FILTER (WHERE status <> 'failed') || ' of ' || count(*),
       count(*) = 64 AND count(*) FILTER (WHERE status <> 'failed') = 0
FROM vector, generate_series(0, 63) bit,
     cccd_active_auth_verify(dg15, set_bit(challenge, bit, 1 - get_bit(challenge, bit)), response, dg14, true)
WHERE expect LIKE 'valid%'
GROUP BY family, item;

-- Every one-bit change of a valid answer.
INSERT INTO result
SELECT family || ' changed answers', item, '0', count(*) FILTER (WHERE status <> 'failed') || ' of ' || count(*),
       count(*) = 8 * max(length(response)) AND count(*) FILTER (WHERE status <> 'failed') = 0
FROM vector, generate_series(0, 8 * length(response) - 1) bit,
     cccd_active_auth_verify(dg15, challenge, set_bit(response, bit, 1 - get_bit(response, bit)), dg14, true)
WHERE expect LIKE 'valid%'
GROUP BY family, item;

-- None of them is ok without a DG15 that somebody vouches for.
INSERT INTO result
SELECT family || ' untrusted key', item, 'undetermined', concat_ws(' ', status, signature_status, reasons),
       status = 'undetermined' AND signature_status = 'ok' AND reasons = '{aa_key_untrusted}'
FROM vector, cccd_active_auth_verify(dg15, challenge, response, dg14)
WHERE expect LIKE 'valid%';

-- DG15 of published documents: the key is read, and an answer of nothing but
-- zeros is not taken.  The reference set of BSI TR-03105-5 writes its modulus
-- as a negative number, which is a flag, and a fuzzed file of pymrtd has an
-- even one.
INSERT INTO result
SELECT 'files', file, code, concat_ws(' ', status, algorithm, reasons || flags),
       status <> 'ok' AND reasons = ARRAY[code]
       AND ('key_sign_missing' = ANY (flags)) = (file IN ('jmrtd/bsi2008/Datagroup15.bin', 'tsemrtd/EF_DG15.bin'))
FROM (VALUES ('pymrtd/lds/dg15_16.bin', 'aa_signature_invalid'),
             ('pymrtd/lds/dg15_34.bin', 'aa_signature_invalid'),
             ('pymrtd/lds/dg15_sodtest_L113.bin', 'aa_signature_invalid'),
             ('pymrtd/lds/dg15_sodtest_L296.bin', 'aa_signature_invalid'),
             ('pymrtd/lds/dg15_sodtest_L470.bin', 'aa_signature_invalid'),
             ('pymrtd/lds/dg15_sodtest_L671.bin', 'key_unsupported'),
             ('gmrtd/lds/dg15_dg15_test_63.bin', 'aa_signature_length'),
             ('gmrtd/lds/dg15_sample_document_48.bin', 'aa_signature_length'),
             ('jmrtd/loes2006/ef010F.bin', 'aa_signature_invalid'),
             ('jmrtd/bsi2008/Datagroup15.bin', 'aa_signature_invalid'),
             ('tsemrtd/EF_DG15.bin', 'aa_signature_invalid'),
             ('worldfnd-icao-9303/Datagroup15.bin', 'aa_signature_invalid')) f (file, code),
     cccd_active_auth_verify(file(file), '\x0102030405060708', decode(repeat('00', 128), 'hex'), NULL, true);
