-- activities, and what was published about them

CREATE TABLE activity (
    activity text PRIMARY KEY,
    parents text[] NOT NULL,
    vi text NOT NULL,
    en text NOT NULL,
    shipped boolean NOT NULL DEFAULT false,
    CONSTRAINT activity_activity CHECK (activity ~ '^[a-z][a-z0-9_]{0,62}$')
);
COMMENT ON TABLE activity IS
    'what people come together for: the rows of the annex of Resolution 128/NQ-CP and what published rules are about. A rule for an activity is a rule for those that are part of it';
COMMENT ON COLUMN activity.activity IS 'short name';
COMMENT ON COLUMN activity.parents IS 'what it is part of: short names; empty only for "any"';
COMMENT ON COLUMN activity.vi IS 'in Vietnamese';
COMMENT ON COLUMN activity.en IS 'in English';
COMMENT ON COLUMN activity.shipped IS 'came with the extension and is not dumped; activities of your own have false here';
COMMENT ON CONSTRAINT activity_pkey ON activity IS 'short names are unique';
COMMENT ON CONSTRAINT activity_activity ON activity IS 'small letters, digits and _';

INSERT INTO activity (activity, parents, vi, en, shipped) VALUES
    ('any', '{}', 'mọi hoạt động', 'any activity', true),
    ('indoor', '{any}', 'hoạt động trong nhà', 'indoor activities', true),
    ('outdoor', '{any}', 'hoạt động ngoài trời', 'outdoor activities', true),
    ('gathering', '{any}', 'hội họp, sự kiện', 'meetings and events', true),
    ('sport', '{gathering}', 'thi đấu thể thao', 'sport events', true),
    ('football', '{sport,outdoor}', 'trận đấu bóng đá', 'football matches', true),
    ('culture', '{gathering}', 'biểu diễn nghệ thuật', 'performances', true),
    ('transport', '{any}', 'vận tải hành khách công cộng', 'public passenger transport', true),
    ('work', '{any}', 'sản xuất, kinh doanh, làm việc tại cơ quan', 'workplaces', true),
    ('trade', '{any}', 'chợ, siêu thị, trung tâm thương mại', 'markets, supermarkets, shopping centres', true),
    ('dining', '{any}', 'nhà hàng, quán ăn', 'restaurants', true),
    ('leisure', '{any}', 'vũ trường, karaoke, mát-xa, quán bar, internet, trò chơi, làm đẹp', 'discotheques, karaoke, massage, bars, internet cafés, games, beauty', true),
    ('school', '{any}', 'giáo dục trực tiếp', 'teaching in person', true),
    ('lodging', '{any}', 'khách sạn, du lịch', 'hotels and tourism', true),
    ('health_care', '{any}', 'khám bệnh, chữa bệnh', 'health care', true),
    ('quarantine', '{any}', 'khu cách ly', 'quarantine areas', true),
    ('border', '{any}', 'nhập cảnh', 'entry into Viet Nam', true);

CREATE FUNCTION activity_within(activity text) RETURNS TABLE (activity text, distance int)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 4
BEGIN ATOMIC
    WITH RECURSIVE up (activity, distance) AS (
        SELECT a.activity, 0 FROM activity a WHERE a.activity = activity_within.activity
        UNION
        SELECT p.parent, up.distance + 1
        FROM up JOIN activity a ON a.activity = up.activity CROSS JOIN LATERAL unnest(a.parents) p(parent)
        WHERE up.distance < 16
    )
    SELECT up.activity, max(up.distance) FROM up GROUP BY up.activity;
END;
COMMENT ON FUNCTION activity_within(text) IS
    'an activity and everything that it is part of, with the number of steps from it, the longest way; no rows for an unknown one';

CREATE TABLE rule_book (
    code text PRIMARY KEY,
    authority text NOT NULL,
    citation text NOT NULL,
    activity text NOT NULL REFERENCES activity,
    level smallint,
    unit int REFERENCES unit,
    valid daterange NOT NULL,
    most_people int,
    most_others int,
    share numeric,
    square_metres numeric,
    rule cccd_rule NOT NULL,
    note text,
    shipped boolean NOT NULL DEFAULT false,
    CONSTRAINT rule_book_level CHECK (level BETWEEN 1 AND 4),
    CONSTRAINT rule_book_valid CHECK (NOT isempty(valid)),
    CONSTRAINT rule_book_most_people CHECK (most_people >= 0),
    CONSTRAINT rule_book_most_others CHECK (most_others BETWEEN 0 AND most_people),
    CONSTRAINT rule_book_share CHECK (share > 0 AND share <= 1),
    CONSTRAINT rule_book_square_metres CHECK (square_metres > 0 AND square_metres <= 1000000)
);
COMMENT ON TABLE rule_book IS 'published rules; an event follows the book, or carries a copy of the rule that it is held under';
COMMENT ON COLUMN rule_book.code IS 'short name';
COMMENT ON COLUMN rule_book.authority IS 'who made the rule';
COMMENT ON COLUMN rule_book.citation IS 'where it was published';
COMMENT ON COLUMN rule_book.activity IS 'what it is about, and with it everything that is part of that';
COMMENT ON COLUMN rule_book.level IS 'epidemic level 1 to 4 of Resolution 128/NQ-CP that it is for; NULL: any, or not stated';
COMMENT ON COLUMN rule_book.unit IS 'administrative unit that it is for, and everything in it; NULL: the whole country';
COMMENT ON COLUMN rule_book.valid IS 'days on which it was in force, in Viet Nam; open where no end was published';
COMMENT ON COLUMN rule_book.most_people IS 'how many may take part where all of them satisfy the rule; NULL: not stated';
COMMENT ON COLUMN rule_book.most_others IS 'how many may take part where the rule is not asked of everybody; NULL: not stated';
COMMENT ON COLUMN rule_book.share IS 'how much of the places may be taken, above 0 to 1; NULL: not stated';
COMMENT ON COLUMN rule_book.square_metres IS 'area that each person must have, m²; NULL: not stated';
COMMENT ON COLUMN rule_book.rule IS 'the part of it that is about a person';
COMMENT ON COLUMN rule_book.note IS 'how words of the publication were read, and what the rule leaves out';
COMMENT ON COLUMN rule_book.shipped IS 'came with the extension and is not dumped; rules of your own have false here';
COMMENT ON CONSTRAINT rule_book_pkey ON rule_book IS 'short names are unique';
COMMENT ON CONSTRAINT rule_book_activity_fkey ON rule_book IS 'a known activity';
COMMENT ON CONSTRAINT rule_book_unit_fkey ON rule_book IS 'the unit is there';
COMMENT ON CONSTRAINT rule_book_level ON rule_book IS 'the four levels';
COMMENT ON CONSTRAINT rule_book_valid ON rule_book IS 'at least a day';
COMMENT ON CONSTRAINT rule_book_most_people ON rule_book IS 'not negative';
COMMENT ON CONSTRAINT rule_book_most_others ON rule_book IS 'not more than where all satisfy the rule';
COMMENT ON CONSTRAINT rule_book_share ON rule_book IS 'a part of the places';
COMMENT ON CONSTRAINT rule_book_square_metres ON rule_book IS 'an area';

CREATE TABLE rule_text (
    rule int GENERATED BY DEFAULT AS IDENTITY (START WITH 100000) PRIMARY KEY,
    digest bytea NOT NULL CONSTRAINT rule_text_digest UNIQUE,
    value cccd_rule NOT NULL,
    shipped boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE rule_text IS 'every rule that an event or the book ever had, so that an answer can be explained after the rule was changed';
COMMENT ON COLUMN rule_text.rule IS 'internal key, as the log has it; from 100000 on for rules that are not shipped';
COMMENT ON COLUMN rule_text.digest IS 'SHA-256 of the rule''s binary form, as decisions have it';
COMMENT ON COLUMN rule_text.value IS 'the rule';
COMMENT ON COLUMN rule_text.shipped IS 'came with the extension and is not dumped';
COMMENT ON SEQUENCE rule_text_rule_seq IS 'gives rule_text.rule; rules that are known leave gaps';
COMMENT ON CONSTRAINT rule_text_pkey ON rule_text IS 'key';
COMMENT ON CONSTRAINT rule_text_digest ON rule_text IS 'a rule is kept once';

CREATE FUNCTION rule_kept() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO cccd_gate.rule_text (digest, value)
    SELECT sha256(cccd_rule_send(NEW.rule)), NEW.rule
    WHERE NEW.rule IS NOT NULL
    ON CONFLICT DO NOTHING;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION rule_kept() IS 'trigger of event and rule_book: keeps every rule in rule_text';

INSERT INTO rule_book (code, authority, citation, activity, level, unit, valid, most_people, most_others, share, square_metres, rule, note, shipped) VALUES
('my-dinh-2021', 'Liên đoàn Bóng đá Việt Nam (VFF)',
 'thông báo của VFF về hai trận ngày 11 và 16/11/2021 (anninhthudo.vn post486145, thanhnien.vn post1393763, baoquocte.vn 162487)',
 'football', NULL, 1, '[2021-11-11,2021-11-17)', 12000, NULL, 0.30, NULL,
 'ticket and (doses >= 2 and since(dose(2)) >= 14 days or since(recovery) <= 6 months) and since(negative(pcr, antigen)) <= 72 hours and not since(positive(pcr, antigen)) <= 72 hours',
 'It is about matches in the stadium of Mỹ Đình. Times count back from kick-off. A negative test is one that no positive of the same 72 hours stands against. Isolation and contact with a case are not mentioned, because who has to stay at home may not come. An identity document, the health declaration and the arrival 120 minutes before are not part of the rule.',
 true),
('my-dinh-2022', 'Liên đoàn Bóng đá Việt Nam (VFF)',
 'thông báo của VFF về trận gặp Trung Quốc ngày 01/02/2022 (congluan.vn)',
 'football', NULL, 1, '[2022-02-01,2022-02-02)', 20000, NULL, NULL, NULL,
 'ticket and doses >= 1 and since(negative(pcr, antigen)) <= 72 hours and not since(positive(pcr, antigen)) <= 72 hours',
 'It is about a match in the stadium of Mỹ Đình. A vaccination certificate was asked for; how many doses was not published and is read as one or more. A negative test is one that no positive of the same 72 hours stands against.',
 true),
('ha-noi-243', 'Ủy ban nhân dân thành phố Hà Nội',
 'Kế hoạch 243/KH-UBND ngày 29/10/2021 (vtc.vn ar644285, bnews.vn 219363)',
 'gathering', 2, 1, '[2021-10-29,)', NULL, NULL, NULL, NULL,
 '(doses >= 2 or recovered) and since(negative(pcr, antigen)) <= 72 hours and not since(positive(pcr, antigen)) <= 72 hours',
 'Fully vaccinated is read as two doses. A negative test is one that no positive of the same 72 hours stands against. Above 30 people a permit and a signed commitment are needed as well.',
 true),
('hcmc-meeting-2021', 'Ủy ban nhân dân Thành phố Hồ Chí Minh',
 'kế hoạch áp dụng từ 01/10/2021 (phunuvagiadinh.vn 426980)',
 'gathering', NULL, 79, '[2021-10-01,)', 49, 9, NULL, NULL,
 'doses >= 2 or recovered',
 'Fully vaccinated is read as two doses.',
 true),
('hcmc-3900', 'Ủy ban nhân dân Thành phố Hồ Chí Minh',
 'Quyết định 3900/QĐ-UBND ngày 16/11/2021 (vietbao.vn 292064, cn.sggp.org.vn post71602)',
 'any', NULL, 79, '[2021-11-16,)', NULL, NULL, NULL, NULL,
 'since(first_dose) >= 14 days or recovered or contraindicated(source >= paper) or age < 16 years and accompanied',
 'A child is a person under 16 (Law 102/2016/QH13, article 1); the adult with the child must be vaccinated. A contraindication needs a certificate.',
 true),
('binh-phuoc-indoor', 'Ủy ban nhân dân tỉnh Bình Phước',
 'quy định năm 2022 (sggp.org.vn 798068)',
 'indoor', 4, 70, '[2022-01-01,2023-01-01)', 60, 20, NULL, 4,
 'doses >= 2 or recovered',
 'Vaccinated is read as two doses. Only the year was published.',
 true),
('binh-phuoc-outdoor', 'Ủy ban nhân dân tỉnh Bình Phước',
 'quy định năm 2022 (sggp.org.vn 798068)',
 'outdoor', 4, 70, '[2022-01-01,2023-01-01)', 80, 30, NULL, NULL,
 'doses >= 2 or recovered',
 'Vaccinated is read as two doses. Only the year was published.',
 true),
('moh-6288', 'Bộ Y tế',
 'Công văn 6288/BYT-MT ngày 04/8/2021 (dulieuphapluat.vn, vietmaz.com)',
 'border', NULL, NULL, '[2021-08-04,)', NULL, NULL, NULL, NULL,
 'since(negative(pcr)) <= 72 hours and not since(positive(pcr, antigen)) <= 72 hours and (doses >= 2 and since(dose(2)) >= 14 days and since(last_dose) <= 12 months or since(positive(pcr)) <= 6 months and recovered(source >= paper))',
 'Who satisfies it is quarantined for 7 days. The test counts back from departure, the rest from entry. A full course is read as two doses: 14 days count from the second, so that a booster does not begin them again, and 12 months from the last. A negative test is one that no positive of the same 72 hours stands against. LAMP counts as PCR.',
 true);

-- A number that was given to a rule is that rule's for good: logs name it, and a
-- dump leaves these rows out.  A rule that is read otherwise gets a new one.
INSERT INTO rule_text (rule, digest, value, shipped)
SELECT k.rule, sha256(cccd_rule_send(b.rule)), b.rule, true
FROM (VALUES (1, 'my-dinh-2021'), (2, 'my-dinh-2022'), (3, 'ha-noi-243'), (4, 'hcmc-meeting-2021'), (5, 'hcmc-3900'), (6, 'moh-6288')) k(rule, code)
JOIN rule_book b ON b.code = k.code;

-- the reference has a dump restore rule_text first
ALTER TABLE rule_book ADD COLUMN rule_digest bytea GENERATED ALWAYS AS (sha256(cccd_rule_send(rule))) STORED
    CONSTRAINT rule_book_rule_digest REFERENCES rule_text (digest);
COMMENT ON COLUMN rule_book.rule_digest IS 'SHA-256 of the rule''s binary form';
COMMENT ON CONSTRAINT rule_book_rule_digest ON rule_book IS 'the rule is kept in rule_text';
CREATE TRIGGER rule_kept BEFORE INSERT OR UPDATE OF rule ON rule_book
    FOR EACH ROW EXECUTE FUNCTION rule_kept();
COMMENT ON TRIGGER rule_kept ON rule_book IS 'keeps every rule in rule_text';

CREATE FUNCTION rules_for(activity text, unit int, level int, day date)
    RETURNS TABLE (code text, rank int, distance int, depth int)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 4
BEGIN ATOMIC
    SELECT b.code, row_number() OVER (ORDER BY coalesce(c.depth, 0) DESC, w.distance, b.level IS NULL, lower(b.valid) DESC, b.code COLLATE "C")::int,
           w.distance, coalesce(c.depth, 0)
    FROM rule_book b
    JOIN activity_within(rules_for.activity) w ON w.activity = b.activity
    LEFT JOIN unit_chain(rules_for.unit, rules_for.day) c ON c.unit = b.unit
    WHERE b.valid @> rules_for.day AND (b.unit IS NULL OR c.unit IS NOT NULL) AND (b.level IS NULL OR b.level = rules_for.level)
    ORDER BY 2;
END;
COMMENT ON FUNCTION rules_for(text, int, int, date) IS
    'the published rules that are in force for an activity in a unit at a level on a day, the most specific first: the smaller unit, then the nearer activity, then the one that names the level, then the newer one';

CREATE FUNCTION rule_in_force(activity text, unit text, at timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (rule_code text, rule cccd_rule, level int, most_people int, most_others int, share numeric, square_metres numeric,
                   why_vi text, why_en text, overrides text[])
    LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
    WITH place AS MATERIALIZED (
        SELECT u.unit, u.name, l.level
        FROM unit u LEFT JOIN level_in_force(u.unit, rule_in_force.at) l ON true
        WHERE u.unit = unit_key(rule_in_force.unit, local_day(rule_in_force.at))
    ), found AS MATERIALIZED (
        SELECT f.* FROM rules_for(rule_in_force.activity, (SELECT p.unit FROM place p), (SELECT p.level FROM place p), local_day(rule_in_force.at)) f
        WHERE rule_in_force.unit IS NULL OR EXISTS (SELECT FROM place)
    )
    SELECT b.code, b.rule, p.level, b.most_people, b.most_others, b.share, b.square_metres,
           concat_ws(', ', b.authority || ': ' || a.vi, coalesce('tại ' || u.name, 'cả nước'), 'cấp độ ' || b.level, 'từ ' || to_char(lower(b.valid), 'DD/MM/YYYY')),
           concat_ws(', ', b.authority || ': ' || a.en, coalesce('in ' || u.name, 'the whole country'), 'level ' || b.level, 'from ' || to_char(lower(b.valid), 'YYYY-MM-DD')),
           (SELECT coalesce(array_agg(o.code ORDER BY o.rank), '{}') FROM found o WHERE o.rank > 1)
    FROM found f
    JOIN rule_book b ON b.code = f.code
    JOIN activity a ON a.activity = b.activity
    LEFT JOIN unit u ON u.unit = b.unit
    LEFT JOIN place p ON true
    WHERE f.rank = 1;
END;
COMMENT ON FUNCTION rule_in_force(text, text, timestamptz) IS
    'the published rule that counts for an activity in a unit at a moment: the most specific of those in force, by unit, then activity, then level, then date; with the level of the place, how many people it allows (column comments of rule_book), why it was chosen in Vietnamese and English, and the codes of the rules that it overrides. Arguments: activity.activity; official code of a unit, NULL for what is in force in the whole country; a moment, default now. No row where no rule is in force, or the unit or activity is not known';

CREATE FUNCTION citation_problem(rule_code text, activity text, unit int, level int, at timestamptz) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN NOT b.valid @> local_day(citation_problem.at) THEN format('it is in force on the days %s', b.valid)
        WHEN b.unit IS NOT NULL AND citation_problem.unit IS NULL THEN 'it is for one administrative unit, and the event names none'
        WHEN b.unit IS NOT NULL AND NOT EXISTS (SELECT FROM unit_chain(citation_problem.unit, local_day(citation_problem.at)) c WHERE c.unit = b.unit)
            THEN 'it is for another administrative unit'
        WHEN NOT EXISTS (SELECT FROM activity_within(coalesce(citation_problem.activity, 'any')) w WHERE w.activity = b.activity)
            THEN format('it is for the activity "%s", which the activity of the event is not part of', b.activity)
        WHEN b.level IS NOT NULL AND l.level IS NULL THEN format('it is for level %s, and no level of the place is known', b.level)
        WHEN b.level <> l.level THEN format('it is for level %s, and the place has level %s then', b.level, l.level)
        END
    FROM rule_book b
    CROSS JOIN LATERAL (SELECT coalesce(citation_problem.level,
                                        (SELECT f.level FROM level_in_force(citation_problem.unit, citation_problem.at) f)) AS level) l
    WHERE b.code = citation_problem.rule_code;
END;
COMMENT ON FUNCTION citation_problem(text, text, int, int, timestamptz) IS
    'why a published rule is not in force for an activity in a unit (unit.unit) at a moment; NULL if it is. The level is that of the event, NULL for that of the unit';

CREATE FUNCTION setting_problem(wrong text, missing text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN missing = '' THEN format('constraint "%s" does not hold', wrong) ELSE format('"%s" is required', missing) END;
END;
COMMENT ON FUNCTION setting_problem(text, text) IS
    'what is wrong with settings, from the constraint and the column that an error names; without the row, which may hold anything';

CREATE FUNCTION save_rule(code text, settings jsonb) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    known CONSTANT text[] := '{authority,citation,activity,level,unit,valid,most_people,most_others,share,square_metres,rule,note}';
    strange CONSTANT text := (SELECT min(k) FROM jsonb_object_keys($2) k WHERE k <> ALL (known));
    b cccd_gate.rule_book;
    created boolean;
    wrong text;
    missing text;
BEGIN
    PERFORM cccd_gate.require_admin('save_rule');
    SELECT x.* INTO b FROM cccd_gate.rule_book x WHERE x.code = $1 FOR UPDATE;
    created := b.code IS NULL;
    IF strange IS NOT NULL THEN
        RAISE EXCEPTION 'unknown setting of a rule' USING ERRCODE = 'invalid_parameter_value',
            HINT = format('Settings are %s.', array_to_string(known, ', '));
    ELSIF b.shipped THEN
        RAISE EXCEPTION 'a rule that came with the extension cannot be changed' USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Save another one under a code of its own.';
    END IF;
    b := jsonb_populate_record(b, $2 - 'unit');
    IF $2 ? 'unit' THEN
        b.unit := cccd_gate.unit_key($2->>'unit', coalesce(lower(b.valid), cccd_gate.local_day(clock_timestamp())));
        IF b.unit IS NULL AND $2->>'unit' IS NOT NULL THEN
            RAISE EXCEPTION 'unknown unit' USING ERRCODE = 'invalid_parameter_value';
        END IF;
    END IF;
    IF created THEN
        INSERT INTO cccd_gate.rule_book (code, authority, citation, activity, level, unit, valid, most_people, most_others, share, square_metres, rule, note)
        VALUES ($1, b.authority, b.citation, b.activity, b.level, b.unit, b.valid, b.most_people, b.most_others, b.share, b.square_metres, b.rule, b.note);
    ELSE
        UPDATE cccd_gate.rule_book x
        SET authority = b.authority, citation = b.citation, activity = b.activity, level = b.level, unit = b.unit, valid = b.valid,
            most_people = b.most_people, most_others = b.most_others, share = b.share, square_metres = b.square_metres, rule = b.rule, note = b.note
        WHERE x.code = $1;
    END IF;
    RETURN created;
EXCEPTION WHEN not_null_violation OR check_violation OR foreign_key_violation THEN
    GET STACKED DIAGNOSTICS wrong = CONSTRAINT_NAME, missing = COLUMN_NAME;
    RAISE EXCEPTION 'invalid setting of a rule: %', cccd_gate.setting_problem(wrong, missing) USING ERRCODE = SQLSTATE;
END
$$;
COMMENT ON FUNCTION save_rule(text, jsonb) IS
    'adds a published rule to the book, or changes one that did not come with the extension. Arguments: its code; an object of columns of rule_book, of which those that are not named stay as they are; unit is an official code. Returns whether it is new. Events that follow the book, and gates, go by it from the commit on. Errors: 22023 another setting, an unknown unit or a rule of the extension; 22P02 a value of another form, 23502 authority, citation, activity, valid or rule missing, 23514 a value out of range, 23503 an unknown activity. For administrators';
