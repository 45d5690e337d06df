-- loader of health facts
--
-- A step is one statement over the lines that it takes from staging: it reads
-- them, finds the people, gives each line the first reason against it, finds the
-- version that it corrects, and writes.  Triggers of fact keep the records.
--
-- OFFSET 0 keeps the planner from computing an expression again wherever its
-- column is named.  Nothing is known of the rows of a step when it is planned,
-- so that stored rows are named by arrays of keys, which are looked up, and IS
-- TRUE keeps IN a hashed look-up, not a join of unknown size.

INSERT INTO load_reason (reason, vi, en, accepted) VALUES
    ('kind_unknown', 'Không có loại thông tin hoặc xét nghiệm này', 'unknown kind of fact or test', 'dose, test, recovery, isolation, exposure, contraindication, credential, declaration, registration, consultation; tests: words that cccd_word(''test'', …) reads'),
    ('time_malformed', 'Thiếu ngày giờ hoặc ngày giờ không hợp lệ', 'the time is missing or not valid', 'dd/mm/yyyy or yyyy-mm-dd, hh:mi[:ss] and a zone may follow'),
    ('time_out_of_range', 'Ngày giờ ngoài phạm vi', 'the time is out of range', 'from 2000-01-01 07:00 to 2135-12-31'),
    ('before_birth', 'Ngày giờ trước ngày sinh', 'the time is before the birth date', 'a time after the registered birth date'),
    ('end_malformed', 'Thời điểm kết thúc không hợp lệ', 'the end is not valid', 'dd/mm/yyyy or yyyy-mm-dd: the last day; with hh:mi[:ss]: the moment; or none'),
    ('ends_before_begin', 'Thời điểm kết thúc trước thời điểm bắt đầu', 'the end is before the beginning', 'an end after the beginning; or none'),
    ('disease_unknown', 'Không có tên bệnh này', 'unknown disease', 'words that cccd_word(''disease'', …) reads; or none for covid19'),
    ('product_unknown', 'Không có vắc xin này', 'unknown vaccine product', 'words that cccd_word(''product'', …) reads; or none'),
    ('result_unknown', 'Không có kết quả xét nghiệm này', 'unknown test result', 'words that cccd_word(''result'', …) reads: negative, positive, inconclusive, pending, âm tính, dương tính …'),
    ('credential_unknown', 'Không có loại giấy tờ này', 'unknown credential', 'names of SELECT name FROM cccd_code_list() WHERE kind = ''credential'''),
    ('declaration_unknown', 'Không có nội dung khai báo này', 'unknown declaration', 'names of SELECT name FROM cccd_code_list() WHERE kind = ''declaration'''),
    ('registration_unknown', 'Không có loại đăng ký này', 'unknown registration', 'names of SELECT name FROM cccd_code_list() WHERE kind = ''registration'''),
    ('consultation_unknown', 'Không có loại khám bệnh này', 'unknown consultation', 'names of SELECT name FROM cccd_code_list() WHERE kind = ''consultation'''),
    ('number_malformed', 'Số thứ tự mũi tiêm không hợp lệ', 'the number of the dose is not valid', '1 to 31; or none'),
    ('series_malformed', 'Tổng số mũi không hợp lệ', 'the number of doses of the series is not valid', '1 to 31; or none'),
    ('not_of_this_kind', 'Loại thông tin này không có giá trị đó', 'this kind of fact does not have such a value', 'detail of doses, tests and what has a name; result of tests; dose_number and series of doses; ends and disease of the others, disease not of what has a name'),
    ('record_malformed', 'Mã bản ghi quá dài', 'the source''s key of the record is too long', 'at most 200 characters'),
    ('record_reserved', 'Mã bản ghi này dành riêng cho kết quả tra cứu', 'keys of this form are of answers', 'a key that does not begin with answer/'),
    ('nothing_to_withdraw', 'Không có bản ghi nào để rút lại', 'there is no such record to withdraw', 'a record that this source has sent'),
    ('too_many_facts', 'Hồ sơ đã đạt số mục tối đa', 'the record is full', 'at most 31 doses and 31 other facts that are not tests');

CREATE FUNCTION take_facts(source text, delivery text, behind_line bigint, at_most int, replace boolean,
    OUT read bigint, OUT behind bigint, OUT taken bigint, OUT updated bigint, OUT withdrawn bigint,
    OUT bad_lines bigint[], OUT bad_reasons text[], OUT bad_numbers text[])
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
    sender ALIAS FOR $1;
    wanted ALIAS FOR $2;
    whole ALIAS FOR $5;
    actor CONSTANT text := cccd_gate.acting_role();
    moment CONSTANT timestamptz := clock_timestamp();
    here CONSTANT smallint := cccd_gate.this_site();
BEGIN
    -- read
    WITH chosen AS MATERIALIZED (
        SELECT i.ctid AS place, i.line, i.id, i.old_id, i.passport
        FROM cccd_gate.fact_in i
        WHERE i.role = actor AND cccd_gate.delivery_key(i.delivery) = wanted AND i.line > $3
        ORDER BY i.line LIMIT $4
    ), step AS (
        DELETE FROM cccd_gate.fact_in i
        WHERE i.ctid = ANY (ARRAY(SELECT c.place FROM chosen c)
                            -- a delivery that is complete for a person is judged at once
                            || ARRAY(SELECT j.ctid FROM cccd_gate.fact_in j
                                     WHERE whole AND j.role = actor AND cccd_gate.delivery_key(j.delivery) = wanted
                                       AND (coalesce(j.id, ''), coalesce(j.old_id, ''), coalesce(j.passport, ''))
                                           IN (SELECT coalesce(c.id, ''), coalesce(c.old_id, ''), coalesce(c.passport, '') FROM chosen c)))
        RETURNING i.*
    ), word AS MATERIALIZED (
        -- each combination of words is read once
        SELECT d.kind AS given_kind, d.disease AS given_disease, d.detail AS given_detail, d.result AS given_result, k.kind,
               CASE WHEN k.disease IS NOT NULL THEN nullif(cccd_gate.code_name('disease', k.disease), 'unknown')
                    WHEN NOT cccd_gate.kind_has_names(k.kind) THEN 'covid19' END AS disease,
               nullif(c.code, 'unknown') AS code,
               nullif(cccd_gate.code_name('result', k.result), 'unknown') AS result,
               k.detail IS NOT NULL AND c.code IS NULL AS code_unknown,
               k.disease IS NOT NULL AS has_disease, k.detail IS NOT NULL AS has_detail, k.result IS NOT NULL AS has_result
        FROM (SELECT DISTINCT coalesce(s.kind, '') AS kind, coalesce(s.disease, '') AS disease,
                     coalesce(s.detail, '') AS detail, coalesce(s.result, '') AS result FROM step s) d
        CROSS JOIN LATERAL (SELECT lower(cccd_word_text(d.kind)) AS kind, cccd_word_text(d.disease) AS disease,
                                   cccd_word_text(d.detail) AS detail, cccd_word_text(d.result) AS result OFFSET 0) k
        CROSS JOIN LATERAL (SELECT cccd_gate.code_name(CASE WHEN k.kind = 'dose' THEN 'product' WHEN cccd_gate.kind_has_names(k.kind) THEN k.kind ELSE 'test' END,
                                                       k.detail) AS code OFFSET 0) c
    ), judged AS MATERIALIZED (
        SELECT m.line, coalesce(m.id, m.old_id, m.passport) AS given_number, m.person, m.kind, m.disease, m.starts, m.ends, m.code, m.result,
               m.dose_number, m.series, m.source_record, m.takes_back, m.stored, m.was_withdrawn, m.differs, m.record_size,
               m.stored IS NULL OR m.was_withdrawn AS is_new,
               -- judge
               CASE
                   WHEN m.takes_back IS NULL THEN 'withdrawn_malformed'
                   WHEN length(m.source_record) > 200 THEN 'record_malformed'
                   -- facts that answer_facts() derives, and takes back, have these
                   WHEN starts_with(m.source_record, 'answer/') THEN 'record_reserved'
                   WHEN m.takes_back AND m.source_record IS NOT NULL
                       THEN CASE WHEN m.stored IS NULL THEN 'nothing_to_withdraw' END
                   WHEN m.id IS NULL AND m.old_id IS NULL AND m.passport IS NULL THEN 'id_missing'
                   WHEN m.problem IS NOT NULL THEN m.problem
                   WHEN m.id IS NULL AND m.old_id IS NULL AND m.state_missing THEN 'state_malformed'
                   WHEN m.person IS NULL THEN 'person_unknown'
                   WHEN m.name_key <> m.register_name_key THEN 'name_disagrees'
                   WHEN NOT m.births_agree THEN 'birth_date_disagrees'
                   WHEN (m.kind IN ('dose', 'test', 'recovery', 'isolation', 'exposure', 'contraindication') OR cccd_gate.kind_has_names(m.kind)) IS NOT TRUE THEN 'kind_unknown'
                   WHEN m.starts IS NULL THEN 'time_malformed'
                   WHEN m.starts < '2000-01-01 00:00+00' OR m.starts >= '2136-01-01 00:00+07' THEN 'time_out_of_range'
                   WHEN m.starts > moment AND m.kind IN ('dose', 'test', 'recovery', 'declaration', 'registration', 'consultation') THEN 'in_future'
                   WHEN m.starts < timezone(interval '7 hours', m.register_birth_date::timestamp) THEN 'before_birth'
                   WHEN m.disease IS NULL AND NOT cccd_gate.kind_has_names(m.kind) THEN 'disease_unknown'
                   WHEN m.takes_back THEN CASE WHEN m.stored IS NULL THEN 'nothing_to_withdraw' END
                   WHEN m.ends_text IS NOT NULL AND m.ends IS NULL THEN 'end_malformed'
                   WHEN m.ends <= m.starts THEN 'ends_before_begin'
                   WHEN m.ends >= '2136-01-01 00:00+07' THEN 'time_out_of_range'
                   WHEN m.ends IS NOT NULL AND m.kind IN ('dose', 'test')
                        OR m.has_detail AND m.kind NOT IN ('dose', 'test') AND NOT cccd_gate.kind_has_names(m.kind)
                        OR m.has_disease AND cccd_gate.kind_has_names(m.kind)
                        OR m.has_result AND m.kind <> 'test'
                        OR (m.number_text IS NOT NULL OR m.series_text IS NOT NULL) AND m.kind <> 'dose' THEN 'not_of_this_kind'
                   WHEN cccd_gate.kind_has_names(m.kind) AND m.code IS NULL THEN m.kind || '_unknown'
                   WHEN m.code_unknown THEN CASE m.kind WHEN 'dose' THEN 'product_unknown' ELSE 'kind_unknown' END
                   WHEN m.number_text IS NOT NULL AND (m.dose_number BETWEEN 1 AND 31) IS NOT TRUE THEN 'number_malformed'
                   WHEN m.series_text IS NOT NULL AND (m.series BETWEEN 1 AND 31) IS NOT TRUE THEN 'series_malformed'
                   WHEN m.kind = 'test' AND m.result IS NULL THEN 'result_unknown'
               END AS reason
        FROM (
            SELECT f.*, v.withdrawn AS was_withdrawn,
                   (v.person, v.kind, v.disease, v.starts, v.ends, v.code, v.result, v.dose_number, v.series)
                   IS DISTINCT FROM (f.person, f.kind, f.disease, f.starts, f.ends, f.code, f.result, f.dose_number, f.series) AS differs
            FROM (
                -- match: the version that the line corrects, of its record, or of the
                -- same dose, sample or beginning where the source has no keys
                SELECT t.*, p.person, p.name_key AS register_name_key, p.birth_date AS register_birth_date,
                       p.birth_date = t.birth_date
                       OR cccd_gate.birth_dates_agree(p.birth_date, p.birth_precision, t.birth_date, t.birth_precision) AS births_agree,
                       coalesce(pg_column_size(h.record), 0) AS record_size,
                       CASE WHEN t.source_record IS NOT NULL
                            THEN (SELECT s.fact FROM cccd_gate.fact s
                                  WHERE s.source = sender AND s.source_record = t.source_record AND s.superseded_at IS NULL)
                            ELSE (SELECT s.fact FROM cccd_gate.fact s
                                  WHERE s.person = p.person AND s.superseded_at IS NULL AND s.source = sender
                                    AND s.source_record IS NULL AND s.kind = t.kind AND s.disease IS NOT DISTINCT FROM t.disease
                                    AND CASE t.kind
                                            WHEN 'dose' THEN s.dose_number = t.dose_number AND (s.series = t.series) IS NOT FALSE
                                                             OR s.starts = t.starts AND (s.dose_number = t.dose_number) IS NOT FALSE
                                            WHEN 'test' THEN s.starts = t.starts AND (s.code = t.code) IS NOT FALSE
                                            ELSE s.starts = t.starts AND (cccd_gate.kind_has_names(t.kind) AND s.code <> t.code) IS NOT TRUE END
                                  ORDER BY (s.dose_number = t.dose_number) IS TRUE DESC, (s.code = t.code) IS TRUE DESC, s.fact
                                  LIMIT 1) END AS stored
                FROM (
                    SELECT s.line, d.*, w.kind, w.disease, w.code, w.result, w.code_unknown, w.has_disease, w.has_detail, w.has_result,
                           q.starts, q.ends_text, q.number_text, q.series_text, q.source_record, q.state_missing,
                           CASE WHEN q.withdrawn IS NULL THEN false ELSE cccd_word('answer', q.withdrawn) = 'yes' END AS takes_back,
                           cccd_gate.read_end(q.ends_text) AS ends,
                           CASE WHEN q.number_text ~ '^[0-9]{1,2}$' THEN q.number_text::smallint END AS dose_number,
                           CASE WHEN q.series_text ~ '^[0-9]{1,2}$' THEN q.series_text::smallint END AS series
                    FROM step s
                    JOIN word w ON w.given_kind = coalesce(s.kind, '') AND w.given_disease = coalesce(s.disease, '')
                               AND w.given_detail = coalesce(s.detail, '') AND w.given_result = coalesce(s.result, '')
                    CROSS JOIN LATERAL cccd_gate.read_holder(s.id, s.old_id, s.passport, s.state, s.name, s.birth_date) d
                    CROSS JOIN LATERAL (SELECT cccd_word_time(s.starts) AS starts, cccd_word_text(s.ends) AS ends_text,
                                               cccd_word_text(s.dose_number) AS number_text, cccd_word_text(s.series) AS series_text,
                                               cccd_word_text(s.source_record) AS source_record, cccd_word_text(s.withdrawn) AS withdrawn,
                                               cccd_word_text(s.state) IS NULL AS state_missing OFFSET 0) q
                    OFFSET 0) t
                LEFT JOIN cccd_gate.identity_number n ON n.id = t.number
                -- another number names somebody with state, name and birth date
                LEFT JOIN LATERAL cccd_gate.holder_by_document(CASE WHEN t.old_id IS NULL THEN 'passport' ELSE 'old_id' END,
                    CASE WHEN t.old_id IS NULL THEN t.state ELSE 'VNM' END, coalesce(t.old_id, t.passport),
                    t.name_key, t.birth_date, t.birth_precision) k ON t.id IS NULL
                LEFT JOIN cccd_gate.person p ON p.person = coalesce(n.person, k.person)
                LEFT JOIN cccd_gate.health h ON h.person = p.person AND h.origin = here
                OFFSET 0) f
            LEFT JOIN cccd_gate.fact v ON v.fact = f.stored
            OFFSET 0) m
    ), crowded AS MATERIALIZED (
        -- a record holds 31 doses and 31 others that are no tests.  Only a
        -- record that may be long is opened: a dose takes 8 bytes in it,
        -- another fact 12
        SELECT j.person FROM judged j WHERE j.reason IS NULL GROUP BY j.person
        HAVING max(j.record_size) + 12 * count(*) > 250
    ), beyond AS MATERIALIZED (
        SELECT q.line
        FROM (SELECT j.line, j.kind, j.person, row_number() OVER (PARTITION BY j.person, j.kind = 'dose' ORDER BY j.line) AS nth
              FROM judged j
              WHERE j.reason IS NULL AND j.is_new AND NOT j.takes_back AND j.kind <> 'test'
                AND (j.person IN (SELECT c.person FROM crowded c)) IS TRUE) q
        WHERE q.nth + (SELECT CASE q.kind WHEN 'dose' THEN z.doses ELSE z.others END FROM cccd_gate.record_facts(q.person) z) > 31
    ), change AS MATERIALIZED (
        SELECT j.person, j.kind, j.disease, j.starts, j.ends, j.code, j.result, j.dose_number, j.series, j.source_record,
               j.takes_back, j.stored, j.is_new, j.takes_back OR j.is_new OR j.differs AS says_new
        FROM judged j
        WHERE j.reason IS NULL AND j.line NOT IN (SELECT b.line FROM beyond b) AND NOT (j.takes_back AND j.was_withdrawn)
          -- of lines about one record the last one counts.  What a line does not
          -- say of a dose or a sample is what the others say, if they agree
          AND (j.line IN (
              SELECT max(g.line)
              FROM (SELECT r.line, '=' || r.source_record AS about FROM judged r WHERE r.reason IS NULL AND r.source_record IS NOT NULL
                    UNION ALL
                    SELECT r.line,
                           concat_ws('|', r.person, r.kind, r.disease,
                                     coalesce('#' || coalesce(r.dose_number, CASE WHEN r.least_number = r.most_number THEN r.least_number END), r.starts::text),
                                     coalesce(r.series, CASE WHEN r.least_series = r.most_series THEN r.least_series END),
                                     CASE WHEN r.kind = 'test' OR cccd_gate.kind_has_names(r.kind)
                                          THEN coalesce(r.code, CASE WHEN r.least_code = r.most_code THEN r.least_code END, '?') END)
                    FROM (SELECT x.*, min(x.dose_number) OVER same_time AS least_number, max(x.dose_number) OVER same_time AS most_number,
                                 min(x.code) OVER same_time AS least_code, max(x.code) OVER same_time AS most_code,
                                 min(x.series) OVER same_dose AS least_series, max(x.series) OVER same_dose AS most_series
                          FROM judged x
                          WHERE x.reason IS NULL AND x.source_record IS NULL
                          WINDOW same_time AS (PARTITION BY x.person, x.kind, x.disease, x.starts),
                                 same_dose AS (PARTITION BY x.person, x.kind, x.disease, x.dose_number)) r) g
              GROUP BY g.about)) IS TRUE
    ), missing AS MATERIALIZED (
        -- what a complete delivery no longer has of a person and kind
        SELECT s.fact AS stored
        FROM (SELECT x.person, x.kind FROM judged x WHERE whole AND x.person IS NOT NULL GROUP BY x.person, x.kind
              HAVING bool_and(x.reason IS NULL)) w
        JOIN cccd_gate.fact s ON s.person = w.person AND s.kind = w.kind AND s.source = sender
                             AND s.source_record IS NULL AND s.superseded_at IS NULL AND NOT s.withdrawn
        WHERE s.fact NOT IN (SELECT x.stored FROM judged x WHERE x.stored IS NOT NULL)
    ),
    -- write
    superseded AS (
        UPDATE cccd_gate.fact f
        SET superseded_at = greatest(moment, f.learned_at)
        WHERE f.fact = ANY (ARRAY(SELECT c.stored FROM change c WHERE c.says_new AND c.stored IS NOT NULL
                                  UNION ALL SELECT m.stored FROM missing m))
          AND f.superseded_at IS NULL
        RETURNING 1
    ), written AS (
        -- after the versions before have made room in the unique index
        INSERT INTO cccd_gate.fact (person, kind, disease, starts, ends, code, result, dose_number, series,
                                    source, source_record, withdrawn, learned_at, merged_from)
        SELECT c.person, c.kind, c.disease, c.starts, c.ends, c.code, c.result, c.dose_number, c.series,
               sender, c.source_record, false, moment,
               -- a corrected fact still came with whom it came
               CASE WHEN c.stored IS NOT NULL
                    THEN (SELECT o.merged_from FROM cccd_gate.fact o WHERE o.fact = c.stored AND o.person = c.person) END
        FROM change c
        WHERE c.says_new AND NOT c.takes_back AND (SELECT count(*) FROM superseded) >= 0
        UNION ALL
        SELECT f.person, f.kind, f.disease, f.starts, f.ends, f.code, f.result, f.dose_number, f.series,
               f.source, f.source_record, true, moment, f.merged_from
        FROM cccd_gate.fact f
        WHERE f.fact = ANY (ARRAY(SELECT c.stored FROM change c WHERE c.takes_back UNION ALL SELECT m.stored FROM missing m))
          AND (SELECT count(*) FROM superseded) >= 0
        RETURNING withdrawn
    ),
    -- report
    bad AS (
        SELECT j.line, coalesce(j.reason, 'too_many_facts') AS reason, j.given_number AS number
        FROM judged j WHERE j.reason IS NOT NULL OR j.line IN (SELECT b.line FROM beyond b)
    )
    SELECT (SELECT count(*) FROM judged), coalesce((SELECT max(c.line) FROM chosen c), $3),
           (SELECT count(*) FROM change c WHERE NOT c.takes_back AND c.is_new),
           (SELECT count(*) FROM change c WHERE NOT c.takes_back AND NOT c.is_new AND c.says_new),
           (SELECT count(*) FROM written w WHERE w.withdrawn),
           b.lines, b.reasons, b.numbers
    INTO read, behind, taken, updated, withdrawn, bad_lines, bad_reasons, bad_numbers
    FROM (SELECT array_agg(x.line) AS lines, array_agg(x.reason) AS reasons, array_agg(x.number) AS numbers FROM bad x) b;
END
$$;
COMMENT ON FUNCTION take_facts(text, text, bigint, int, boolean) IS
    'one step of load_facts(); arguments and result as those of take_people()';

CREATE FUNCTION load_facts(source text, delivery uuid DEFAULT NULL, at_most int DEFAULT NULL, replace boolean DEFAULT false,
    OUT taken bigint, OUT updated bigint, OUT withdrawn bigint, OUT rejected bigint, OUT remaining bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT l.* FROM load_lines('facts', $1, $2, $3, coalesce($4, false)::text, true) l;
END;
COMMENT ON FUNCTION load_facts(text, uuid, int, boolean) IS
    'takes the acting role''s lines of a delivery from fact_in as facts of a source. Arguments: source; delivery, NULL for lines without one; how many lines at most, NULL for all; replace: of each person and kind of fact that the delivery names it is complete, so that facts of this source without a source_record that it does not have are withdrawn (lines of one person are then taken together, even beyond at_most). Returns how many lines said something new, corrected a stored fact or took one back, were rejected (load_reject says why), and are left; a line that says what is stored already counts nowhere. Errors: 22023 an unknown source, at_most below 1';
