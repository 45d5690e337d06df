-- The stadium evening: who comes.  Every person here is invented; the same
-- people come out on every machine, because chance is a hash of the number.

CREATE SCHEMA demo;

-- The gate believes no moment that it is told, so the evening is played today:
-- when this runs it is 18:00 in the story, an hour before kick-off.
CREATE TABLE demo.clock AS
SELECT make_interval(secs => round(extract(epoch FROM clock_timestamp() - timestamptz '2021-11-16 18:00+07')::numeric)::float8) AS ahead;

-- a moment of the story, today
CREATE FUNCTION demo.today(moment timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT moment + c.ahead FROM demo.clock c;
END;

-- a day of the story, likewise
CREATE FUNCTION demo.today(day date) RETURNS date
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT timezone('Asia/Ho_Chi_Minh', demo.today(timezone('Asia/Ho_Chi_Minh', day + time '12:00')))::date;
END;

-- a moment of today, on the clocks of the story
CREATE FUNCTION demo.clock_of(moment timestamptz) RETURNS timestamp
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT timezone('Asia/Ho_Chi_Minh', moment - c.ahead) FROM demo.clock c;
END;

-- a number from 0 to m - 1 that depends on n and on what it is for
CREATE FUNCTION demo.pick(n int, what int, m int) RETURNS int
    LANGUAGE sql IMMUTABLE STRICT
BEGIN ATOMIC
    SELECT ((hashint8extended(n, what) & 9223372036854775807) % m)::int;
END;

CREATE FUNCTION demo.choose(n int, what int, words text[]) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
BEGIN ATOMIC
    SELECT words[1 + demo.pick(n, what, cardinality(words))];
END;

-- What kinds of spectators come, and how many.  The first three are the
-- evening of 16 November 2021 as it was reported; the others are the people
-- that a gate must not simply wave through.
CREATE TABLE demo.kind (
    kind text PRIMARY KEY,
    people int NOT NULL,
    position int NOT NULL,
    story text NOT NULL
);
INSERT INTO demo.kind (position, kind, people, story) VALUES
    (1, 'record', 3198, 'two doses and a test on record'),
    (2, 'part', 1637, 'one dose on record, paper for the second dose and the test'),
    (3, 'paper', 1181, 'nothing on record, paper for both doses and the test'),
    (4, 'no_paper', 45, 'one dose on record and no paper'),
    (5, 'stale_test', 50, 'two doses, the test is older than 72 hours'),
    (6, 'isolated', 12, 'under isolation'),
    (7, 'no_ticket', 60, 'no ticket'),
    (8, 'lost_card', 8, 'the card was reported lost'),
    (9, 'personal_qr', 25, 'shows the personal QR of the app instead of the card'),
    (10, 'no_chip_card', 20, 'has only the old 9-digit identity card'),
    (11, 'forged', 20, 'a printed QR with a number that nobody has'),
    (12, 'other_name', 10, 'a QR with somebody''s number and another name'),
    (13, 'inconsistent', 10, 'a QR whose number and birth date disagree');

CREATE TABLE demo.spectator AS
WITH place AS (
    SELECT array_agg(code ORDER BY code) AS codes
    FROM generate_series(1, 96) code
    WHERE cccd_id_place_name((code * 1000000000::bigint)::cccd_id) IS NOT NULL
), numbered AS (
    SELECT row_number() OVER (ORDER BY position, i)::int AS n, kind
    FROM demo.kind, generate_series(1, people) i
), person AS (
    SELECT n, kind,
           CASE demo.pick(n, 1, 5) WHEN 0 THEN 'F' WHEN 1 THEN 'F' ELSE 'M' END AS sex,
           date '1955-01-01' + demo.pick(n, 2, 18000) AS birth_date,
           codes[1 + demo.pick(n, 3, cardinality(codes))] AS place
    FROM numbered, place
)
SELECT n, kind, sex, birth_date,
       (place * 1000000000::bigint
        + (CASE WHEN birth_date >= '2000-01-01' THEN 2 ELSE 0 END
           + CASE sex WHEN 'F' THEN 1 ELSE 0 END) * 100000000::bigint
        + extract(year FROM birth_date)::int % 100 * 1000000::bigint
        + n * 97 % 1000000)::cccd_id AS id,
       lpad((100000000 + n * 7919)::text, 9, '0') AS old_id,
       demo.choose(n, 4, '{Nguyễn,Trần,Lê,Phạm,Hoàng,Phan,Vũ,Đặng,Bùi,Đỗ,Hồ,Ngô,Dương,Lý}') || ' '
       || CASE sex
              WHEN 'F' THEN demo.choose(n, 5, '{Thị,Ngọc,Thanh,Thu,Minh,Bích}') || ' '
                            || demo.choose(n, 6, '{An,Bình,Chi,Dung,Giang,Hà,Hương,Lan,Linh,Mai,Nga,Phương,Quỳnh,Thảo,Trang,Yến}')
              ELSE demo.choose(n, 5, '{Văn,Hữu,Đức,Quang,Minh,Công,Xuân}') || ' '
                   || demo.choose(n, 6, '{An,Bảo,Cường,Dũng,Đạt,Hải,Hùng,Khánh,Long,Nam,Phúc,Quân,Sơn,Thắng,Tuấn,Việt}')
          END AS name,
       'Số ' || 1 + demo.pick(n, 7, 200) || ' '
       || demo.choose(n, 8, '{Phố Huế,Lê Lợi,Trần Phú,Hai Bà Trưng,Nguyễn Trãi,Láng Hạ,Mỹ Đình,Cầu Giấy}')
       || ', Hà Nội' AS address,
       date '2021-03-01' + demo.pick(n, 9, 200) AS issued,
       -- every ticket has a secret that only its paper carries
       'MD1116-' || lpad(n::text, 5, '0') || '-' || md5('demo ticket ' || n) AS ticket,
       1 + demo.pick(n, 10, 6) AS gate,
       timestamptz '2021-11-16 16:00+07' + demo.pick(n, 11, 9900) * interval '1 s' AS arrives
FROM person;
ALTER TABLE demo.spectator ADD PRIMARY KEY (n);
ANALYZE demo.spectator;
