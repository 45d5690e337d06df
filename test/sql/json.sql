-- The reader of signed JSON against the server's jsonb: what one takes the other
-- takes, with the same content, but for what signed JSON may not hold (RFC 7493).
-- A text is made the payload of an unsigned SMART Health Card.

-- a token whose payload is one stored block (RFC 1951 3.2.4), in pairs of digits
CREATE FUNCTION pg_temp.url64(bytes bytea) RETURNS text LANGUAGE sql
    AS $$ SELECT rtrim(translate(encode(bytes, 'base64'), E'+/\n', '-_'), '=') $$;
CREATE FUNCTION pg_temp.card(payload text) RETURNS text LANGUAGE sql AS $$
    SELECT 'shc:/' || string_agg(to_char(ascii(c) - 45, 'FM00'), '' ORDER BY i)
    FROM (SELECT convert_to(payload, 'UTF8') AS b) p,
         LATERAL (SELECT length(b) AS n) l,
         regexp_split_to_table(pg_temp.url64(convert_to('{"alg":"ES256","zip":"DEF","kid":"' || repeat('A', 43) || '"}', 'UTF8')) || '.' ||
             pg_temp.url64('\x01'::bytea || set_byte(set_byte(set_byte(set_byte('\x00000000', 0, n & 255), 1, n >> 8), 2, 255 - (n & 255)), 3, 255 - (n >> 8)) || b) || '.AA', '') WITH ORDINALITY u(c, i) $$;
-- what the server makes of a text; NULL: nothing
CREATE FUNCTION pg_temp.server(payload text) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    RETURN payload::jsonb;
EXCEPTION WHEN data_exception OR program_limit_exceeded OR statement_too_complex THEN
    RETURN NULL;
END $$;
-- what ours makes of it
CREATE FUNCTION pg_temp.ours(payload text, OUT reason text, OUT content jsonb) LANGUAGE sql AS $$
    SELECT (SELECT r FROM unnest(reasons) r WHERE r LIKE 'json%'), d.content FROM cccd_certificate_decode(pg_temp.card(payload)) d $$;

-- members around what is tried: a card that shows its content
CREATE FUNCTION pg_temp.around(value text) RETURNS text LANGUAGE sql AS $$
    SELECT '{"x":' || value || ',"vc":{"type":["https://smarthealth.cards#health-card"],"credentialSubject":{"fhirBundle":{}}}}' $$;
CREATE TEMP TABLE said AS
SELECT value, pg_temp.server(pg_temp.around(value)) AS server, o.reason, o.content
FROM (SELECT unnest(ARRAY[
        'null', 'true', 'false', '0', '-0', '12.5', '-7', '1.0', '0.25', '123456789012345678901234567890', '""', '"a"', '[]', '{}', '[[]]', '[1,"a",null]',
        '{"a":{"b":[{}]}}', '"\u0041"', '"\u1ec5"', '"\ud83d\ude00"', '"\"\\\/\b\f\n\r\t"', ' 1 ', E'\t[\n1\r,2 ]', '{"":0}', '{"a":1,"A":2}', '"Nguyễn"', '"😀"',
        '', 'nul', 'True', 'NaN', 'Infinity', '01', '+1', '.5', '1.', '1e', '1e+', '0x1', '1 2', '--1', '[1,]', '[,1]', '[1 2]', '[1', '1]', '{"a"}', '{"a":}', '{"a":1,}', '{a:1}', '{''a'':1}',
        '{1:2}', '{"a":1 "b":2}', '{"a"::1}', '"', '"a', '"\x41"', '"\u12"', '"\u 123"', '"\U0041"', '"\ud83d"', '"\ude00"', '"\ud83dx"', '"\ud83d\u0041"', E'"\t"', E'"\n"', E'"\x1f"', '/**/1', '1//', '#', '1;', '[1}', '{"a":1]',
        '"\u0000"', '"\uffff"', '"\ufdd0"', '{"a":1,"a":1}', '{"a":1,"\u0061":2}', repeat('[', 15) || repeat(']', 15), repeat('[', 16) || repeat(']', 16)]) AS value) v,
     LATERAL pg_temp.ours(pg_temp.around(value)) o;
SELECT count(*) AS texts, count(server) AS server_takes, count(*) FILTER (WHERE reason IS NULL) AS ours_takes FROM said;
SELECT value, server IS NOT NULL AS server, reason FROM said WHERE (server IS NULL) <> (reason IS NOT NULL) ORDER BY value COLLATE "C";
SELECT value, server->'x' AS server, content->'x' AS ours FROM said WHERE server IS NOT NULL AND reason IS NULL AND server <> content;
-- a character of a text left out, repeated, or another one
CREATE TEMP TABLE base AS
SELECT pg_temp.around('{"iss":"https://a.example","nbf":1620992383.25,"l":[true,null,-5,0.5,"Nguyễn \u1ec5 \ud83d\ude00"],"o":{"a":[],"b":{}}}') AS text;
CREATE TEMP TABLE mutant AS
SELECT m.text, pg_temp.server(m.text) AS server, o.reason, o.content
FROM base, generate_series(1, length(base.text)) k, unnest(ARRAY['', substr(base.text, k, 1) || substr(base.text, k, 1), '"', ',', '}', ']', '\', '0', '-', 'e', ' ']) c,
     LATERAL (SELECT overlay(base.text PLACING c FROM k FOR 1) AS text) m, LATERAL pg_temp.ours(m.text) o;
SELECT count(*) > 2000 AS many, count(server) > 500 AS server_takes, count(*) FILTER (WHERE server IS NULL) > 500 AS server_refuses FROM mutant;
SELECT text, server IS NOT NULL AS server, reason FROM mutant WHERE (server IS NULL) <> (reason IS NOT NULL);
-- a number with an exponent is null in a content
SELECT text FROM mutant WHERE reason IS NULL AND server <> content AND text !~ '[0-9]e[0-9]';
SELECT count(content) > 200 AS many FROM mutant WHERE server = content;
