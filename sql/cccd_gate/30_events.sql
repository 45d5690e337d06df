-- rules, events, gates, tickets

CREATE TABLE rule_book (
    code text PRIMARY KEY,
    authority text NOT NULL,
    citation text NOT NULL,
    activity text NOT NULL,
    level smallint,
    place smallint,
    valid daterange NOT NULL,
    most_people int,
    rule cccd_rule NOT NULL,
    note text,
    shipped boolean NOT NULL DEFAULT false,
    CONSTRAINT rule_book_level CHECK (level BETWEEN 1 AND 4),
    CONSTRAINT rule_book_place CHECK (place BETWEEN 1 AND 999)
);
COMMENT ON TABLE rule_book IS 'published rules; an event copies the one it is held under';
COMMENT ON COLUMN rule_book.code IS 'short name';
COMMENT ON COLUMN rule_book.authority IS 'who made the rule';
COMMENT ON COLUMN rule_book.citation IS 'where it was published';
COMMENT ON COLUMN rule_book.activity IS 'what it is about';
COMMENT ON COLUMN rule_book.level IS 'epidemic level 1 to 4 of Resolution 128/NQ-CP that it is for; NULL: any, or not stated';
COMMENT ON COLUMN rule_book.place IS 'province, as the first three digits of an identity number have it; NULL: the whole country';
COMMENT ON COLUMN rule_book.valid IS 'days on which it was in force; open where no end was published';
COMMENT ON COLUMN rule_book.most_people IS 'how many may take part where all of them satisfy the rule; NULL: not stated';
COMMENT ON COLUMN rule_book.rule IS 'the part of it that is about a person';
COMMENT ON COLUMN rule_book.note IS 'how words of the publication were read, and what the rule leaves out';
COMMENT ON COLUMN rule_book.shipped IS 'came with the extension and is not dumped; rules of your own have false here';
COMMENT ON CONSTRAINT rule_book_pkey ON rule_book IS 'short names are unique';
COMMENT ON CONSTRAINT rule_book_level ON rule_book IS 'the four levels';
COMMENT ON CONSTRAINT rule_book_place ON rule_book IS 'the range of three digits';

INSERT INTO rule_book (code, authority, citation, activity, level, place, valid, most_people, rule, note, shipped) VALUES
('my-dinh-2021', 'Liên đoàn Bóng đá Việt Nam (VFF)',
 'thông báo của VFF về hai trận ngày 11 và 16/11/2021 (anninhthudo.vn post486145, thanhnien.vn post1393763, baoquocte.vn 162487)',
 'trận đấu bóng đá trên sân Mỹ Đình', NULL, 1, '[2021-11-11,2021-11-17)', 12000,
 'ticket and (doses >= 2 and since(dose(2)) >= 14 days or since(recovery) <= 6 months) and since(negative(pcr, antigen)) <= 72 hours and not since(positive(pcr, antigen)) <= 72 hours',
 'Times count back from kick-off. A negative test is one that no positive of the same 72 hours stands against. Isolation and contact with a case are not mentioned, because who has to stay at home may not come. An identity document, the health declaration and the arrival 120 minutes before are not part of the rule.',
 true),
('my-dinh-2022', 'Liên đoàn Bóng đá Việt Nam (VFF)',
 'thông báo của VFF về trận gặp Trung Quốc ngày 01/02/2022 (congluan.vn)',
 'trận đấu bóng đá trên sân Mỹ Đình', NULL, 1, '[2022-02-01,2022-02-02)', 20000,
 'ticket and doses >= 1 and since(negative(pcr, antigen)) <= 72 hours and not since(positive(pcr, antigen)) <= 72 hours',
 'A vaccination certificate was asked for; how many doses was not published and is read as one or more. A negative test is one that no positive of the same 72 hours stands against.',
 true),
('ha-noi-243', 'Ủy ban nhân dân thành phố Hà Nội',
 'Kế hoạch 243/KH-UBND ngày 29/10/2021 (vtc.vn ar644285, bnews.vn 219363)',
 'hội họp, sự kiện', 2, 1, '[2021-10-29,)', NULL,
 '(doses >= 2 or recovered) and since(negative(pcr, antigen)) <= 72 hours and not since(positive(pcr, antigen)) <= 72 hours',
 'Fully vaccinated is read as two doses. A negative test is one that no positive of the same 72 hours stands against. Above 30 people a permit and a signed commitment are needed as well.',
 true),
('hcmc-meeting-2021', 'Ủy ban nhân dân Thành phố Hồ Chí Minh',
 'kế hoạch áp dụng từ 01/10/2021 (phunuvagiadinh.vn 426980)',
 'hội họp trong nhà và ngoài trời', NULL, 79, '[2021-10-01,)', 49,
 'doses >= 2 or recovered',
 'Fully vaccinated is read as two doses. Fewer than 50 people if all satisfy the rule, else fewer than 10.',
 true),
('hcmc-3900', 'Ủy ban nhân dân Thành phố Hồ Chí Minh',
 'Quyết định 3900/QĐ-UBND ngày 16/11/2021 (vietbao.vn 292064, cn.sggp.org.vn post71602)',
 'tham gia các hoạt động', NULL, 79, '[2021-11-16,)', NULL,
 'since(first_dose) >= 14 days or recovered or contraindicated(source >= paper) or age < 16 years and accompanied',
 'A child is a person under 16 (Law 102/2016/QH13, article 1); the adult with the child must be vaccinated. A contraindication needs a certificate.',
 true),
('binh-phuoc-indoor', 'Ủy ban nhân dân tỉnh Bình Phước',
 'quy định năm 2022 (sggp.org.vn 798068)',
 'hoạt động trong nhà', 4, 70, '[2022-01-01,2023-01-01)', 60,
 'doses >= 2 or recovered',
 'Vaccinated is read as two doses. 60 people if all satisfy the rule, else 20; 4 square metres a person. Only the year was published.',
 true),
('binh-phuoc-outdoor', 'Ủy ban nhân dân tỉnh Bình Phước',
 'quy định năm 2022 (sggp.org.vn 798068)',
 'hoạt động ngoài trời', 4, 70, '[2022-01-01,2023-01-01)', 80,
 'doses >= 2 or recovered',
 'Vaccinated is read as two doses. 80 people if all satisfy the rule, else 30. Only the year was published.',
 true),
('moh-6288', 'Bộ Y tế',
 'Công văn 6288/BYT-MT ngày 04/8/2021 (dulieuphapluat.vn, vietmaz.com)',
 'nhập cảnh, cách ly 7 ngày', NULL, NULL, '[2021-08-04,)', NULL,
 'since(negative(pcr)) <= 72 hours and not since(positive(pcr, antigen)) <= 72 hours and (doses >= 2 and since(dose(2)) >= 14 days and since(last_dose) <= 12 months or since(positive(pcr)) <= 6 months and recovered(source >= paper))',
 'The test counts back from departure, the rest from entry. A full course is read as two doses: 14 days count from the second, so that a booster does not begin them again, and 12 months from the last. A negative test is one that no positive of the same 72 hours stands against. LAMP counts as PCR.',
 true);

CREATE TABLE rule_text (
    rule int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    digest bytea NOT NULL CONSTRAINT rule_text_digest UNIQUE,
    value cccd_rule NOT NULL
);
COMMENT ON TABLE rule_text IS 'every rule that an event ever had, so that an answer can be explained after the event''s rule was changed';
COMMENT ON COLUMN rule_text.rule IS 'internal key, as the log has it';
COMMENT ON COLUMN rule_text.digest IS 'SHA-256 of the rule''s binary form, as event.rule_digest has it';
COMMENT ON COLUMN rule_text.value IS 'the rule';
COMMENT ON SEQUENCE rule_text_rule_seq IS 'gives rule_text.rule; rules that are known leave gaps';
COMMENT ON CONSTRAINT rule_text_pkey ON rule_text IS 'key';
COMMENT ON CONSTRAINT rule_text_digest ON rule_text IS 'a rule is kept once';

CREATE TABLE event (
    event int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    code text NOT NULL CONSTRAINT event_code UNIQUE,
    name text NOT NULL,
    venue text,
    activity text,
    place smallint,
    level smallint,
    doors timestamptz,
    starts timestamptz NOT NULL,
    ends timestamptz,
    judged_at timestamptz,
    capacity int NOT NULL,
    rule_code text CONSTRAINT event_rule_code REFERENCES rule_book,
    rule cccd_rule NOT NULL,
    rule_digest bytea GENERATED ALWAYS AS (sha256(cccd_rule_send(rule))) STORED
        CONSTRAINT event_rule_digest REFERENCES rule_text (digest),
    minimum_evidence text NOT NULL DEFAULT 'qr',
    ticket_required boolean NOT NULL DEFAULT true,
    challenge_lifetime interval NOT NULL DEFAULT '2 minutes',
    entries text NOT NULL DEFAULT 'once',
    status text NOT NULL DEFAULT 'open',
    leaving_is_judged boolean NOT NULL DEFAULT false,
    claims_per_minute int NOT NULL DEFAULT 30,
    refusals_per_minute int NOT NULL DEFAULT 120,
    CONSTRAINT event_place CHECK (place BETWEEN 1 AND 999),
    CONSTRAINT event_level CHECK (level BETWEEN 1 AND 4),
    CONSTRAINT event_times CHECK (doors <= starts AND starts < ends),
    CONSTRAINT event_judged_at CHECK (judged_at > '1900-01-01 00:00+07' AND judged_at < '2136-01-01 00:00+07'),
    CONSTRAINT event_capacity CHECK (capacity >= 0),
    CONSTRAINT event_minimum_evidence CHECK (minimum_evidence IN
        ('claimed', 'paper', 'qr', 'registry', 'signature', 'chip', 'genuine')),
    CONSTRAINT event_challenge_lifetime CHECK (challenge_lifetime > '0' AND challenge_lifetime <= '1 hour'),
    CONSTRAINT event_entries CHECK (entries IN ('once', 'again', 'free')),
    CONSTRAINT event_status CHECK (status IN ('planned', 'open', 'cancelled', 'moved')),
    CONSTRAINT event_claims_per_minute CHECK (claims_per_minute >= 0),
    CONSTRAINT event_refusals_per_minute CHECK (refusals_per_minute >= 0)
);
COMMENT ON TABLE event IS 'events that people are admitted to: a match, a concert, a shift, a flight';
COMMENT ON COLUMN event.event IS 'internal key';
COMMENT ON COLUMN event.code IS 'the name that the application uses';
COMMENT ON COLUMN event.name IS 'title';
COMMENT ON COLUMN event.venue IS 'where it is held';
COMMENT ON COLUMN event.activity IS 'kind of activity, as in rule_book';
COMMENT ON COLUMN event.place IS 'province, first three digits of an identity number; what a rule calls place is the person''s, not this one';
COMMENT ON COLUMN event.level IS 'epidemic level of the place, 1 to 4; what a rule calls level';
COMMENT ON COLUMN event.doors IS 'nobody is admitted before; NULL: any time';
COMMENT ON COLUMN event.starts IS 'kick-off';
COMMENT ON COLUMN event.ends IS 'nobody is admitted from then on; NULL: open';
COMMENT ON COLUMN event.judged_at IS
    'the moment for which the rule is asked, for rules that count back from kick-off; NULL: the moment of the check';
COMMENT ON COLUMN event.capacity IS 'most people that may be admitted';
COMMENT ON COLUMN event.rule_code IS 'published rule that the event is held under';
COMMENT ON COLUMN event.rule IS 'the rule that is asked: a copy of the published one, or a stricter one';
COMMENT ON COLUMN event.rule_digest IS 'SHA-256 of the rule''s binary form';
COMMENT ON COLUMN event.minimum_evidence IS
    'least evidence of identity; below it a guard must look: claimed < paper < qr < registry < signature < chip < genuine';
COMMENT ON COLUMN event.ticket_required IS 'nobody is admitted without a ticket, whatever the rule says';
COMMENT ON COLUMN event.challenge_lifetime IS 'how long a chip may take to answer a challenge';
COMMENT ON COLUMN event.entries IS
    'once: a ticket or a person enters once; again: may return after leaving; free: as often as they like';
COMMENT ON COLUMN event.status IS 'planned, open, cancelled or moved; people are let in while it is open';
COMMENT ON COLUMN event.leaving_is_judged IS 'the rule is asked at the exit as well: a ward, a place of isolation';
COMMENT ON COLUMN event.claims_per_minute IS
    'most answers about a number that was only claimed, of one role at one gate in a minute; 0: no limit';
COMMENT ON COLUMN event.refusals_per_minute IS
    'most answers that admit nobody, of one role at one gate in a minute; 0: no limit';
COMMENT ON SEQUENCE event_event_seq IS 'gives event.event';
COMMENT ON CONSTRAINT event_pkey ON event IS 'key';
COMMENT ON CONSTRAINT event_code ON event IS 'codes are unique';
COMMENT ON CONSTRAINT event_rule_code ON event IS 'a published rule must be in the book';
COMMENT ON CONSTRAINT event_rule_digest ON event IS 'the rule is kept in rule_text';
COMMENT ON CONSTRAINT event_place ON event IS 'the range of three digits';
COMMENT ON CONSTRAINT event_level ON event IS 'the four levels';
COMMENT ON CONSTRAINT event_times ON event IS 'doors, then kick-off, then the end';
COMMENT ON CONSTRAINT event_judged_at ON event IS 'the range that a rule can be asked about';
COMMENT ON CONSTRAINT event_capacity ON event IS 'not negative';
COMMENT ON CONSTRAINT event_minimum_evidence ON event IS 'known levels of evidence';
COMMENT ON CONSTRAINT event_challenge_lifetime ON event IS 'short: who knows a challenge can have the card answer it elsewhere';
COMMENT ON CONSTRAINT event_entries ON event IS 'known ways of entering';
COMMENT ON CONSTRAINT event_status ON event IS 'known states';
COMMENT ON CONSTRAINT event_claims_per_minute ON event IS 'not negative';
COMMENT ON CONSTRAINT event_refusals_per_minute ON event IS 'not negative';

CREATE FUNCTION event_rule_kept() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO cccd_gate.rule_text (digest, value)
    SELECT sha256(cccd_rule_send(NEW.rule)), NEW.rule
    WHERE NEW.rule IS NOT NULL      -- the column says that it must not be
    ON CONFLICT DO NOTHING;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION event_rule_kept() IS 'trigger of event: keeps every rule in rule_text';
CREATE TRIGGER event_rule_kept BEFORE INSERT OR UPDATE OF rule ON event
    FOR EACH ROW EXECUTE FUNCTION event_rule_kept();
COMMENT ON TRIGGER event_rule_kept ON event IS 'keeps every rule in rule_text';

CREATE TABLE event_evidence (
    event int NOT NULL REFERENCES event ON DELETE CASCADE,
    document_kind text NOT NULL,
    minimum text NOT NULL,
    PRIMARY KEY (event, document_kind),
    CONSTRAINT event_evidence_document_kind CHECK (document_kind IN
        ('chip', 'card_2021', 'card_2024', 'mrz', 'personal', 'id', 'old_id', 'passport', 'residence', 'birth', 'other')),
    CONSTRAINT event_evidence_minimum CHECK (minimum IN
        ('claimed', 'paper', 'qr', 'registry', 'signature', 'chip', 'genuine'))
);
COMMENT ON TABLE event_evidence IS 'least evidence of identity for kinds of documents for which it is not event.minimum_evidence';
COMMENT ON COLUMN event_evidence.event IS 'event';
COMMENT ON COLUMN event_evidence.document_kind IS
    'what is shown, as answer.document_kind names it: chip, card_2021, card_2024, mrz, personal, id, old_id, passport, residence, birth or other';
COMMENT ON COLUMN event_evidence.minimum IS 'least evidence of identity, as of event.minimum_evidence';
COMMENT ON CONSTRAINT event_evidence_pkey ON event_evidence IS 'one minimum for a kind of document';
COMMENT ON CONSTRAINT event_evidence_event_fkey ON event_evidence IS 'minima go with their event';
COMMENT ON CONSTRAINT event_evidence_document_kind ON event_evidence IS 'known kinds that may identify somebody';
COMMENT ON CONSTRAINT event_evidence_minimum ON event_evidence IS 'known levels of evidence';

CREATE TABLE gate (
    event int NOT NULL REFERENCES event ON DELETE CASCADE,
    gate text NOT NULL,
    name text,
    from_zone text,
    to_zone text,
    PRIMARY KEY (event, gate),
    CONSTRAINT gate_zones CHECK (from_zone <> to_zone)
);
COMMENT ON TABLE gate IS 'gates of an event; a check at any other gate is refused';
COMMENT ON COLUMN gate.event IS 'event';
COMMENT ON COLUMN gate.gate IS 'what the application calls the gate';
COMMENT ON COLUMN gate.name IS 'what the sign says';
COMMENT ON COLUMN gate.from_zone IS 'the zone that people come from; NULL: outside';
COMMENT ON COLUMN gate.to_zone IS 'the zone that it leads to; NULL: the event as a whole';
COMMENT ON CONSTRAINT gate_pkey ON gate IS 'gates of an event are unique';
COMMENT ON CONSTRAINT gate_event_fkey ON gate IS 'gates go with their event';
COMMENT ON CONSTRAINT gate_zones ON gate IS 'a gate leads somewhere else';

CREATE TABLE ticket (
    ticket bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event int NOT NULL REFERENCES event ON DELETE CASCADE,
    number text,
    secret_hash bytea,
    person bigint REFERENCES person ON DELETE CASCADE,
    gate text,
    seat text,
    cancelled boolean NOT NULL DEFAULT false,
    merged_from bigint,
    short boolean NOT NULL DEFAULT false,
    merge_cancelled boolean NOT NULL DEFAULT false,
    CONSTRAINT ticket_number UNIQUE (event, number),
    CONSTRAINT ticket_secret_hash UNIQUE (secret_hash),
    CONSTRAINT ticket_gate FOREIGN KEY (event, gate) REFERENCES gate,
    CONSTRAINT ticket_something CHECK (num_nonnulls(secret_hash, person, number) > 0)
);
CREATE INDEX ticket_person ON ticket (person, event) WHERE person IS NOT NULL;
CREATE UNIQUE INDEX ticket_guest ON ticket (event, person) WHERE number IS NULL AND secret_hash IS NULL;
COMMENT ON TABLE ticket IS
    'tickets and guest lists; a ticket is used when a row of presence names it, which at most one can';
COMMENT ON COLUMN ticket.ticket IS 'internal key';
COMMENT ON COLUMN ticket.event IS 'event';
-- a list may have identity numbers where serial numbers belong
ALTER TABLE ticket ALTER COLUMN number SET STATISTICS 0, ALTER COLUMN number SET (n_distinct = -1);
COMMENT ON COLUMN ticket.number IS 'printed serial number; lets nobody in';
COMMENT ON COLUMN ticket.secret_hash IS
    'SHA-256 of the secret that the ticket carries, 16 random bytes or more; keyed where it is short. The secret itself is not stored';
COMMENT ON COLUMN ticket.person IS 'who alone may use it; NULL: the bearer';
COMMENT ON COLUMN ticket.gate IS 'the gate it is for; NULL: any';
COMMENT ON COLUMN ticket.seat IS 'seat';
COMMENT ON COLUMN ticket.cancelled IS 'sold and taken back';
COMMENT ON COLUMN ticket.merged_from IS 'whose it was before merge_people(); NULL: never moved';
COMMENT ON COLUMN ticket.short IS
    'the secret has fewer than 16 bytes, so that it could be guessed from a plain hash: secret_hash is SHA-256 of secret.key, the word ticket and the secret';
COMMENT ON COLUMN ticket.merge_cancelled IS
    'cancelled only because merge_people() found another entry of a guest list of the same person; split_person() gives it back';
COMMENT ON SEQUENCE ticket_ticket_seq IS 'gives ticket.ticket';
COMMENT ON CONSTRAINT ticket_pkey ON ticket IS 'key';
COMMENT ON CONSTRAINT ticket_event_fkey ON ticket IS 'tickets go with their event';
COMMENT ON CONSTRAINT ticket_person_fkey ON ticket IS 'a personal ticket goes with its person; without a name it would be the bearer''s';
COMMENT ON CONSTRAINT ticket_number ON ticket IS 'serial numbers of an event are unique';
COMMENT ON CONSTRAINT ticket_secret_hash ON ticket IS 'secrets are unique, and the look-up of a scanned ticket';
COMMENT ON INDEX ticket_person IS 'the look-up of a guest; a person may have several tickets';
COMMENT ON INDEX ticket_guest IS 'without number and secret a person stands once on the list of an event';
COMMENT ON CONSTRAINT ticket_gate ON ticket IS 'the gate exists';
COMMENT ON CONSTRAINT ticket_something ON ticket IS 'a ticket can be named';
