-- the table of reasons: rows of the program, words of the operators
\set VERBOSITY default
\pset format unaligned
SELECT count(*) AS missing FROM cccd_gate.reason_codes() c FULL JOIN cccd_gate.reason r USING (code)
WHERE (c.verdict, c.about) IS DISTINCT FROM (r.verdict, r.about);
SELECT about, count(*) > 1 AS several, count(*) FILTER (WHERE verdict = 'refuse') > 0 AS refusing FROM cccd_gate.reason GROUP BY about ORDER BY about;
SELECT count(*) AS untranslated FROM cccd_gate.reason WHERE (ask_vi IS NULL) <> (ask_en IS NULL) OR vi = en;

BEGIN;
UPDATE cccd_gate.reason SET vi = 'Hết chỗ', ask_en = 'Come tomorrow' WHERE code = 'full';
SELECT code, verdict, about, vi, en, ask_en, changed FROM cccd_gate.reason WHERE changed;
-- what a restore of such a row does: the words come, the rest stays
INSERT INTO cccd_gate.reason (code, verdict, about, vi, en, changed) VALUES ('isolated', 'review', 'card', 'Trong thời gian cách ly', 'isolated', true);
SELECT code, verdict, about, vi, en, changed FROM cccd_gate.reason WHERE changed ORDER BY code;
ROLLBACK;
SELECT count(*) AS changed FROM cccd_gate.reason WHERE changed;

-- nothing else
UPDATE cccd_gate.reason SET verdict = 'review' WHERE code = 'full';
UPDATE cccd_gate.reason SET about = 'rule' WHERE code = 'full';
UPDATE cccd_gate.reason SET code = 'too_full' WHERE code = 'full';
INSERT INTO cccd_gate.reason (code, verdict, about, vi, en) VALUES ('own', 'review', 'desk', 'riêng', 'own');
DELETE FROM cccd_gate.reason WHERE code = 'full';
TRUNCATE cccd_gate.reason;
UPDATE cccd_gate.reason SET vi = '' WHERE code = 'full';
UPDATE cccd_gate.reason SET ask_vi = '' WHERE code = 'full';
