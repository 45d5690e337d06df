-- QR codes in and out: pictures to payloads, payloads to pictures

-- STABLE, not IMMUTABLE: the answer comes from a program, and a build with
-- zxing-cpp reads codes that one without it does not.  PARALLEL SAFE: each
-- worker has a reader of its own.
CREATE FUNCTION cccd_qr_scan(image bytea, time_limit integer DEFAULT 5000,
    OUT payload text, OUT bytes bytea, OUT corners polygon,
    OUT reader text, OUT step text)
    RETURNS SETOF record
    AS 'cccd_qr' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 20000 ROWS 1;
COMMENT ON FUNCTION cccd_qr_scan(bytea, integer) IS
    'QR codes of a PNG or JPEG picture, one row each, none when there is none; time_limit in milliseconds, 1 to 20000; payload: as text, NULL unless it is UTF-8; bytes: as it stands in the code; corners: pixels, top left, top right, bottom right, bottom left of the code itself; reader and step: what found it; errors: 22P03 not a picture or broken, 54000 over 8 MB, 10000 pixels a side, 25 megapixels, 50 JPEG scans, 256 codes or the time limit, 38000 the reader crashed, 0A000 the reader is not installed (ISO/IEC 18004)';

CREATE FUNCTION cccd_qr_png(payload text, level text DEFAULT 'M',
    module_size integer DEFAULT 4, margin integer DEFAULT 4)
    RETURNS bytea
    AS 'cccd_qr', 'cccd_qr_png_text'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION cccd_qr_png(text, text, integer, integer) IS
    'QR code of a text, in UTF-8, as PNG of one bit a pixel; level: error correction L, M, Q or H; module_size in pixels, 1 to 100; margin in modules, 0 to 100, of which the standard wants 4; the smallest version that holds the payload; errors: 22023 empty payload or an argument, 54000 over 2953, 2331, 1663 or 1273 bytes by level or over 25 megapixels, 0A000 built without libqrencode (ISO/IEC 18004)';

CREATE FUNCTION cccd_qr_png(payload bytea, level text DEFAULT 'M',
    module_size integer DEFAULT 4, margin integer DEFAULT 4)
    RETURNS bytea
    AS 'cccd_qr', 'cccd_qr_png_bytes'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION cccd_qr_png(bytea, text, integer, integer) IS
    'QR code of bytes as PNG of one bit a pixel; arguments and errors as those of cccd_qr_png(text, text, integer, integer)';

CREATE FUNCTION cccd_qr_svg(payload text, level text DEFAULT 'M',
    module_size integer DEFAULT 4, margin integer DEFAULT 4)
    RETURNS text
    AS 'cccd_qr', 'cccd_qr_svg_text'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cccd_qr_svg(text, text, integer, integer) IS
    'QR code of a text, in UTF-8, as SVG: one path in units of modules; module_size: pixels a module of its stated width and height; other arguments and errors as those of cccd_qr_png(text, text, integer, integer)';

CREATE FUNCTION cccd_qr_svg(payload bytea, level text DEFAULT 'M',
    module_size integer DEFAULT 4, margin integer DEFAULT 4)
    RETURNS text
    AS 'cccd_qr', 'cccd_qr_svg_bytes'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cccd_qr_svg(bytea, text, integer, integer) IS
    'QR code of bytes as SVG; arguments and errors as those of cccd_qr_svg(text, text, integer, integer)';

CREATE FUNCTION cccd_qr_text(payload text, level text DEFAULT 'M',
    margin integer DEFAULT 4, inverted boolean DEFAULT false)
    RETURNS text
    AS 'cccd_qr', 'cccd_qr_text_text'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cccd_qr_text(text, text, integer, boolean) IS
    'QR code of a text, in UTF-8, in half blocks for a terminal that writes light on dark; inverted: for one that writes dark on light; level, margin and errors as those of cccd_qr_png(text, text, integer, integer)';

CREATE FUNCTION cccd_qr_text(payload bytea, level text DEFAULT 'M',
    margin integer DEFAULT 4, inverted boolean DEFAULT false)
    RETURNS text
    AS 'cccd_qr', 'cccd_qr_text_bytes'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cccd_qr_text(bytea, text, integer, boolean) IS
    'QR code of bytes in half blocks for a terminal; arguments and errors as those of cccd_qr_text(text, text, integer, boolean)';

CREATE FUNCTION cccd_card_from_image(image bytea, time_limit integer DEFAULT 5000,
    OUT kind text, OUT id cccd_id, OUT old_id text, OUT cancelled_ids cccd_id[],
    OUT name text, OUT birth_date date, OUT sex text, OUT address text,
    OUT issued date, OUT expires date, OUT flags text[], OUT extra text[])
    RETURNS SETOF record
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20000 ROWS 1
    BEGIN ATOMIC
        SELECT c.kind, c.id, c.old_id, c.cancelled_ids, c.name, c.birth_date,
            c.sex, c.address, c.issued, c.expires, c.flags, c.extra
        FROM cccd_qr_scan(image, time_limit) s, cccd_card_from_scan(s.payload) c
        WHERE s.payload IS NOT NULL
        ORDER BY c.kind = 'unknown';
    END;
COMMENT ON FUNCTION cccd_card_from_image(bytea, integer) IS
    'what the QR codes of a picture say, one row each, what is known first, none when there is no code: columns of cccd_card_from_scan; codes that are not UTF-8 are left out; arguments and errors as those of cccd_qr_scan';
