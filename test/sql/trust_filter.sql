-- Trust values as something that is kept: taking out, filtering, writing out
-- and reading in again.
\getenv root PG_ABS_SRCDIR
SET TimeZone = 'UTC';
CREATE FUNCTION pg_temp.file(name text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT pg_read_binary_file(current_setting('cccd_test.root') || '/data/' || name) $$;
SELECT set_config('cccd_test.root', :'root', false) = :'root' AS set;
CREATE FUNCTION pg_temp.prints(trust cccd_trust) RETURNS bytea[] LANGUAGE sql
    AS $$ SELECT array_agg(fingerprint) FROM cccd_trust_list(trust) $$;

-- the pieces: certificates of a state with a link, another state's, lists, keys
CREATE TEMP TABLE piece (name text PRIMARY KEY, trust cccd_trust);
INSERT INTO piece
SELECT name, cccd_trust_from_certificate(pg_temp.file('chip/' || name || '.der')) FROM unnest('{csca1,csca2,link,signer1}'::text[]) name
UNION ALL SELECT 'crl', cccd_trust_from_crl(pg_temp.file('chip/revoking.crl'))
UNION ALL SELECT 'other', cccd_trust_from_certificate(pg_temp.file('gate_chip/other.csca'))
UNION ALL SELECT 'list', cccd_trust_from_master_list(pg_temp.file('chip/list.ml'), cccd_trust_from_certificate(pg_temp.file('chip/csca1.der')))
UNION ALL SELECT 'health', cccd_trust_from_certificate(pg_temp.file('hcert/vn.der'), 'health_certificate')
UNION ALL SELECT 'health xa', cccd_trust_from_certificate(pg_temp.file('hcert/xa.der'), 'health_certificate')
UNION ALL SELECT 'key', cccd_trust_from_json('[{"kid": "AQIDBAUGBwg=", "country": "VN", "kty": "EC", "crv": "P-256", "x": "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY", "y": "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}]')
UNION ALL SELECT 'stateless', cccd_trust_from_json('[{"kid": "CAcGBQQDAgE=", "kty": "EC", "crv": "P-256", "x": "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY", "y": "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}]')
UNION ALL SELECT 'revoked', cccd_trust_from_revocation('uci', ARRAY[sha256('a')]);
CREATE FUNCTION pg_temp.of(VARIADIC names text[]) RETURNS cccd_trust LANGUAGE sql
    AS $$ SELECT cccd_trust_agg(trust) FROM pg_temp.piece WHERE name = ANY (names) $$;
CREATE TEMP TABLE kept AS SELECT cccd_trust_agg(trust) AS trust FROM piece;
SELECT purpose, kind, source, country, count(*), count(*) FILTER (WHERE via_link) AS by_link, bool_and(sha256(der) = fingerprint) AS named
FROM kept, cccd_trust_list(trust) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;

-- written out and read in again, it is the same value; so is what one entry at a time gives
CREATE TEMP TABLE written AS SELECT l.* FROM kept, cccd_trust_list(trust) l;
SELECT cccd_trust_digest(cccd_trust_agg(cccd_trust_from_entry(kind, purpose, source, der))) = (SELECT cccd_trust_digest(trust) FROM kept) AS same FROM written;
-- a certificate is what it is, whatever the listing says
SELECT said, l.kind FROM unnest('{anchor,link,signer}'::text[]) said, cccd_trust_list(cccd_trust_from_entry(said, 'chip', 'ldif', pg_temp.file('chip/link.der'))) l ORDER BY said;
SELECT cccd_trust_from_entry('crl', 'chip', 'operator', pg_temp.file('chip/csca1.der'));
SELECT cccd_trust_from_entry('anchor', 'chip', 'operator', pg_temp.file('chip/revoking.crl'));
SELECT cccd_trust_from_entry('key', 'health_certificate', 'json', '\x3000');
SELECT cccd_trust_from_entry('revoked', 'health_certificate', 'operator', '');
SELECT cccd_trust_from_entry('root', 'chip', 'operator', '');
SELECT cccd_trust_from_entry('anchor', 'passport', 'operator', '');
SELECT cccd_trust_from_entry('anchor', 'chip', 'friend', '');

-- || and without undo each other, piece by piece
SELECT p.name, cccd_trust_digest(cccd_trust_without(k.trust, pg_temp.prints(p.trust))) = cccd_trust_digest(rest.trust) AS taken_out,
       cccd_trust_digest(cccd_trust_without(k.trust, pg_temp.prints(p.trust)) || p.trust) = cccd_trust_digest(k.trust) AS put_back
FROM kept k, piece p, LATERAL (SELECT cccd_trust_agg(q.trust) FROM piece q WHERE q.name <> p.name) rest (trust)
WHERE p.name NOT IN ('list', 'csca1', 'csca2', 'link') ORDER BY p.name;
-- the anchor behind a link goes, and the link trusts nobody any more
SELECT n, kind, key, via_link FROM (VALUES (1, pg_temp.of('csca1', 'link')), (2, cccd_trust_without(pg_temp.of('csca1', 'link'), ARRAY[sha256(pg_temp.file('chip/csca1.der'))])),
    (3, cccd_trust_without(pg_temp.of('csca1', 'link'), ARRAY[sha256(pg_temp.file('chip/csca1.der'))]) || pg_temp.of('csca1'))) v (n, trust), cccd_trust_list(trust) ORDER BY n, kind, via_link;
SELECT cccd_trust_digest(cccd_trust_without(pg_temp.of('csca1', 'link', 'crl'), pg_temp.prints(pg_temp.of('csca1')))) = cccd_trust_digest(pg_temp.of('link', 'crl')) AS same;
-- nothing to take out, a fingerprint that names nothing, everything
SELECT cccd_trust_digest(cccd_trust_without(trust, '{}')) = cccd_trust_digest(trust) AS same FROM kept;
SELECT cccd_trust_digest(cccd_trust_without(trust, ARRAY[sha256('a'), sha256('a'), sha256(pg_temp.file('chip/csca1.der')), sha256('b')])) = cccd_trust_digest(cccd_trust_without(trust, ARRAY[sha256(pg_temp.file('chip/csca1.der'))])) AS same FROM kept;
SELECT count(l) FROM kept, cccd_trust_list(cccd_trust_without(trust, pg_temp.prints(trust))) l;
SELECT count(l) FROM kept, cccd_trust_list(cccd_trust_without(trust, pg_temp.prints(trust))::text::cccd_trust) l;
SELECT cccd_trust_without(trust, ARRAY['\x01'::bytea]) FROM kept;
SELECT cccd_trust_without(trust, ARRAY[sha256('a'), sha512('a')]) FROM kept;
SELECT cccd_trust_without(trust, ARRAY[NULL::bytea]) FROM kept;
SELECT cccd_trust_without(NULL, '{}') IS NULL AS nothing;

-- filters, each against the value that was never given the rest
SELECT what, cccd_trust_digest(filtered) = cccd_trust_digest(made) AS same, (SELECT count(*) FROM cccd_trust_list(filtered)) AS entries
FROM kept, LATERAL (VALUES
    (1, 'everything', cccd_trust_filter(trust), trust),
    (2, 'one state', cccd_trust_filter(trust, '{VN}'), pg_temp.of('csca1', 'csca2', 'link', 'signer1', 'crl', 'list', 'health', 'key', 'revoked')),
    (3, 'another', cccd_trust_filter(trust, '{UT}'), pg_temp.of('other', 'revoked')),
    (4, 'both, and one that is not there', cccd_trust_filter(trust, '{UT,VN,XZ}'), cccd_trust_without(trust, pg_temp.prints(pg_temp.of('stateless', 'health xa')))),
    (5, 'a purpose', cccd_trust_filter(trust, NULL, '{health_certificate}'), pg_temp.of('health', 'health xa', 'key', 'stateless', 'revoked')),
    (6, 'a purpose that is not there', cccd_trust_filter(trust, NULL, '{ticket}'), cccd_trust_filter(trust, '{}', '{chip}')),
    (7, 'kinds', cccd_trust_filter(trust, kinds => '{crl,revoked}'), pg_temp.of('crl', 'revoked')),
    (8, 'a source', cccd_trust_filter(trust, sources => '{json}'), pg_temp.of('key', 'stateless')),
    (9, 'all at once', cccd_trust_filter(trust, '{VN}', '{health_certificate,ticket}', '{anchor,key}', '{operator,json}'), pg_temp.of('health', 'key'))) v (n, what, filtered, made) ORDER BY n;
-- a link whose issuer is filtered out is a link again; where it remains, it is an anchor
SELECT n, kind, via_link FROM (VALUES (1, 'operator'), (2, 'ldif'), (3, NULL)) v (n, source),
    cccd_trust_list(cccd_trust_filter(cccd_trust_from_entry('anchor', 'chip', 'ldif', pg_temp.file('chip/csca1.der')) || pg_temp.of('link'), sources => CASE WHEN source IS NOT NULL THEN ARRAY[source] END)) ORDER BY 1, 2, 3;
SELECT cccd_trust_filter(NULL) IS NULL AS nothing;
SELECT cccd_trust_filter(trust, '{vn}') FROM kept;
SELECT cccd_trust_filter(trust, '{VNM}') FROM kept;
SELECT cccd_trust_filter(trust, ARRAY['VN', NULL]) FROM kept;
SELECT cccd_trust_filter(trust, NULL, '{passport}') FROM kept;
SELECT cccd_trust_filter(trust, NULL, NULL, '{anchors}') FROM kept;
SELECT cccd_trust_filter(trust, NULL, NULL, NULL, '{icao}') FROM kept;

-- the state of a key: its object's, the argument's where that has none
SELECT l.country, encode(l.key_id, 'hex') AS key_id, l.usages
FROM cccd_trust_from_json('{"a": [{"keyId": "AQIDBAUGBwg=", "use": "vr", "alg": "ES256", "n": null, "e": null, "subjectPublicKeyInfo": null, "crv": "P-256", "x": "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY", "y": "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"},
                              {"kid": "AgIDBAUGBwg=", "use": "sig", "country": "SE", "kty": "EC", "crv": "P-256", "x": "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY", "y": "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}],
                        "eu_keys": {"AwIDBAUGBwg=": [{"ian": "AND", "keyUsage": ["t", "v"], "subjectPk": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q=="}]}}', country => 'CH') t, cccd_trust_list(t) l ORDER BY 2;
-- in which forms an item may write it, and that one in another form is named
SELECT i, c.country AS written, (SELECT string_agg(coalesce(l.country, '-') || ' ' || encode(l.key_id, 'hex'), ', ' ORDER BY l.key_id)
       FROM cccd_trust_list(cccd_trust_from_json(jsonb_build_array(
           key || '{"kid": "AAAAAAAAAAA="}', key || jsonb_build_object('kid', 'AQIDBAUGBwg=', 'country', c.country)))) l) AS taken
FROM jsonb_array_elements('["us", "Us", "usa", "USA", "d", "vnm", "xb", null, "", "u", "u1", "vietnam", "ưs", 7, true, ["US"], {"US": 1}]') WITH ORDINALITY c (country, i),
     (SELECT '{"kty": "EC", "crv": "P-256", "x": "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY", "y": "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}'::jsonb) k (key) ORDER BY i;
SELECT l.country, encode(l.key_id, 'hex') AS key_id
FROM (SELECT '{"kty": "EC", "crv": "P-256", "x": "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY", "y": "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}'::jsonb) k (key),
     cccd_trust_list(cccd_trust_from_json(jsonb_build_object('country', 'se', 'keys', jsonb_build_array(
         key || '{"kid": "AQIDBAUGBwg="}', key || '{"kid": "AgIDBAUGBwg=", "country": "fi"}'), 'DK', jsonb_build_array(key || '{"kid": "AwIDBAUGBwg="}')))) l ORDER BY 2;
-- ten are named, of an eleventh only the number is said
SELECT count(*) FROM cccd_trust_list(cccd_trust_from_json((SELECT jsonb_agg(key || jsonb_build_object('kid', 'AAAAAAAAAA' || chr(64 + n) || '=', 'country', CASE WHEN n > 1 THEN 'nowhere' ELSE 'VN' END) ORDER BY n)
     FROM generate_series(1, 12) n, (SELECT '{"kty": "EC", "crv": "P-256", "x": "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY", "y": "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}'::jsonb) k (key))));
SELECT cccd_trust_from_json('[{"country": "nowhere", "kty": "EC", "crv": "P-256", "x": "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY", "y": "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}]');
SELECT cccd_trust_from_json('[]', country => 'ch');
SELECT cccd_trust_from_json(NULL) IS NULL AND cccd_trust_from_json('[]', NULL) IS NULL AS nothing;

-- limits of keys: bits of RSA, exponents; just allowed, just not
CREATE FUNCTION pg_temp.web_key(n bytea, e bytea) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT l.key FROM cccd_trust_list(cccd_trust_from_json(jsonb_build_object('kid', 'AQIDBAUGBwg=', 'kty', 'RSA',
               'n', translate(encode(n, 'base64'), E'+/=\n', '-_'), 'e', translate(encode(e, 'base64'), E'+/=\n', '-_')))) l);
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN SQLERRM;
END $$;
SET client_min_messages = error;
SELECT what, pg_temp.web_key(n, e) FROM (VALUES
    (1, '8192 bits', decode('80' || repeat('01', 1023), 'hex'), '\x010001'::bytea), (2, '8193 bits', decode('0180' || repeat('01', 1023), 'hex'), '\x010001'),
    (3, '1024 bits', decode('80' || repeat('01', 127), 'hex'), '\x010001'), (4, '1023 bits', decode('7f' || repeat('01', 127), 'hex'), '\x010001'),
    (5, 'e = 3', decode('80' || repeat('01', 255), 'hex'), '\x03'), (6, 'e = 1', decode('80' || repeat('01', 255), 'hex'), '\x01'), (7, 'e = 4', decode('80' || repeat('01', 255), 'hex'), '\x04'),
    (8, 'e = 2^32 - 1', decode('80' || repeat('01', 255), 'hex'), '\xffffffff'), (9, 'e = 2^32 + 1', decode('80' || repeat('01', 255), 'hex'), '\x0100000001')) v (n0, what, n, e) ORDER BY n0;
RESET client_min_messages;

-- whether a list has an item: whole, cut, too short, another; for one key only
SELECT i, cccd_trust_revokes(a.t, 'uci', i.item) AS anybody, cccd_trust_revokes(k.t, 'uci', i.item) AS no_key, cccd_trust_revokes(k.t, 'uci', i.item, '\x0102030405060708') AS the_key, cccd_trust_revokes(k.t, 'uci', i.item, '\x01') AS another_key
FROM (SELECT cccd_trust_from_revocation('uci', ARRAY[sha256('a'), sha256('c')])) a(t), (SELECT cccd_trust_from_revocation('uci', ARRAY[sha256('a'), sha256('c')], '\x0102030405060708')) k(t),
     (VALUES (sha256('a')), (substr(sha256('a'), 1, 16)), (substr(sha256('a'), 1, 15)), (''), (sha256('b'))) i(item);
SELECT cccd_trust_revokes(t, 'signature', sha256('a')) AS scope, cccd_trust_revokes(t, 'uci', sha256('a'), NULL, 'chip') AS purpose, cccd_trust_revokes(cccd_trust_from_revocation('key', ARRAY['\x0102030405060708'::bytea]), 'uci', sha256('a')) AS no_list,
       cccd_trust_revokes(NULL, 'uci', '') IS NULL AND cccd_trust_revokes(t, NULL, '') IS NULL AND cccd_trust_revokes(t, 'uci', NULL) IS NULL AND cccd_trust_revokes(t, 'uci', '', NULL, NULL) IS NULL AS nulls
FROM cccd_trust_from_revocation('uci', ARRAY[sha256('a')]) t;
SELECT cccd_trust_revokes(cccd_trust_from_revocation('country', ARRAY['VN'::bytea]), 'country', 'VN') AS country;
SELECT cccd_trust_revokes(cccd_trust_from_revocation('key', ARRAY['\x0102030405060708'::bytea]), 'planet', '');
SELECT cccd_trust_revokes(cccd_trust_from_revocation('key', ARRAY['\x0102030405060708'::bytea]), 'uci', '', NULL, 'tea');
SELECT cccd_trust_revokes(cccd_trust_from_revocation('key', ARRAY['\x0102030405060708'::bytea]), 'uci', '', convert_to(repeat('x', 300), 'UTF8'));
