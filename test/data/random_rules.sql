-- Random records, rules and times for the tests of the index.  Everything is a
-- function of a number, so a question can be repeated.  Read into a schema of
-- the test with the search_path set.

-- a number from 0 to m - 1 that depends on n and on what it is for
CREATE FUNCTION pick(n bigint, what int, m int) RETURNS int LANGUAGE sql IMMUTABLE STRICT
RETURN ((hashint8extended(n, what) & 9223372036854775807) % m)::int;

-- up to 6 events of 2021: all kinds of events, products and kinds of tests that are not
-- known, tests without a result, doses that only a number tells of, another
-- disease, all sources, and records whose tests are complete from a time only
CREATE FUNCTION random_record(n bigint) RETURNS cccd_health LANGUAGE sql IMMUTABLE STRICT
RETURN (
    SELECT concat_ws('; ', string_agg(
        CASE pick(n * 16 + i, 1, 12)
            WHEN 0 THEN 'recovery ' || at
            WHEN 1 THEN 'isolation ' || at || CASE pick(n * 16 + i, 2, 4) WHEN 0 THEN '' ELSE ' until ' || ten_days_later END
            WHEN 2 THEN 'test ' || at || (ARRAY[' pcr', ' antigen', ' antibody', ''])[1 + pick(n * 16 + i, 2, 4)] || ' '
                        || (ARRAY['negative', 'negative', 'negative', 'positive', 'pending'])[1 + pick(n * 16 + i, 3, 5)]
            WHEN 3 THEN 'test ' || at || ' antigen negative'
            WHEN 4 THEN 'test ' || at || ' pcr negative'
            WHEN 5 THEN (ARRAY['exposure ', 'contraindication '])[1 + pick(n * 16 + i, 2, 2)] || at || ' until ' || ten_days_later
            WHEN 6 THEN 'credential ' || at || (ARRAY[' insurance', ' insurance until ' || ten_days_later, ' driving_licence_b', ' #900'])[1 + pick(n * 16 + i, 2, 4)]
            WHEN 7 THEN (ARRAY['declaration ' || at || ' no_symptoms until ' || ten_days_later, 'declaration ' || at || ' symptoms', 'registration ' || at || ' vaccination',
                               'consultation ' || at || ' doctor'])[1 + pick(n * 16 + i, 2, 4)]
            ELSE 'dose ' || at || (ARRAY['', ' product ''EU/1/20/1528''', ' product ''EU/1/20/1507'''])[1 + pick(n * 16 + i, 4, 3)]
                 || CASE pick(n * 16 + i, 5, 9) WHEN 0 THEN ' number 2' WHEN 2 THEN ' number 1 series 2' WHEN 3 THEN ' number 2 series 2' WHEN 4 THEN ' series 1' WHEN 1 THEN ' disease measles' ELSE '' END
        END || (ARRAY[' national', ' national', ' certificate', ' declared'])[1 + pick(n * 16 + i, 8, 4)]
            || CASE pick(n * 16 + i, 9, 2) WHEN 0 THEN ' signed' ELSE '' END, '; '),
        CASE pick(n, 20, 20) WHEN 0 THEN 'tests from 2021-0' || 2 + pick(n, 21, 8) || '-01 00:00:00+07' END)::cccd_health
    FROM generate_series(1, pick(n, 6, 7)) i,
         LATERAL (SELECT timestamp '2021-01-01' + pick(n * 16 + i, 7, 28800000) * interval '1 s') t(time),
         LATERAL (SELECT to_char(time, 'YYYY-MM-DD HH24:MI:SS'), to_char(time + interval '10 days', 'YYYY-MM-DD HH24:MI:SS')) w(at, ten_days_later)
);

CREATE FUNCTION random_clause(n bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT
RETURN CASE WHEN pick(n, 10, 5) = 0 THEN 'not ' ELSE '' END || (ARRAY[
    'doses >= 2', 'doses = 0', 'doses <> 1', 'doses <= 1', 'doses between 1 and 2',
    'doses(product = ''EU/1/20/1528'') >= 1', 'doses(disease = measles) >= 1', 'doses(signed) >= 2',
    'since(last_dose) >= ' || pick(n, 11, 200) || ' days',
    'since(last_dose) between 14 days and ' || 1 + pick(n, 11, 12) || ' months',
    'since(last_dose) < ' || 1 + pick(n, 11, 12) || ' months', 'since(first_dose) > ' || pick(n, 11, 9) || ' months',
    'since(dose(2)) <= 90 days', 'since(last_dose(source >= certificate)) <= 60 days',
    'since(last_dose(product in (''EU/1/20/1528'', ''EU/1/20/1507''))) >= 10 days',
    'since(recovery) <= ' || 1 + pick(n, 11, 12) || ' months', 'recovered', 'since(recovery) > 14 days',
    'since(negative) <= ' || 24 + pick(n, 11, 700) || ' hours', 'since(negative(pcr)) <= ' || 1 + pick(n, 11, 60) || ' days',
    'since(negative(antigen)) > 3 days', 'since(negative(antibody)) <= 30 days', 'since(positive) <= 30 days',
    'isolated', 'exposed', 'contraindicated', 'since(isolation) >= 14 days', 'ticket', 'age >= 18 years',
    'since(last_dose(disease = measles)) <= 90 days', 'since(negative(pcr, signed)) <= 30 days',
    'isolated(source = national)', 'evidence >= paper',
    'complete', 'complete(product = ''EU/1/20/1528'', source >= certificate)', 'since(complete) >= ' || pick(n, 11, 200) || ' days',
    'holds(insurance)', 'holds(driving_licence_b, #900, source >= certificate)',
    'since(credential(insurance)) <= ' || pick(n, 11, 200) || ' days',
    'declared(no_symptoms)', 'declared(no_symptoms) within ' || pick(n, 11, 200) || ' days', 'not declared(symptoms) within 14 days',
    'booked(vaccination)', 'consulted(doctor, hospital, source >= certificate)', 'since(consultation(doctor)) > ' || pick(n, 11, 9) || ' months'])[1 + pick(n, 12, 45)];

CREATE FUNCTION random_rule(n bigint, depth int) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
    IF depth = 0 OR pick(n, 13, 3) = 0 THEN
        RETURN random_clause(n);
    END IF;
    RETURN CASE WHEN pick(n, 14, 6) = 0 THEN 'not ' ELSE '' END
        || '(' || random_rule(n * 2, depth - 1) || CASE pick(n, 15, 2) WHEN 0 THEN ' and ' ELSE ' or ' END
        || random_rule(n * 2 + 1, depth - 1) || ')';
END $$;

-- mostly within the year of the records, sometimes long before or after
CREATE FUNCTION random_time(n bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE STRICT
RETURN CASE WHEN pick(n, 18, 12) = 0
    THEN to_timestamp((ARRAY[631130400, 946684801, 1590944400, 1668600000, 1709139600, 4102419600])[1 + pick(n, 19, 6)])
    ELSE to_timestamp(1610643600 + pick(n, 16, 31000000)) END;

-- ticket, evidence and age are known of some
CREATE FUNCTION random_context(n bigint) RETURNS cccd_context LANGUAGE sql IMMUTABLE STRICT
RETURN (ARRAY[cccd_context(), cccd_context(), cccd_context(ticket => true), cccd_context(ticket => false, evidence => 'qr'),
              cccd_context(birth_date => '2010-05-05', evidence => 'claimed')])[1 + pick(n, 22, 5)];

-- the empty rule is the first
CREATE FUNCTION random_bound(n bigint) RETURNS cccd_bound LANGUAGE sql IMMUTABLE STRICT
RETURN cccd_rule_bind(CASE n WHEN 1 THEN '' ELSE random_rule(n * 1000003, 1 + pick(n, 17, 3)) END::cccd_rule,
                      random_time(n), random_context(n));
