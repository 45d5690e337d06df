-- cccd_explain: clauses as sentences

SELECT s.vi, s.en
FROM (VALUES (cccd_rule '(doses >= 2 and since(last_dose) >= 14 days or since(recovery) <= 6 months)
    and since(negative(pcr, antigen)) <= 72 hours and not isolated and ticket')) v(rule),
    unnest(cccd_explain(rule), cccd_explain(rule, 'en')) s(vi, en);

-- one rule with every kind of clause
SELECT clause, condition, vi, en
FROM (VALUES (cccd_rule 'doses(product = ''EU/1/20/1507'', source >= certificate, signed) between 1 and 2
    or since(dose(2)) > 3 weeks or since(positive(pcr)) between 14 days and 6 months
    or since(exposure) <= 14 days or since(isolation) >= 14 days or since(contraindication) < 1 year
    or exposed or contraindicated or recovered(disease = measles)
    or complete or since(complete(source >= certificate)) >= 14 days or holds(driving_licence_b, driving_licence_c, signed) or since(credential(work_permit)) <= 1 year
    or declared(no_symptoms, no_contact) or declared(no_symptoms) within 24 hours or booked(vaccination) or since(registration(test)) > 1 day
    or consulted(doctor) or consulted(doctor, telehealth) within 14 days or accompanied
    or age < 12 years or evidence >= signature or level <= 2 or origin_level in (3, 4)
    or sex = female or place = 79')) v(rule),
    cccd_rule_clauses(rule) c,
    LATERAL (SELECT (cccd_explain(rule))[clause] AS vi, (cccd_explain(rule, 'EN'))[clause] AS en) s
ORDER BY clause;

-- chosen clauses: the masks of cccd_check
SELECT cccd_explain('ticket and doses >= 2 and not isolated', 'en', 5);
SELECT cccd_explain('ticket and doses >= 2 and not isolated', 'en', 0);
SELECT cccd_explain('ticket and doses >= 2 and not isolated', 'en', 8);
SELECT cccd_explain('', 'en');
SELECT array_length(cccd_explain((repeat('ticket or ', 63) || 'exposed')::cccd_rule), 1) AS sentences,
       cccd_explain((repeat('ticket or ', 63) || 'exposed')::cccd_rule, 'en', 1::bigint << 63) AS last;

-- NOT turns the sentence round, also from further up
SELECT cccd_explain('not (ticket or not (accompanied and not sex = male))', 'en');
SELECT cccd_explain(NULL), cccd_explain('ticket', NULL);

SELECT cccd_explain('ticket', 'fr');
SELECT cccd_explain('ticket', language => '');

-- a thousand rows through one call site: each has its own sentences
SELECT count(*) AS differences
FROM generate_series(1, 1000) n
WHERE cccd_explain(('doses = ' || n % 200 + 2)::cccd_rule, 'en')
   <> ARRAY[format('Exactly %s doses of COVID-19 vaccine', n % 200 + 2)];
