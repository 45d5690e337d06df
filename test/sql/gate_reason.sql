-- the table of reasons: rows of the program, words of the operators
\set VERBOSITY default
\pset format unaligned
SELECT count(*) AS missing FROM cccd_gate.reason_codes() c FULL JOIN cccd_gate.reason r USING (code)
WHERE (c.verdict, c.about) IS DISTINCT FROM (r.verdict, r.about);
SELECT about, count(*) > 1 AS several, count(*) FILTER (WHERE verdict = 'refuse') > 0 AS refusing FROM cccd_gate.reason GROUP BY about ORDER BY about;
SELECT count(*) AS untranslated FROM cccd_gate.reason WHERE (ask_vi IS NULL) <> (ask_en IS NULL) OR vi = en;

-- Law 118/2025/QH15: nobody is asked for a paper that VNeID holds.  What asks for
-- a document names VNeID before the paper, in both languages, unless the guard is
-- to scan again
SELECT code, ask_vi, ask_en FROM cccd_gate.reason
WHERE (ask_vi ~* '(thẻ|giấy|hộ chiếu|căn cước|xét nghiệm)' OR ask_en ~* '(card|document|certificate|proof of recovery|permit|test)')
  AND (ask_vi ~ ' trên VNeID(,| hoặc) ' AND ask_en ~ ' on VNeID(,| or) ') IS NOT TRUE
  AND NOT (ask_vi ~ '^(Quét|Chụp) ' AND ask_en ~ '^(Scan|Take a picture) ')
ORDER BY code;
SELECT count(*) > 40 AS named FROM cccd_gate.reason WHERE ask_vi ~ 'VNeID' AND ask_en ~ 'VNeID';

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
