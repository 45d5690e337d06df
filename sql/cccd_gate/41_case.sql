-- cases and the log of answers
--
-- A case is everything that is asked about one person at one gate: the check,
-- the papers, the checks after them.  It has the request id of its first answer.
-- case_file makes an answer unique, so that the log need not be: the log is
-- partitioned by month, and its parent has no key, because a parent with one
-- does not restore.

CREATE TYPE chip AS (
    sod bytea,
    data_groups bytea[],
    challenge_id uuid,
    response bytea
);
COMMENT ON TYPE chip IS 'what was read of a chip';
COMMENT ON COLUMN chip.sod IS 'EF.SOD';
COMMENT ON COLUMN chip.data_groups IS 'the data groups that were read, as the chip has them';
COMMENT ON COLUMN chip.challenge_id IS 'the challenge of challenge() that the chip was sent; NULL: none';
COMMENT ON COLUMN chip.response IS 'what the chip answered to it';

CREATE TYPE answer AS (
    request_id uuid,
    verdict text,
    reasons text[],
    reasons_vi text[],
    reasons_en text[],
    ask_vi text[],
    ask_en text[],
    holder_name text,
    holder_birth_date date,
    holder_sex text,
    holder_id_masked text,
    document_kind text,
    evidence text,
    valid_until timestamptz,
    inside boolean,
    admitted_at timestamptz
);
COMMENT ON TYPE answer IS
    'what the gate answers: one row for the guard''s screen. Columns are appended only';
COMMENT ON COLUMN answer.request_id IS 'the request that this answers; of a first answer also the name of its case';
COMMENT ON COLUMN answer.verdict IS 'admit; review: a person must look; refuse';
COMMENT ON COLUMN answer.reasons IS 'codes of reason, the refusing ones first; empty for admit';
COMMENT ON COLUMN answer.reasons_vi IS 'the reasons in Vietnamese, in the same order';
COMMENT ON COLUMN answer.reasons_en IS 'the reasons in English, in the same order';
COMMENT ON COLUMN answer.ask_vi IS 'what to ask the person for, in Vietnamese; each thing once';
COMMENT ON COLUMN answer.ask_en IS 'what to ask the person for, in English';
COMMENT ON COLUMN answer.holder_name IS
    'name in the register; what the scan says, where the register does not know the person or the identity is in doubt';
COMMENT ON COLUMN answer.holder_birth_date IS 'birth date, likewise; NULL where the register does not know the day';
COMMENT ON COLUMN answer.holder_sex IS 'M or F, likewise';
COMMENT ON COLUMN answer.holder_id_masked IS 'the last three digits of the number';
COMMENT ON COLUMN answer.document_kind IS
    'what was shown: as cccd_scan_kind names a scan; passport; chip, where the chip alone was read; of a person registered at the desk, the kind of document';
COMMENT ON COLUMN answer.evidence IS 'evidence of identity: claimed, paper, qr, registry, signature, chip, genuine';
COMMENT ON COLUMN answer.valid_until IS 'when the answer may change: rule, level, document, end of the event; NULL: never, or the rule was not asked';
COMMENT ON COLUMN answer.inside IS 'whether the person, or the bearer of the ticket, is inside now; NULL where it is not said who it is';
COMMENT ON COLUMN answer.admitted_at IS 'moment of admission; NULL: not admitted';

CREATE TABLE case_file (
    request_id uuid PRIMARY KEY,
    case_id uuid,
    recorded_at timestamptz NOT NULL,
    event int,
    state "char",
    CONSTRAINT case_file_state CHECK (state IN ('o', 'a', 'c')),
    CONSTRAINT case_file_first CHECK ((case_id IS NULL) = (state IS NOT NULL))
);
CREATE INDEX case_file_case ON case_file (case_id) WHERE case_id IS NOT NULL;
COMMENT ON TABLE case_file IS
    'one row a request that was answered: makes a repeated request find its first answer, and holds the state of its case. A change of the state locks the row of the first request';
COMMENT ON COLUMN case_file.request_id IS 'the caller''s request id';
COMMENT ON COLUMN case_file.case_id IS 'the first request of the case that this one goes on with; NULL: this is the first';
COMMENT ON COLUMN case_file.recorded_at IS 'the server''s clock; with event the way to the row of answer_log';
COMMENT ON COLUMN case_file.event IS 'event; NULL if there was none of that code';
COMMENT ON COLUMN case_file.state IS 'o: open, a: admitted, c: closed; NULL where this is not the first request of its case';
COMMENT ON INDEX case_file_case IS 'what followed a request';
COMMENT ON CONSTRAINT case_file_pkey ON case_file IS 'one request, one answer';
COMMENT ON CONSTRAINT case_file_state ON case_file IS 'known states; what is closed stays closed';
COMMENT ON CONSTRAINT case_file_first ON case_file IS 'the first request of a case has its state';

CREATE TABLE answer_log (
    recorded_at timestamptz NOT NULL,
    xid xid8 NOT NULL,
    request_id uuid NOT NULL,
    case_id uuid,
    occurred_at timestamptz,
    person bigint,
    ticket bigint,
    document bigint,
    valid_until timestamptz,
    failed bigint,
    unsure bigint,
    event int,
    rule int,
    proof int,
    site smallint NOT NULL,
    origin_level smallint,
    action "char" NOT NULL,
    verdict "char" NOT NULL,
    evidence "char",
    decided "char",
    accompanied boolean,
    gate text,
    zone text,
    kind text,
    role text NOT NULL,
    officer text,
    reasons text[],
    facts_hash bytea,
    note_hash bytea
) PARTITION BY RANGE (recorded_at);
COMMENT ON TABLE answer_log IS
    'every answer that the gate gave; rows are added, never changed. Keys and codes alone: no scan, no name, no identity number, no note. Each partition has its own indexes, made with it; extend_log() makes one a month';
COMMENT ON COLUMN answer_log.recorded_at IS 'the server''s clock, also for what is recorded later';
COMMENT ON COLUMN answer_log.xid IS 'the transaction that wrote the row: who reads the log to its end stops at the oldest one that still runs';
COMMENT ON COLUMN answer_log.request_id IS 'the caller''s request id';
COMMENT ON COLUMN answer_log.case_id IS 'the first request of the case; NULL: this is it';
COMMENT ON COLUMN answer_log.occurred_at IS 'when it happened, as replay() was told; NULL: when it was recorded';
COMMENT ON COLUMN answer_log.person IS 'who, as the key was then; NULL if not known';
COMMENT ON COLUMN answer_log.ticket IS 'ticket that was shown or is bound to the person; NULL if none';
COMMENT ON COLUMN answer_log.document IS 'the document in hand, if the register has it';
COMMENT ON COLUMN answer_log.valid_until IS 'when the answer may change';
COMMENT ON COLUMN answer_log.failed IS 'clauses of the rule that failed, bit i is clause i + 1';
COMMENT ON COLUMN answer_log.unsure IS 'clauses of the rule that were unknown';
COMMENT ON COLUMN answer_log.event IS 'event; NULL if there was none of that code';
COMMENT ON COLUMN answer_log.rule IS 'the rule that was asked: rule_text.rule; NULL: none was';
COMMENT ON COLUMN answer_log.proof IS 'of an admission, how many facts proved the rule, as proof_counts() reads it';
COMMENT ON COLUMN answer_log.site IS 'the site that answered';
COMMENT ON COLUMN answer_log.origin_level IS 'epidemic level of the place that the person comes from, as the caller said; NULL: not said';
COMMENT ON COLUMN answer_log.action IS
    'i: in, o: out, m: move, r: check again, d: registered at the desk, t: turned away, n: annulled, e: everybody was checked out, whose exits are rows beside it';
COMMENT ON COLUMN answer_log.verdict IS 'a: admit, v: review, r: refuse';
COMMENT ON COLUMN answer_log.evidence IS 'evidence of identity from 1, claimed, to 7, genuine; NULL: none';
COMMENT ON COLUMN answer_log.decided IS 'what the gate did then, as replay() was told, as in verdict; NULL: not replayed, or not told';
COMMENT ON COLUMN answer_log.accompanied IS 'whether an adult accompanied the person, as the caller said';
COMMENT ON COLUMN answer_log.gate IS 'gate; NULL if the event had none of that name, and of check_out_all()';
COMMENT ON COLUMN answer_log.zone IS 'the zone that was entered; NULL: the event as a whole, or none';
COMMENT ON COLUMN answer_log.kind IS 'what was shown, as answer.document_kind';
COMMENT ON COLUMN answer_log.role IS 'the acting role';
COMMENT ON COLUMN answer_log.officer IS 'the officer who answers for it, as that role said; NULL: the role itself';
COMMENT ON COLUMN answer_log.reasons IS 'codes of reason, the refusing ones first; NULL: none';
COMMENT ON COLUMN answer_log.facts_hash IS 'the first 8 bytes of the keyed hash of the record that was judged';
COMMENT ON COLUMN answer_log.note_hash IS 'keyed hash of the note; NULL: none was given';

CREATE TABLE answer_log_default (
    LIKE answer_log INCLUDING ALL,
    CONSTRAINT answer_log_action CHECK (action IN ('i', 'o', 'm', 'r', 'd', 't', 'n', 'e')),
    CONSTRAINT answer_log_verdict CHECK (verdict IN ('a', 'v', 'r')),
    CONSTRAINT answer_log_decided CHECK (decided IN ('a', 'v', 'r'))
);
CREATE INDEX answer_log_default_event ON answer_log_default (event, recorded_at) WITH (fillfactor = 100);
CREATE INDEX answer_log_default_claim ON answer_log_default (event, gate, role, recorded_at) WHERE verdict <> 'a';
ALTER TABLE answer_log ATTACH PARTITION answer_log_default DEFAULT;
COMMENT ON TABLE answer_log_default IS
    'answers of a month for which extend_log() made no partition, and the pattern of the partitions that it makes; else empty';
COMMENT ON INDEX answer_log_default_event IS 'answers of an event in order of time';
COMMENT ON INDEX answer_log_default_claim IS 'what a role was answered at a gate in the last minute, admissions left out';
COMMENT ON CONSTRAINT answer_log_action ON answer_log_default IS 'known actions';
COMMENT ON CONSTRAINT answer_log_verdict ON answer_log_default IS 'known verdicts';
COMMENT ON CONSTRAINT answer_log_decided ON answer_log_default IS 'known verdicts';

CREATE TABLE note (
    request_id uuid PRIMARY KEY,
    note text NOT NULL
);
COMMENT ON TABLE note IS
    'what was written beside an answer, with every run of six digits or more masked; can be erased, and the log keeps its keyed hash';
COMMENT ON COLUMN note.request_id IS 'request it belongs to';
-- a note may name people
ALTER TABLE note ALTER COLUMN note SET STATISTICS 0;
COMMENT ON COLUMN note.note IS 'the note';
COMMENT ON CONSTRAINT note_pkey ON note IS 'a request has one note';

CREATE FUNCTION proof_counts(proof int,
    OUT doses_record int, OUT doses_paper int, OUT tests_record int, OUT tests_paper int,
    OUT others_record int, OUT others_paper int)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF
BEGIN ATOMIC
    SELECT proof & 31, proof >> 5 & 31, proof >> 10 & 31, proof >> 15 & 31, proof >> 20 & 31, proof >> 25 & 31;
END;
COMMENT ON FUNCTION proof_counts(int) IS
    'how many facts proved the rule of an admission, of answer_log.proof or presence.proof: doses, tests and others, on record (from the national systems or a signed certificate) and on paper (papers, and what was declared). 31 stands for 31 or more';

CREATE FUNCTION extend_log(months int DEFAULT 3) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    zone CONSTANT interval := '7 hours';
    this_month CONSTANT timestamp := date_trunc('month', timezone(zone, clock_timestamp()));
    lower_bound timestamptz;
    upper_bound timestamptz;
    partition text;
    made int := 0;
BEGIN
    PERFORM cccd_gate.require_admin('extend_log');
    IF (months BETWEEN 0 AND 120) IS NOT TRUE THEN
        RAISE EXCEPTION 'months must be between 0 and 120' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- one session at a time; gates go on writing until a partition is attached
    LOCK TABLE ONLY cccd_gate.answer_log IN SHARE UPDATE EXCLUSIVE MODE;
    FOR i IN 0..months LOOP
        partition := to_char(this_month + make_interval(months => i), '"answer_log_"YYYY_MM');
        CONTINUE WHEN to_regclass(format('cccd_gate.%I', partition)) IS NOT NULL;
        lower_bound := timezone(zone, this_month + make_interval(months => i));
        upper_bound := timezone(zone, this_month + make_interval(months => i + 1));
        EXECUTE format('CREATE TABLE cccd_gate.%I (LIKE cccd_gate.answer_log_default INCLUDING ALL)', partition);
        -- what the month has already moves along
        LOCK TABLE cccd_gate.answer_log_default IN ACCESS EXCLUSIVE MODE;
        EXECUTE format('WITH moved AS (
                            DELETE FROM cccd_gate.answer_log_default d
                            WHERE d.recorded_at >= $1 AND d.recorded_at < $2 RETURNING d.*)
                        INSERT INTO cccd_gate.%I SELECT m.* FROM moved m', partition)
            USING lower_bound, upper_bound;
        EXECUTE format('ALTER TABLE cccd_gate.answer_log ATTACH PARTITION cccd_gate.%I FOR VALUES FROM (%L) TO (%L)',
                       partition, lower_bound, upper_bound);
        made := made + 1;
    END LOOP;
    RETURN made;
END
$$;
COMMENT ON FUNCTION extend_log(int) IS
    'makes the partitions of answer_log for this month and the given number of months after it (0 to 120, else error 22023), in Viet Nam''s time, where they are not there; rows of theirs that answer_log_default has move along. Returns how many were made. Call it once a month; a month without a partition goes to answer_log_default, and nothing is lost';

CREATE FUNCTION force_durable() RETURNS void
    AS 'MODULE_PATHNAME', 'cccd_gate_force_durable' LANGUAGE C
    SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION force_durable() IS
    'makes the commit of this transaction wait for the disk, and for synchronous standbys, whatever was set and will be set in it';

CREATE TABLE secret (
    key bytea NOT NULL,
    single boolean PRIMARY KEY DEFAULT true,
    CONSTRAINT secret_single CHECK (single)
);
COMMENT ON TABLE secret IS
    'key of the hashes of document numbers, short tickets, notes and records, made when the extension is created; it is not dumped, so that a dump alone cannot be used to guess numbers';
COMMENT ON COLUMN secret.key IS '32 random bytes';
COMMENT ON COLUMN secret.single IS 'there is one row';
COMMENT ON CONSTRAINT secret_pkey ON secret IS 'there is one row';
COMMENT ON CONSTRAINT secret_single ON secret IS 'there is one row';
ALTER TABLE secret ALTER COLUMN key SET STATISTICS 0;
-- two random UUIDs hold 244 random bits
INSERT INTO secret (key) VALUES (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

CREATE FUNCTION keyed_hash(purpose text, value text) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT sha256(s.key || convert_to(keyed_hash.purpose || keyed_hash.value, 'UTF8')) FROM secret s WHERE s.single;
END;
COMMENT ON FUNCTION keyed_hash(text, text) IS
    'SHA-256 of the key in table secret, a purpose (ticket, document, note) and a value: without the key values cannot be guessed. NULL for NULL';

CREATE FUNCTION plain_answer(request_id uuid, reasons text[]) RETURNS answer
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    a cccd_gate.answer;
BEGIN
    a.request_id := $1;
    a.reasons := $2;
    SELECT CASE WHEN bool_and(coalesce(r.verdict, 'refuse') = 'review') THEN 'review' ELSE 'refuse' END,
           coalesce(array_agg(coalesce(r.vi, u.code) ORDER BY u.i), '{}'),
           coalesce(array_agg(coalesce(r.en, u.code) ORDER BY u.i), '{}'),
           coalesce(array_agg(r.ask_vi ORDER BY u.i) FILTER (WHERE r.ask_vi IS NOT NULL), '{}'),
           coalesce(array_agg(r.ask_en ORDER BY u.i) FILTER (WHERE r.ask_en IS NOT NULL), '{}')
    INTO a.verdict, a.reasons_vi, a.reasons_en, a.ask_vi, a.ask_en
    FROM unnest($2) WITH ORDINALITY u(code, i)
    LEFT JOIN cccd_gate.reason r ON r.code = u.code;
    RETURN a;
END
$$;
COMMENT ON FUNCTION plain_answer(uuid, text[]) IS
    'an answer with reasons and their words, and nothing about a person: review where all reasons lead to it, else refuse';

CREATE FUNCTION lock_case(case_id uuid) RETURNS case_file
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    c cccd_gate.case_file;
BEGIN
    -- door_problem() answers that nothing can be written
    IF NOT current_setting('transaction_read_only')::boolean THEN
        SELECT f.* INTO c FROM cccd_gate.case_file f
        WHERE f.request_id = coalesce((SELECT k.case_id FROM cccd_gate.case_file k WHERE k.request_id = $1), $1)
        FOR UPDATE;
    END IF;
    RETURN c;
END
$$;
COMMENT ON FUNCTION lock_case(uuid) IS
    'the file of a case, named by any of its requests, locked until the end of the transaction: of two who act on a case the second sees what the first did. All NULL: no such case';

CREATE FUNCTION last_answer(c case_file) RETURNS answer_log
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    step record;
    l cccd_gate.answer_log;
BEGIN
    SELECT f.request_id, f.recorded_at INTO step FROM cccd_gate.case_file f
    WHERE f.request_id = c.request_id OR f.case_id = c.request_id
    ORDER BY f.recorded_at DESC LIMIT 1;
    SELECT x.* INTO l FROM cccd_gate.answer_log x
    WHERE x.event = c.event AND x.recorded_at = step.recorded_at AND x.request_id = step.request_id;
    RETURN l;
END
$$;
COMMENT ON FUNCTION last_answer(case_file) IS 'the last row of the log about a case';

CREATE FUNCTION let_in(l answer_log) RETURNS boolean
    LANGUAGE sql STABLE
BEGIN ATOMIC
    -- an exit or a move that is judged again lets nobody in
    SELECT coalesce(l.decided, l.verdict) = 'a'
       AND (l.action IN ('i', 'd')
            OR l.action = 'r' AND EXISTS (SELECT FROM case_file f JOIN answer_log y
                                          ON y.event = f.event AND y.recorded_at = f.recorded_at AND y.request_id = f.request_id
                                          WHERE f.request_id = l.case_id AND y.action IN ('i', 'd')));
END;
COMMENT ON FUNCTION let_in(answer_log) IS
    'whether an answer let somebody in, or a gate did that it was replayed for: to who asked for entry or was registered, at once or when the case was judged again';

CREATE FUNCTION log_answer(entry answer_log, note text DEFAULT NULL) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    written CONSTANT text := nullif(cccd_gate.masked_note($2), '');
BEGIN
    entry.recorded_at := clock_timestamp();
    entry.xid := pg_current_xact_id();
    entry.site := cccd_gate.this_site();
    entry.role := cccd_gate.acting_role();
    entry.note_hash := cccd_gate.keyed_hash('note', written);
    INSERT INTO cccd_gate.case_file (request_id, case_id, recorded_at, event, state)
    VALUES (entry.request_id, entry.case_id, entry.recorded_at, entry.event, CASE WHEN entry.case_id IS NULL THEN 'o' END);
    INSERT INTO cccd_gate.answer_log SELECT entry.*;
    IF written IS NOT NULL THEN
        INSERT INTO cccd_gate.note (request_id, note) VALUES (entry.request_id, written);
    END IF;
END
$$;
COMMENT ON FUNCTION log_answer(answer_log, text) IS
    'writes an answer that the desk gave: log, file of its request, and a note with digits masked. Moment, transaction, site, role and hash of the note are filled in here';
