-- pictures of cards: read and let go

CREATE FUNCTION read_picture(image bytea, OUT scan text, OUT ticket text, OUT certificates text[], OUT problem text)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    codes text[];
BEGIN
    IF image IS NULL THEN
        RETURN;
    END IF;
    -- a picture that cannot be read does not fail the statement, because the
    -- server's log would keep that statement
    BEGIN
        SELECT array_agg(s.payload) INTO codes
        FROM cccd_qr_scan(image, 2000) s WHERE s.payload IS NOT NULL;
    EXCEPTION
        WHEN invalid_binary_representation OR program_limit_exceeded OR external_routine_exception THEN
            problem := 'picture_unreadable';
            RETURN;
        WHEN feature_not_supported OR undefined_file OR insufficient_resources THEN
            problem := 'picture_not_possible';
            RETURN;
    END;

    -- the best document, unless there are two of its kind with two numbers
    WITH code AS (
        SELECT u.code, u.i, coalesce(c.id::text, c.old_id) AS number,
               coalesce(array_position('{card_2024,card_2021,mrz,personal,id,old_id,health_insurance,health_certificate,vds_nc,shc,other_certificate}', c.kind), 12) AS rank
        FROM unnest(codes) WITH ORDINALITY u(code, i)
        CROSS JOIN LATERAL cccd_card_from_scan(u.code) c
    )
    SELECT CASE WHEN count(DISTINCT k.number) <= 1 THEN (array_agg(k.code ORDER BY k.i))[1] END,
           CASE WHEN count(*) = 0 THEN 'picture_unreadable'
                WHEN count(DISTINCT k.number) > 1 THEN 'picture_ambiguous' END
    INTO scan, problem
    FROM code k WHERE k.rank = (SELECT min(m.rank) FROM code m);

    SELECT array_agg(u.code) INTO certificates FROM unnest(codes) u(code) WHERE cccd_scan_kind(u.code) IN ('health_certificate', 'vds_nc', 'shc', 'other_certificate');

    -- a ticket that lies beside it
    SELECT min(u.code) INTO ticket
    FROM unnest(codes) u(code)
    JOIN cccd_gate.ticket t ON t.secret_hash = cccd_gate.ticket_hash(u.code)
    HAVING count(DISTINCT u.code) = 1;
END
$$;
COMMENT ON FUNCTION read_picture(bytea) IS
    'what the QR codes of a PNG or JPEG picture say to check_in(): the code of the identity card, or of the best document that is there; the secret of a ticket, if exactly one code is a ticket of this database; health certificates; and what is wrong: picture_unreadable (no picture, too large, no code), picture_ambiguous (two people''s cards), picture_not_possible (the reader is not installed, or cannot start). The picture is stored nowhere';
