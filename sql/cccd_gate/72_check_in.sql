-- the door: look up, judge, write
--
-- The path of a check is in C (src/gate/door.c): it reads rows by key, asks
-- judge_core.c, and records the answer.  What verifies signatures and pictures
-- is called from there.

CREATE FUNCTION cache_changed() RETURNS trigger
    AS 'MODULE_PATHNAME', 'cccd_gate_cache_changed' LANGUAGE C
    SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION cache_changed() IS
    'trigger of what sessions remember of events, gates, duties, rules and reasons: from the commit on they read it again';

CREATE TRIGGER event_remembered AFTER INSERT OR UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION cache_changed();
CREATE TRIGGER event_truncated AFTER TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION cache_changed();
CREATE TRIGGER event_evidence_remembered AFTER INSERT OR UPDATE OR DELETE ON event_evidence FOR EACH ROW EXECUTE FUNCTION cache_changed();
CREATE TRIGGER event_evidence_truncated AFTER TRUNCATE ON event_evidence FOR EACH STATEMENT EXECUTE FUNCTION cache_changed();
CREATE TRIGGER gate_remembered AFTER INSERT OR UPDATE OR DELETE ON gate FOR EACH ROW EXECUTE FUNCTION cache_changed();
CREATE TRIGGER gate_truncated AFTER TRUNCATE ON gate FOR EACH STATEMENT EXECUTE FUNCTION cache_changed();
CREATE TRIGGER duty_remembered AFTER INSERT OR UPDATE OR DELETE ON duty FOR EACH ROW EXECUTE FUNCTION cache_changed();
CREATE TRIGGER duty_truncated AFTER TRUNCATE ON duty FOR EACH STATEMENT EXECUTE FUNCTION cache_changed();
CREATE TRIGGER rule_text_remembered AFTER INSERT OR UPDATE OR DELETE ON rule_text FOR EACH ROW EXECUTE FUNCTION cache_changed();
CREATE TRIGGER rule_text_truncated AFTER TRUNCATE ON rule_text FOR EACH STATEMENT EXECUTE FUNCTION cache_changed();
CREATE TRIGGER reason_remembered AFTER INSERT OR UPDATE OR DELETE ON reason FOR EACH ROW EXECUTE FUNCTION cache_changed();
CREATE TRIGGER reason_forgotten AFTER TRUNCATE ON reason FOR EACH STATEMENT EXECUTE FUNCTION cache_changed();
CREATE TRIGGER secret_remembered AFTER INSERT OR UPDATE OR DELETE ON secret FOR EACH ROW EXECUTE FUNCTION cache_changed();
CREATE TRIGGER unit_remembered AFTER INSERT OR UPDATE OR DELETE ON unit FOR EACH ROW EXECUTE FUNCTION cache_changed();
CREATE TRIGGER unit_truncated AFTER TRUNCATE ON unit FOR EACH STATEMENT EXECUTE FUNCTION cache_changed();
CREATE TRIGGER unit_successor_remembered AFTER INSERT OR UPDATE OR DELETE ON unit_successor FOR EACH ROW EXECUTE FUNCTION cache_changed();
CREATE TRIGGER unit_successor_truncated AFTER TRUNCATE ON unit_successor FOR EACH STATEMENT EXECUTE FUNCTION cache_changed();
CREATE TRIGGER unit_level_remembered AFTER INSERT OR UPDATE OR DELETE ON unit_level FOR EACH ROW EXECUTE FUNCTION cache_changed();
CREATE TRIGGER unit_level_truncated AFTER TRUNCATE ON unit_level FOR EACH STATEMENT EXECUTE FUNCTION cache_changed();
CREATE TRIGGER activity_remembered AFTER INSERT OR UPDATE OR DELETE ON activity FOR EACH ROW EXECUTE FUNCTION cache_changed();
CREATE TRIGGER activity_truncated AFTER TRUNCATE ON activity FOR EACH STATEMENT EXECUTE FUNCTION cache_changed();
CREATE TRIGGER rule_book_remembered AFTER INSERT OR UPDATE OR DELETE ON rule_book FOR EACH ROW EXECUTE FUNCTION cache_changed();
CREATE TRIGGER rule_book_truncated AFTER TRUNCATE ON rule_book FOR EACH STATEMENT EXECUTE FUNCTION cache_changed();
-- what a subscription brings is remembered too
ALTER TABLE event ENABLE ALWAYS TRIGGER event_remembered, ENABLE ALWAYS TRIGGER event_truncated;
ALTER TABLE event_evidence ENABLE ALWAYS TRIGGER event_evidence_remembered, ENABLE ALWAYS TRIGGER event_evidence_truncated;
ALTER TABLE gate ENABLE ALWAYS TRIGGER gate_remembered, ENABLE ALWAYS TRIGGER gate_truncated;
ALTER TABLE duty ENABLE ALWAYS TRIGGER duty_remembered, ENABLE ALWAYS TRIGGER duty_truncated;
ALTER TABLE rule_text ENABLE ALWAYS TRIGGER rule_text_remembered, ENABLE ALWAYS TRIGGER rule_text_truncated;
ALTER TABLE reason ENABLE ALWAYS TRIGGER reason_remembered, ENABLE ALWAYS TRIGGER reason_forgotten;
ALTER TABLE unit ENABLE ALWAYS TRIGGER unit_remembered, ENABLE ALWAYS TRIGGER unit_truncated;
ALTER TABLE unit_successor ENABLE ALWAYS TRIGGER unit_successor_remembered, ENABLE ALWAYS TRIGGER unit_successor_truncated;
ALTER TABLE unit_level ENABLE ALWAYS TRIGGER unit_level_remembered, ENABLE ALWAYS TRIGGER unit_level_truncated;
ALTER TABLE activity ENABLE ALWAYS TRIGGER activity_remembered, ENABLE ALWAYS TRIGGER activity_truncated;
ALTER TABLE rule_book ENABLE ALWAYS TRIGGER rule_book_remembered, ENABLE ALWAYS TRIGGER rule_book_truncated;
ALTER TABLE secret ENABLE ALWAYS TRIGGER secret_remembered;
COMMENT ON TRIGGER event_remembered ON event IS 'sessions read events again';
COMMENT ON TRIGGER event_truncated ON event IS 'sessions read events again';
COMMENT ON TRIGGER event_evidence_remembered ON event_evidence IS 'sessions read events again';
COMMENT ON TRIGGER event_evidence_truncated ON event_evidence IS 'sessions read events again';
COMMENT ON TRIGGER gate_remembered ON gate IS 'sessions read gates again';
COMMENT ON TRIGGER gate_truncated ON gate IS 'sessions read gates again';
COMMENT ON TRIGGER duty_remembered ON duty IS 'sessions read duties again';
COMMENT ON TRIGGER duty_truncated ON duty IS 'sessions read duties again';
COMMENT ON TRIGGER rule_text_remembered ON rule_text IS 'sessions read rules again';
COMMENT ON TRIGGER rule_text_truncated ON rule_text IS 'sessions read rules again';
COMMENT ON TRIGGER reason_remembered ON reason IS 'sessions read the words of reasons again';
COMMENT ON TRIGGER reason_forgotten ON reason IS 'sessions read the words of reasons again';
COMMENT ON TRIGGER unit_remembered ON unit IS 'sessions read units again';
COMMENT ON TRIGGER unit_truncated ON unit IS 'sessions read units again';
COMMENT ON TRIGGER unit_successor_remembered ON unit_successor IS 'sessions read units again';
COMMENT ON TRIGGER unit_successor_truncated ON unit_successor IS 'sessions read units again';
COMMENT ON TRIGGER unit_level_remembered ON unit_level IS 'sessions read levels again';
COMMENT ON TRIGGER unit_level_truncated ON unit_level IS 'sessions read levels again';
COMMENT ON TRIGGER activity_remembered ON activity IS 'sessions read activities again';
COMMENT ON TRIGGER activity_truncated ON activity IS 'sessions read activities again';
COMMENT ON TRIGGER rule_book_remembered ON rule_book IS 'sessions read published rules again';
COMMENT ON TRIGGER rule_book_truncated ON rule_book IS 'sessions read published rules again';
COMMENT ON TRIGGER secret_remembered ON secret IS 'sessions read the key again';

CREATE FUNCTION slots_shared(event int, capacity int) RETURNS boolean
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT coalesce(sum(s.size) = slots_shared.capacity OR sum(s.inside) > slots_shared.capacity AND max(s.size) = -1000000, false)
    FROM slot s WHERE s.event = slots_shared.event;
END;
COMMENT ON FUNCTION slots_shared(int, int) IS
    'whether the rows of slot let so many people be inside an event (event.event), or nobody more where too many are';

CREATE FUNCTION share_slots(event int, capacity int) RETURNS boolean
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    slots CONSTANT int := 64;
    closed CONSTANT int := -1000000;
    patience CONSTANT text := current_setting('lock_timeout');
    rest bigint;
BEGIN
    -- A gate that looks for a place may hold a slot that is wanted here, and want
    -- one that is held here.  So nobody waits for long, and whoever has waited in
    -- vain begins again without a lock.
    LOOP
        IF cccd_gate.slots_shared($1, $2) THEN
            RETURN false;
        END IF;
        BEGIN
            PERFORM set_config('lock_timeout', '200ms', true);
            -- lock: capacity
            PERFORM pg_advisory_xact_lock(hashint8extended($1, 1667457892));
            -- once another one has committed there is nothing left to do
            IF cccd_gate.slots_shared($1, $2) THEN
                PERFORM set_config('lock_timeout', patience, true);
                RETURN false;
            END IF;
            PERFORM FROM cccd_gate.slot s WHERE s.event = $1 ORDER BY s.slot FOR UPDATE;
            PERFORM set_config('lock_timeout', patience, true);
            EXIT;
        EXCEPTION WHEN lock_not_available THEN
            NULL;
        END;
    END LOOP;
    -- What is free is shared out, so that the sizes sum up to the capacity.  While
    -- too many are inside no part has room, whoever leaves by it; a gate that finds
    -- none comes here again.
    SELECT $2 - coalesce(sum(s.inside), 0) INTO rest FROM cccd_gate.slot s WHERE s.event = $1;
    INSERT INTO cccd_gate.slot AS s (event, slot, size)
    SELECT $1, i, CASE WHEN rest < 0 THEN closed ELSE (rest + i) / slots END
    FROM generate_series(0, slots - 1) i
    ORDER BY i
    ON CONFLICT ON CONSTRAINT slot_pkey DO UPDATE SET size = CASE WHEN rest < 0 THEN closed ELSE s.inside + excluded.size END;
    RETURN true;
END
$$;
COMMENT ON FUNCTION share_slots(int, int) IS
    'shares out to the 64 rows of slot how many people may be inside an event (event.event): the first time, and again where it is another number than before. Returns false if there was nothing to do';

CREATE FUNCTION slots_changed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM cccd_gate.share_slots(NEW.event, (SELECT t.capacity FROM cccd_gate.event_terms(NEW.event) t ORDER BY t.starts LIMIT 1))
    WHERE EXISTS (SELECT FROM cccd_gate.slot s WHERE s.event = NEW.event);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION slots_changed() IS 'trigger of event: shares a changed capacity out';
CREATE TRIGGER event_slots_changed AFTER UPDATE OF capacity ON event
    FOR EACH ROW EXECUTE FUNCTION slots_changed();
COMMENT ON TRIGGER event_slots_changed ON event IS 'a changed capacity counts from its commit on';

CREATE FUNCTION check_in(event text, gate text, request_id uuid, scan text DEFAULT NULL, ticket text DEFAULT NULL,
    accompanied boolean DEFAULT NULL, origin_level int DEFAULT NULL, image bytea DEFAULT NULL, chip chip DEFAULT NULL,
    certificates text[] DEFAULT NULL) RETURNS answer
    AS 'MODULE_PATHNAME', 'cccd_gate_check_in' LANGUAGE C COST 10000
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION check_in(text, text, uuid, text, text, boolean, int, bytea, chip, text[]) IS
    'asks for entry. Arguments, all named: event.code; gate; request id, the same for a repetition of the same scan (required; UUIDv7 advised); what the scanner delivered; what the ticket''s code says, NULL to use a ticket in the person''s name; whether an adult accompanies the person; epidemic level (1 to 4) of where the person comes from; a PNG or JPEG picture of the card''s code, whose card counts where there is no scan, stored nowhere; what the card''s chip said; texts of health certificates, up to 32. A card may be read by its chip alone. Returns one row whatever was scanned; every answer is in answer_log, an admission in presence, and the commit is durable. A repeated request id gets the first answer again, with inside as of now, or decision_closed where the desk has closed the case since. The only errors are those of transactions';

CREATE FUNCTION check_out(event text, gate text, request_id uuid, scan text DEFAULT NULL, ticket text DEFAULT NULL) RETURNS answer
    AS 'MODULE_PATHNAME', 'cccd_gate_check_out' LANGUAGE C COST 10000
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION check_out(text, text, uuid, text, text) IS
    'records that somebody leaves, who is named by document or ticket; arguments and answer as check_in(). The place is free again, the stay is in visit';

CREATE FUNCTION move(event text, gate text, request_id uuid, scan text DEFAULT NULL, ticket text DEFAULT NULL) RETURNS answer
    AS 'MODULE_PATHNAME', 'cccd_gate_move' LANGUAGE C COST 10000
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION move(text, text, uuid, text, text) IS
    'asks whether somebody inside may go from the gate''s from_zone to its to_zone; arguments and answer as check_in()';

CREATE FUNCTION preview(event text, gate text, at timestamptz DEFAULT clock_timestamp(), scan text DEFAULT NULL, ticket text DEFAULT NULL,
    accompanied boolean DEFAULT NULL, origin_level int DEFAULT NULL, image bytea DEFAULT NULL, chip chip DEFAULT NULL,
    certificates text[] DEFAULT NULL) RETURNS answer
    AS 'MODULE_PATHNAME', 'cccd_gate_preview' LANGUAGE C STABLE PARALLEL RESTRICTED COST 10000
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION preview(text, text, timestamptz, text, text, boolean, int, bytea, chip, text[]) IS
    'what check_in() would answer at a moment; the other arguments as there, without a request id. Nothing is written, so it answers on a standby and in a read-only transaction; a chip''s challenge is not used up';

-- chips and certificates, called by the above

CREATE FUNCTION read_chip_shown(sod bytea, data_groups bytea[], challenge_id uuid, response bytea,
    event int, gate text, at timestamptz, request_id uuid, holder bigint,
    shown_id bigint, shown_number text, shown_name text, shown_birth_date date, shown_sex text, shown_issued date, shown_expires date,
    letters_lost boolean, number_kind text,
    OUT problems text[], OUT level text, OUT id cccd_id, OUT name text, OUT birth_date date, OUT sex text, OUT issued date, OUT expires date,
    OUT flags text[], OUT reading jsonb)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    chip CONSTANT cccd_gate.shown_document := cccd_gate.chip_document($2);
    shown cccd_gate.shown_document;
    verified record;
BEGIN
    shown.id := $10::cccd_id;
    shown.passport := CASE $18 WHEN 'passport' THEN $11 END;
    shown.old_id := CASE $18 WHEN 'old_id' THEN $11 END;
    shown.name := $12;
    shown.birth_date := $13;
    shown.sex := $14;
    shown.issued := $15;
    shown.expires := $16;
    shown.flags := CASE WHEN $17 THEN '{masked}' ELSE '{}' END;
    problems := cccd_gate.chip_disagreements(shown, chip, $9);
    verified := cccd_gate.read_chip($5, $6, $1, $2, $3, $4, $7, $8);
    -- what is wrong with the chip itself comes first
    IF verified.problems <> '{}' THEN
        problems := verified.problems || array_remove(problems, 'chip_unreadable');
    END IF;
    level := CASE WHEN problems = '{}' THEN verified.level END;
    id := chip.id;
    name := chip.name;
    birth_date := chip.birth_date;
    sex := chip.sex;
    issued := chip.issued;
    expires := chip.expires;
    flags := chip.flags;
    reading := to_jsonb(verified.reading);
END
$$;
COMMENT ON FUNCTION read_chip_shown(bytea, bytea[], uuid, bytea, int, text, timestamptz, uuid, bigint, bigint, text, text, date, text, date, date, boolean, text) IS
    'verifies a chip for check_in() and compares it with the scan beside it. Arguments: EF.SOD, data groups, challenge, the chip''s answer to it; event, gate, moment; the request that uses the challenge up, NULL for a preview; the person whom the scan named; what the scan says: number, old or passport number, name, birth date, sex, dates of issue and expiry, whether letters of it were lost, which kind the second number is. Returns reasons, the level of evidence if there are none, what the chip says, and the row for chip_reading';

CREATE FUNCTION keep_chip(request_id uuid, person bigint, reading jsonb) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO cccd_gate.chip_reading (request_id, person, trusted, active, findings, sod_digest, signer_fingerprint, anchor_fingerprint, trust_digest)
    SELECT $1, $2, r.trusted, r.active, r.findings, r.sod_digest, r.signer_fingerprint, r.anchor_fingerprint, r.trust_digest
    FROM jsonb_populate_record(NULL::cccd_gate.chip_reading, $3) r;
END
$$;
COMMENT ON FUNCTION keep_chip(uuid, bigint, jsonb) IS 'keeps what came of a chip; arguments: request id, person, the row that read_chip_shown() returned';

CREATE FUNCTION read_certificates_shown(certificates text[], name text, birth_date date, passport text, at timestamptz,
    OUT problems text[], OUT doubts text[], OUT fits boolean, OUT record cccd_health, OUT shown jsonb)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    r record;
BEGIN
    r := cccd_gate.read_certificates($1, $2, $3, $4, $5);
    problems := r.problems;
    doubts := r.doubts;
    fits := r.fits AND r.problems = '{}';
    SELECT cccd_health_merge(u.record) INTO record FROM unnest(r.facts) u(record);
    shown := jsonb_build_object('readings', to_jsonb(r.readings), 'stated', r.stated);
END
$$;
COMMENT ON FUNCTION read_certificates_shown(text[], text, date, text, timestamptz) IS
    'verifies health certificates for check_in() without keeping anything. Arguments: texts; name, birth date and, if one is shown, number of the passport that they must be about; moment. Returns reasons against the holder, reasons that matter only if the rule is not satisfied, whether one counts and none is forged or revoked, the facts of those that count, and what keep_certificates() keeps';

CREATE FUNCTION keep_certificates(request_id uuid, recorded_at timestamptz, person bigint, shown jsonb, keeps_facts boolean) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO cccd_gate.certificate_reading
        (request_id, person, problem, findings, digest, kinds, country, expires, signer_fingerprint, trust_digest)
    SELECT $1, $3, x.problem, x.findings, x.digest, x.kinds, x.country, x.expires, x.signer_fingerprint, x.trust_digest
    FROM jsonb_populate_recordset(NULL::cccd_gate.certificate_reading, $4->'readings') x;
    IF $5 AND cccd_gate.has_room_for_facts($3, ARRAY(SELECT (s->>'facts')::cccd_health FROM jsonb_array_elements($4->'stated') s)) THEN
        PERFORM cccd_gate.keep_certificate_facts($3, $2, (s->>'facts')::cccd_health, (s->>'digest')::bytea,
                                                 ARRAY(SELECT jsonb_array_elements_text(s->'identifiers')), ARRAY(SELECT jsonb_array_elements_text(s->'states')),
                                                 (s->>'key_id')::bytea, (s->>'signature')::bytea)
        FROM jsonb_array_elements($4->'stated') s;
    END IF;
END
$$;
COMMENT ON FUNCTION keep_certificates(uuid, timestamptz, bigint, jsonb, boolean) IS
    'keeps what came of health certificates, and adds the facts of those that count to the person''s, as known since the answer that used them. Arguments: request id, when its answer was recorded, person, what read_certificates_shown() returned as shown, whether facts are kept';

-- the rest of the door

CREATE FUNCTION recheck(case_id uuid, request_id uuid, accompanied boolean DEFAULT NULL) RETURNS answer
    AS 'MODULE_PATHNAME', 'cccd_gate_recheck' LANGUAGE C COST 10000
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION recheck(uuid, uuid, boolean) IS
    'judges a case again, after papers were accepted or something changed: the same person, event, gate and ticket; everything that can be looked at is looked at again. Arguments: request id of the case''s first answer; request id of this one, the same for a repetition; whether an adult accompanies the person, NULL: as before. Returns an answer as check_in() does, also decision_unknown and decision_closed';

CREATE FUNCTION replay(request_id uuid, occurred_at timestamptz, direction text, event text, gate text,
    scan text DEFAULT NULL, ticket text DEFAULT NULL, decided text DEFAULT NULL, note text DEFAULT NULL) RETURNS answer
    AS 'MODULE_PATHNAME', 'cccd_gate_replay' LANGUAGE C COST 10000
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION replay(uuid, timestamptz, text, text, text, text, text, text, text) IS
    'records what a gate did while it was alone: the only function that names a moment, and its answers are marked. Arguments: request id; when it happened, not in the future; in, out or move; event.code, gate, scan and ticket as check_in(); what the gate decided (admit, review, refuse), NULL: what is judged counts; a note (runs of six digits or more are masked, it can be erased). The answer says what is judged as of that moment; an entry that has happened is recorded whatever is judged, and never undone. A wrong word or moment: bad_request';

CREATE FUNCTION preview_event(event text, at timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (person bigint, verdict text, reasons text[])
    AS 'MODULE_PATHNAME', 'cccd_gate_preview_event' LANGUAGE C STABLE PARALLEL RESTRICTED COST 100000 ROWS 10000
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION preview_event(text, timestamptz) IS
    'what check_in() would answer at a moment to everybody who has a ticket for the event in his or her name, if all of them came to the right gate with a document in order. Arguments: event.code, moment. Returns person.person, verdict and codes of reasons; no row for an unknown event. Error: 22023 a moment that no rule can be asked about';

CREATE FUNCTION warm_up(event text) RETURNS boolean
    AS 'MODULE_PATHNAME', 'cccd_gate_warm_up' LANGUAGE C COST 10000
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION warm_up(text) IS
    'does what a session would do at its first check, so that this one is as fast as the others: for connection pools. It looks somebody up, judges, opens the tables that an admission writes, and plans the statements of an exit and a move; it writes nothing, keeps no lock, and works in a read-only transaction and on a standby, too. Argument: event.code. Returns whether there is such an event with a gate duty for the acting role';
