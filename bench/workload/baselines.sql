-- What a user would pick instead of the extension, over the people of
-- people.sql: summary columns, jsonb, hand-tuned SQL over normalised tables.
-- Every figure of the bench is printed beside them, in the same run.

\set ON_ERROR_STOP 1

-- summary columns, which triggers would maintain
CREATE TABLE person_summary WITH (fillfactor = 85) AS
SELECT p.id, coalesce(d.n, 0)::smallint AS doses, d.last AS last_dose,
       t.pcr AS last_negative_pcr, t.antigen AS last_negative_antigen,
       r.last AS recovered, s.last AS isolated_until
FROM person p
LEFT JOIN (SELECT person_id, count(*) AS n, max(at) AS last FROM dose GROUP BY 1) d ON d.person_id = p.id
LEFT JOIN (SELECT person_id, max(at) FILTER (WHERE kind = 0) AS pcr, max(at) FILTER (WHERE kind = 1) AS antigen
           FROM test WHERE result = 0 GROUP BY 1) t ON t.person_id = p.id
LEFT JOIN (SELECT person_id, max(at) AS last FROM recovery GROUP BY 1) r ON r.person_id = p.id
LEFT JOIN (SELECT person_id, max(until) AS last FROM status GROUP BY 1) s ON s.person_id = p.id;
ALTER TABLE person_summary ADD PRIMARY KEY (id);

-- one jsonb a person, with the last 12 tests
CREATE TABLE person_json (id bigint NOT NULL, doc jsonb NOT NULL) WITH (fillfactor = 85);
INSERT INTO person_json
SELECT p.id, jsonb_strip_nulls(jsonb_build_object('d', d.facts, 't', t.facts, 'r', r.facts, 's', s.facts))
FROM person p
LEFT JOIN (SELECT person_id, jsonb_agg(jsonb_build_object('p', product, 't', extract(epoch FROM at)::bigint) ORDER BY at) AS facts
           FROM dose GROUP BY 1) d ON d.person_id = p.id
LEFT JOIN (SELECT person_id, jsonb_agg(jsonb_build_object(
                      'k', CASE kind WHEN 0 THEN 'pcr' WHEN 1 THEN 'rat' ELSE 'sero' END,
                      'r', CASE result WHEN 0 THEN 'neg' WHEN 1 THEN 'pos' WHEN 2 THEN 'inc' ELSE 'pend' END,
                      't', extract(epoch FROM at)::bigint, 'b', (extract(epoch FROM at) / 86400)::int) ORDER BY at DESC) AS facts
           FROM (SELECT *, row_number() OVER (PARTITION BY person_id ORDER BY at DESC) AS place FROM test) q
           WHERE place <= 12 GROUP BY 1) t ON t.person_id = p.id
LEFT JOIN (SELECT person_id, jsonb_agg(jsonb_build_object('t', extract(epoch FROM at)::bigint)) AS facts
           FROM recovery GROUP BY 1) r ON r.person_id = p.id
LEFT JOIN (SELECT person_id, jsonb_agg(jsonb_build_object('f', fclass, 't', extract(epoch FROM at)::bigint, 'u', extract(epoch FROM until)::bigint)) AS facts
           FROM status GROUP BY 1) s ON s.person_id = p.id;
ALTER TABLE person_json ADD PRIMARY KEY (id);
CREATE INDEX ON person_json USING gin (doc jsonb_path_ops);

-- one event with 25,000 tickets
CREATE TABLE ticket (event_id int NOT NULL, person_id bigint NOT NULL);
SELECT setseed(0.1) \g /dev/null
INSERT INTO ticket SELECT DISTINCT 1, id FROM (SELECT id FROM person ORDER BY random() LIMIT 25000) drawn;
ALTER TABLE ticket ADD PRIMARY KEY (event_id, person_id);
VACUUM ANALYZE;

-- the verdict at a gate from the normalised tables
CREATE FUNCTION gate_normalised(pid bigint, ev int, t timestamptz,
    OUT verdict boolean, OUT vaccinated boolean, OUT recovered boolean, OUT negative boolean, OUT isolated boolean, OUT ticket boolean)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT (v.ok OR r.ok) AND n.ok AND NOT s.ok AND k.ok, v.ok, r.ok, n.ok, s.ok, k.ok
    INTO verdict, vaccinated, recovered, negative, isolated, ticket
    FROM (SELECT count(*) >= 2 AND max(d.at) BETWEEN t - interval '12 months' AND t - interval '14 days' AS ok
          FROM dose d WHERE d.person_id = pid AND d.at <= t) v
    CROSS JOIN (SELECT EXISTS (SELECT FROM recovery x WHERE x.person_id = pid AND x.at BETWEEN t - interval '6 months' AND t) AS ok) r
    CROSS JOIN (SELECT EXISTS (SELECT FROM test x WHERE x.person_id = pid AND x.result = 0 AND x.kind IN (0, 1)
                               AND x.at BETWEEN t - interval '72 hours' AND t) AS ok) n
    CROSS JOIN (SELECT EXISTS (SELECT FROM status x WHERE x.person_id = pid AND x.fclass <= 1 AND x.at <= t AND x.until > t) AS ok) s
    CROSS JOIN (SELECT EXISTS (SELECT FROM ticket x WHERE x.event_id = ev AND x.person_id = pid) AS ok) k;
END $$;

-- Everyone who satisfies a rule, in hand-tuned SQL that starts from the most
-- selective window.  The bench reads these variables, one a line.
-- 1.2 %: doses >= 2 and the last 14 days to 12 months ago, or recovered within
-- 6 months; and a negative PCR within 72 hours; and not isolated.
-- 0.01 %: 3 doses, 7 days to 9 months, 2 months, 8 hours.
\set set_query 'SELECT count(*) FROM (SELECT DISTINCT person_id FROM test WHERE result = 0 AND kind = 0 AND at BETWEEN :at - interval :neg AND :at) t CROSS JOIN LATERAL (SELECT count(*) n, max(at) m FROM dose d WHERE d.person_id = t.person_id AND d.at <= :at) d WHERE (d.n >= :n AND d.m BETWEEN :at - interval :dmax AND :at - interval :dmin OR EXISTS (SELECT 1 FROM recovery r WHERE r.person_id = t.person_id AND r.at BETWEEN :at - interval :rec AND :at)) AND NOT EXISTS (SELECT 1 FROM status s WHERE s.person_id = t.person_id AND s.fclass <= 1 AND s.at <= :at AND s.until > :at)'
-- 31 %: 2 doses, the last one 14 to 90 days ago; and not isolated.
\set set_query_30 'SELECT count(*) FROM (SELECT person_id FROM dose WHERE at <= :at GROUP BY 1 HAVING count(*) >= 2 AND max(at) BETWEEN :at - interval ''90 days'' AND :at - interval ''14 days'') d WHERE NOT EXISTS (SELECT 1 FROM status s WHERE s.person_id = d.person_id AND s.fclass <= 1 AND s.at <= :at AND s.until > :at)'
