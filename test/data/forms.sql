-- The types of cccd in every place where a user's schema can hold them, with
-- rows: what dump and restore, pg_upgrade and a search_path without anything
-- must keep.  Loaded by test/t and test/upgrade.
CREATE SCHEMA forms;
SET search_path = forms;
SET client_min_messages = warning;

CREATE DOMAIN hanoi_id AS cccd_id CHECK (cccd_id_place(VALUE) = 1);
CREATE TYPE visit AS (id cccd_id, health cccd_health, facts cccd_context);
CREATE DOMAIN strict_rule AS cccd_rule CHECK (VALUE IS DISTINCT FROM ''::cccd_rule);

-- primary key, foreign key, generated column, expression index, every index
-- method, a partial index, a default of the type, an exclusion constraint
CREATE TABLE citizen (
    id cccd_id PRIMARY KEY,
    place int GENERATED ALWAYS AS (cccd_id_place(id)) STORED,
    birth_year int GENERATED ALWAYS AS (cccd_id_birth_year(id)) STORED,
    guardian cccd_id REFERENCES citizen,
    health cccd_health NOT NULL DEFAULT '',
    own_rule cccd_rule DEFAULT 'doses >= 2',
    facts cccd_context DEFAULT '',
    other_ids cccd_id[],
    last visit,
    CHECK (id <> guardian),
    EXCLUDE USING hash (id WITH =)
);
INSERT INTO citizen (id, health, own_rule, facts, other_ids, last)
SELECT n.id, h.health,
       CASE WHEN i % 5 <> 0 THEN ('doses >= ' || i % 4 || ' and not isolated')::cccd_rule END,
       cccd_context(ticket => i % 2 = 0, level => 1 + i % 4),
       CASE WHEN i % 3 = 0 THEN ARRAY[n.id, NULL, (i + 1)::bigint::cccd_id] END,
       CASE WHEN i % 4 = 0 THEN ROW(n.id, h.health, cccd_context(ticket => true))::visit END
FROM generate_series(1, 2000) i,
     LATERAL (SELECT ((ARRAY[1, 31, 48, 79, 92])[1 + i % 5]::bigint * 1000000000
                      + (i % 4) * 100000000 + (i % 100) * 1000000 + i)::cccd_id) n(id),
     LATERAL (SELECT CASE WHEN i % 7 = 0 THEN ''
                     ELSE (SELECT cccd_health_agg(CASE k % 3 WHEN 0 THEN 'test' ELSE 'dose' END,
                                      timestamptz '2021-06-01 08:00+07' + k * (i % 50) * interval '31 h',
                                      CASE WHEN k % 3 = 0 THEN 'pcr' END, CASE WHEN k % 3 = 0 THEN 'negative' END, NULL)
                           FROM generate_series(1, 1 + i % 6) k) END) h(health);
UPDATE citizen SET guardian = (SELECT min(id) FROM citizen) WHERE birth_year > 2010;
CREATE INDEX citizen_place ON citizen (cccd_id_place(id));
CREATE INDEX citizen_sex ON citizen (cccd_id_sex(id), id DESC) WHERE guardian IS NULL;
CREATE INDEX citizen_hash ON citizen USING hash (guardian);
CREATE INDEX citizen_brin ON citizen USING brin (id);
CREATE INDEX citizen_multi ON citizen USING brin (id cccd_id_minmax_multi_ops);
CREATE INDEX citizen_health ON citizen USING gist (health);
CREATE INDEX citizen_measles ON citizen USING gist (health cccd_health_ops (disease = 'measles'));
CREATE INDEX citizen_same_health ON citizen USING hash (health);
CREATE INDEX citizen_other ON citizen USING gin (other_ids);
CREATE INDEX citizen_during ON citizen USING gist (cccd_eligible_during(health, 'since(last_dose) <= 90 days'));
CREATE STATISTICS citizen_both ON cccd_id_place(id), own_rule FROM citizen;

-- partitions by the hash of the number, by its range, by the place in it
CREATE TABLE by_hash (id cccd_id, n int) PARTITION BY HASH (id);
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE by_hash_2 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 2);
CREATE TABLE by_range (id cccd_id, n int, PRIMARY KEY (id)) PARTITION BY RANGE (id);
CREATE TABLE by_range_north PARTITION OF by_range FOR VALUES FROM (MINVALUE) TO ('048000000000');
CREATE TABLE by_range_south PARTITION OF by_range FOR VALUES FROM ('048000000000') TO (MAXVALUE);
CREATE TABLE by_place (id cccd_id, n int) PARTITION BY LIST (cccd_id_place(id));
CREATE TABLE by_place_saigon PARTITION OF by_place FOR VALUES IN (79);
CREATE TABLE by_place_other PARTITION OF by_place DEFAULT;
INSERT INTO by_hash SELECT id, birth_year FROM citizen;
INSERT INTO by_range SELECT id, birth_year FROM citizen;
INSERT INTO by_place SELECT id, birth_year FROM citizen;

CREATE TABLE hanoi (id hanoi_id, rule strict_rule NOT NULL);
INSERT INTO hanoi SELECT id, coalesce(own_rule, 'doses = 0') FROM citizen WHERE place = 1;
CREATE TABLE question (name text PRIMARY KEY, bound cccd_bound, bounds cccd_bound[]);
INSERT INTO question VALUES
    ('match', cccd_rule_bind('doses >= 2 and ticket', '2021-11-16 19:00+07', cccd_context(ticket => true)), NULL),
    ('pcr', cccd_rule_bind('since(negative(pcr)) <= 72 hours', '2021-11-16 19:00+07', ''),
     ARRAY[cccd_rule_bind('not isolated', '2021-11-16 19:00+07', '')]);

CREATE MATERIALIZED VIEW summary AS
SELECT cccd_id_place(id) AS place, count(*) AS people, count(*) FILTER (WHERE cccd_eligible(health, 'doses >= 2', '2021-11-16')) AS may,
       min(id), max(id), cccd_health_merge(health) FILTER (WHERE birth_year < 1902) AS together
FROM citizen GROUP BY 1;
CREATE UNIQUE INDEX summary_place ON summary (place);

-- what a dump cannot qualify with a schema
CREATE VIEW using_join AS SELECT id, n, place FROM citizen JOIN by_hash USING (id);
CREATE VIEW natural_join AS SELECT id FROM (SELECT id FROM citizen) a NATURAL JOIN (SELECT id FROM by_range) b;
CREATE VIEW distinct_from AS SELECT id FROM citizen WHERE id IS DISTINCT FROM guardian AND health IS DISTINCT FROM ''::cccd_health;
CREATE VIEW null_if AS SELECT nullif(id, '001100001001') AS id, nullif(health, '') AS health, nullif(own_rule, 'doses >= 2') AS rule FROM citizen;
CREATE VIEW simple_case AS
SELECT id, CASE own_rule WHEN 'doses >= 1 and not isolated' THEN 'one' WHEN 'doses >= 2 and not isolated' THEN 'two' ELSE 'other' END AS says,
       CASE facts WHEN cccd_context(ticket => true) THEN 1 ELSE 0 END AS facts FROM citizen;
CREATE VIEW row_in AS SELECT id FROM citizen WHERE (id, birth_year) IN (SELECT id, n FROM by_place) AND id NOT IN (SELECT id FROM hanoi WHERE id IS NOT NULL);
CREATE VIEW in_array AS SELECT id FROM citizen WHERE id = ANY (other_ids);
CREATE VIEW found AS SELECT id, q.name FROM citizen JOIN question q ON health @@ q.bound;
CREATE VIEW ordered AS SELECT DISTINCT ON (health) id, health, rank() OVER (ORDER BY id) FROM citizen ORDER BY health, id;
CREATE FUNCTION may_enter(who cccd_id, at timestamptz) RETURNS boolean LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT cccd_eligible(health, own_rule, at, facts) FROM citizen WHERE id = who;
END;
CREATE RULE no_delete AS ON DELETE TO hanoi WHERE OLD.id = '001100001001' DO INSTEAD NOTHING;
ALTER TABLE by_place ENABLE ROW LEVEL SECURITY;
CREATE POLICY adults ON by_place USING (cccd_id_birth_year(id) <= 2003 AND id IS DISTINCT FROM '001100001001');

-- every relation's rows as one value, whatever the search_path
CREATE FUNCTION digest() RETURNS TABLE (relation text, rows bigint, digest text) LANGUAGE plpgsql
    SET search_path = '' AS $$
BEGIN
    FOR relation IN
        SELECT c.oid::regclass::text FROM pg_catalog.pg_class c
        WHERE c.relnamespace = 'forms'::regnamespace AND c.relkind IN ('r', 'm', 'v', 'p')
        ORDER BY c.relname COLLATE "C"
    LOOP
        RETURN QUERY EXECUTE 'SELECT $1, count(*), md5(string_agg(t::text, E''\n'' ORDER BY t::text COLLATE "C")) FROM ' || relation || ' t'
        USING relation;
    END LOOP;
END $$;

-- every index finds what a scan of the table finds
CREATE FUNCTION disagreements() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    condition text;
    indexed bigint;
    scanned bigint;
BEGIN
    FOREACH condition IN ARRAY ARRAY[
        'id BETWEEN ''031000000000'' AND ''048200000000''', 'id = ''079028000128''', 'cccd_id_place(id) = 79',
        'guardian = (SELECT min(id) FROM forms.citizen)', 'health = ''''', 'other_ids @> ARRAY[''001000000600''::cccd_id]',
        'cccd_eligible(health, ''doses >= 3'', ''2021-11-16 19:00+07'')',
        'health @@ cccd_rule_bind(''since(negative) <= 200 hours'', ''2021-06-20 19:00+07'', '''')',
        'cccd_eligible(health, ''doses(disease = measles) = 0'', ''2021-11-16 19:00+07'')',
        'cccd_eligible_during(health, ''since(last_dose) <= 90 days'') @> timestamptz ''2021-09-01 12:00+07''']
    LOOP
        PERFORM set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'on', true), set_config('enable_bitmapscan', 'on', true);
        EXECUTE 'SELECT count(*) FROM forms.citizen WHERE ' || condition INTO indexed;
        PERFORM set_config('enable_seqscan', 'on', true), set_config('enable_indexscan', 'off', true), set_config('enable_bitmapscan', 'off', true);
        EXECUTE 'SELECT count(*) FROM forms.citizen WHERE ' || condition INTO scanned;
        IF indexed <> scanned OR scanned = 0 THEN
            RETURN NEXT format('%s: index %s, scan %s', condition, indexed, scanned);
        END IF;
    END LOOP;
    RETURN;
END $$;
ANALYZE;
