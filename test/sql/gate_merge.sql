-- Who is whom where lines and sources disagree, and merges with corrections,
-- tickets and full records in between.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
CREATE FUNCTION pg_temp.load(source text) RETURNS TABLE (taken bigint, updated bigint, withdrawn bigint, rejects text) LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM cccd_gate.load_reject;
    SELECT l.taken, l.updated, l.withdrawn INTO taken, updated, withdrawn FROM cccd_gate.load_people(source) l;
    rejects := (SELECT string_agg(r.line || ' ' || r.reason, ', ' ORDER BY r.line) FROM cccd_gate.load_reject r);
    RETURN NEXT;
END $$;
CREATE VIEW pg_temp.people AS
SELECT p.name, p.birth_date, (SELECT string_agg(concat_ws(' ', right(n.id::text, 3), n.status, n.source), ', ' ORDER BY n.id) FROM cccd_gate.identity_number n WHERE n.person = p.person) AS numbers,
       (SELECT string_agg(concat_ws(' ', d.kind, d.number), ', ' ORDER BY d.kind) FROM cccd_gate.document d WHERE d.person = p.person) AS documents
FROM cccd_gate.person p ORDER BY p.name_key COLLATE "C", p.person;

-- two people on one old card in a delivery: the first has it
INSERT INTO cccd_gate.person_in (old_id, name, birth_date) VALUES ('012345678', 'Người Một', '1/1/1980'), ('012345678', 'Người Hai', '2/2/1982'),
    ('012345679', 'Người Ba', '1/1/1980'), ('012345679', 'Người Ba', '2/2/1982');
SELECT * FROM pg_temp.load('national');
-- one person on two lines, of which only the later one has the number
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date) VALUES (NULL, 'B7654321', 'Lê Thị Hai', '1990'), ('001190000111', 'B7654321', 'LE THI HAI', '1/1/1990'),
    ('001190000112', 'B7654322', 'Lê Thị Ba', '1/1/1990'), (NULL, 'B7654322', 'Lê Thị Ba', '1/1/1990'), ('001190000113', 'B7654322', 'Lê Thị Tư', '1/1/1990');
SELECT * FROM pg_temp.load('national');
-- a name has letters
INSERT INTO cccd_gate.person_in (id, name) VALUES ('001090000051', '001090000052'), ('001090000053', '1 2'), ('001090000054', 'A 1');
SELECT * FROM pg_temp.load('national');
SELECT * FROM pg_temp.people;

-- a guest list gives a number to somebody; a higher source knows better
DELETE FROM cccd_gate.person;
INSERT INTO cccd_gate.person_in (id, name, birth_date) VALUES ('001091000001', 'Nguyễn Văn An', '1/1/1991');
SELECT * FROM pg_temp.load('national');
INSERT INTO cccd_gate.person_in (id, name, birth_date, cancelled_ids) VALUES ('001091000002', 'Nguyễn Văn An', '1/1/1991', '001091000001'),
    ('001091000003', 'Người Lạ', '3/3/1991', NULL);
SELECT * FROM pg_temp.load('guest_list');
SELECT * FROM pg_temp.people;
-- no more than the guest list: nothing changes
INSERT INTO cccd_gate.person_in (id, name, birth_date) VALUES ('001091000002', 'Lê Văn Hai', '2/2/1991');
SELECT * FROM pg_temp.load('guest_list');
-- a person of the guest list alone is corrected, a number of somebody else is freed
INSERT INTO cccd_gate.person_in (id, name, birth_date) VALUES ('001091000002', 'Lê Văn Hai', '2/2/1991'), ('001091000003', 'Trần Văn Ba', '4/4/1991');
SELECT * FROM pg_temp.load('agency');
SELECT * FROM pg_temp.people;
-- who agrees stays one person
INSERT INTO cccd_gate.person_in (id, name, birth_date, cancelled_ids) VALUES ('001091000004', 'Nguyễn Văn An', '1/1/1991', '001091000001');
SELECT * FROM pg_temp.load('guest_list');
INSERT INTO cccd_gate.person_in (id, name, birth_date) VALUES ('001091000004', 'NGUYEN VAN AN', '1991');
SELECT * FROM pg_temp.load('national');
SELECT * FROM pg_temp.people;

-- what a higher source states as well, the lower one cannot take back
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date) VALUES ('001091000005', 'K1234567', 'Vũ Văn Năm', '5/5/1991');
SELECT * FROM pg_temp.load('declared');
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date) VALUES ('001091000005', 'K1234567', 'Vũ Văn Năm', '5/5/1991');
SELECT * FROM pg_temp.load('national');
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date, withdrawn) VALUES ('001091000005', 'K1234567', 'Vũ Văn Năm', '5/5/1991', 'có'), (NULL, 'K1234567', 'Vũ Văn Năm', '5/5/1991', 'có');
SELECT * FROM pg_temp.load('declared');
SELECT * FROM pg_temp.people WHERE documents IS NOT NULL;

ROLLBACK;
