-- cccd_health: a person's health record as one value

CREATE TYPE cccd_health;

CREATE FUNCTION cccd_health_in(cstring) RETURNS cccd_health
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION cccd_health_in(cstring) IS
    'text input of cccd_health: events joined by semicolons; times without a zone are in UTC+7; errors 22P02 with the character position, 22008 outside 2000-2136, 54000 too many events';

CREATE FUNCTION cccd_health_out(cccd_health) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION cccd_health_out(cccd_health) IS
    'text output of cccd_health: doses, tests newest first, other events, and from when on tests are complete; times in UTC+7 whatever the session''s time zone';

CREATE FUNCTION cccd_health_recv(internal) RETURNS cccd_health
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_health_recv(internal) IS
    'binary input of cccd_health: version 1, counts, horizon and events in network order; anything but what cccd_health_send writes is error 22P03';

CREATE FUNCTION cccd_health_send(cccd_health) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_health_send(cccd_health) IS
    'binary output of cccd_health: the same bytes for the same record on every machine, fit for a digest';

CREATE FUNCTION cccd_health_typanalyze(internal) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_typanalyze(internal) IS
    'what ANALYZE does with a cccd_health column: null fraction, width and a sample of coarse points, never a value of a person';

CREATE TYPE cccd_health (
    INPUT = cccd_health_in,
    OUTPUT = cccd_health_out,
    RECEIVE = cccd_health_recv,
    SEND = cccd_health_send,
    ANALYZE = cccd_health_typanalyze,
    STORAGE = main
);
COMMENT ON TYPE cccd_health IS
    'a person''s health record as one value: reports of doses, the twelve newest tests, recoveries, isolations, exposures, contraindications, credentials, declarations, registrations and consultations, each with time (whole seconds, 2000-2136), disease (credentials: which it is), source and signature; about 10 bytes an event';

-- comparison, by the bytes of the record

CREATE FUNCTION cccd_health_eq(cccd_health, cccd_health) RETURNS boolean
    AS 'byteaeq' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_eq(cccd_health, cccd_health) IS 'implementation of = operator';
CREATE FUNCTION cccd_health_ne(cccd_health, cccd_health) RETURNS boolean
    AS 'byteane' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_ne(cccd_health, cccd_health) IS 'implementation of <> operator';
CREATE FUNCTION cccd_health_lt(cccd_health, cccd_health) RETURNS boolean
    AS 'bytealt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_lt(cccd_health, cccd_health) IS 'implementation of < operator';
CREATE FUNCTION cccd_health_le(cccd_health, cccd_health) RETURNS boolean
    AS 'byteale' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_le(cccd_health, cccd_health) IS 'implementation of <= operator';
CREATE FUNCTION cccd_health_gt(cccd_health, cccd_health) RETURNS boolean
    AS 'byteagt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_gt(cccd_health, cccd_health) IS 'implementation of > operator';
CREATE FUNCTION cccd_health_ge(cccd_health, cccd_health) RETURNS boolean
    AS 'byteage' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_ge(cccd_health, cccd_health) IS 'implementation of >= operator';
CREATE FUNCTION cccd_health_cmp(cccd_health, cccd_health) RETURNS integer
    AS 'byteacmp' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_cmp(cccd_health, cccd_health) IS
    'btree comparison of two records by their bytes: less than, equal to or greater than 0; an order for sorting and DISTINCT that means nothing in medicine';
CREATE FUNCTION cccd_health_hash(cccd_health) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_hash(cccd_health) IS
    'hash of a record, the same on every architecture';
CREATE FUNCTION cccd_health_hash_extended(cccd_health, bigint) RETURNS bigint
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_hash_extended(cccd_health, bigint) IS
    '64-bit hash of a record with a seed, the same on every architecture';

CREATE OPERATOR = (
    LEFTARG = cccd_health, RIGHTARG = cccd_health, FUNCTION = cccd_health_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (cccd_health, cccd_health) IS 'the two records say the same';
CREATE OPERATOR <> (
    LEFTARG = cccd_health, RIGHTARG = cccd_health, FUNCTION = cccd_health_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (cccd_health, cccd_health) IS 'the two records differ';
CREATE OPERATOR < (
    LEFTARG = cccd_health, RIGHTARG = cccd_health, FUNCTION = cccd_health_lt,
    COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (cccd_health, cccd_health) IS 'less than, by bytes';
CREATE OPERATOR <= (
    LEFTARG = cccd_health, RIGHTARG = cccd_health, FUNCTION = cccd_health_le,
    COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (cccd_health, cccd_health) IS 'less than or equal, by bytes';
CREATE OPERATOR > (
    LEFTARG = cccd_health, RIGHTARG = cccd_health, FUNCTION = cccd_health_gt,
    COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (cccd_health, cccd_health) IS 'greater than, by bytes';
CREATE OPERATOR >= (
    LEFTARG = cccd_health, RIGHTARG = cccd_health, FUNCTION = cccd_health_ge,
    COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (cccd_health, cccd_health) IS 'greater than or equal, by bytes';

CREATE OPERATOR FAMILY cccd_health_ops USING btree;
COMMENT ON OPERATOR FAMILY cccd_health_ops USING btree IS 'btree comparison of cccd_health';
CREATE OPERATOR CLASS cccd_health_ops DEFAULT FOR TYPE cccd_health USING btree FAMILY cccd_health_ops AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 cccd_health_cmp(cccd_health, cccd_health),
    FUNCTION 2 bytea_sortsupport(internal),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS cccd_health_ops USING btree IS 'sorting and equality of cccd_health, by bytes';
CREATE OPERATOR FAMILY cccd_health_ops USING hash;
COMMENT ON OPERATOR FAMILY cccd_health_ops USING hash IS 'hashing of cccd_health';
CREATE OPERATOR CLASS cccd_health_ops DEFAULT FOR TYPE cccd_health USING hash FAMILY cccd_health_ops AS
    OPERATOR 1 =,
    FUNCTION 1 cccd_health_hash(cccd_health),
    FUNCTION 2 cccd_health_hash_extended(cccd_health, bigint);
COMMENT ON OPERATOR CLASS cccd_health_ops USING hash IS 'hashing of cccd_health';

-- one event

CREATE FUNCTION cccd_health_dose(at timestamptz, product text DEFAULT NULL, source text DEFAULT 'declared',
    signed boolean DEFAULT false, number integer DEFAULT NULL, disease text DEFAULT 'covid19', series integer DEFAULT NULL) RETURNS cccd_health
    AS 'MODULE_PATHNAME', 'cccd_health_make_dose' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_health_dose(timestamptz, text, text, boolean, integer, text, integer) IS
    'record of one dose: time, product (null is not known), source, whether a verified signature confirms it, which dose it is (1-31, null is not stated), disease, how many doses its series has (1-31, null is not stated); null if the time is; errors 22023 unknown name, 22008 outside 2000-2136';
CREATE FUNCTION cccd_health_test(at timestamptz, test text DEFAULT NULL, result text DEFAULT NULL,
    source text DEFAULT 'declared', signed boolean DEFAULT false, disease text DEFAULT 'covid19') RETURNS cccd_health
    AS 'MODULE_PATHNAME', 'cccd_health_make_test' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_health_test(timestamptz, text, text, text, boolean, text) IS
    'record of one test: time of sampling, kind (null is not known), result (null is pending), source, whether a verified signature confirms it, disease; null if the time is; errors 22023 unknown name, 22008 outside 2000-2136';
CREATE FUNCTION cccd_health_recovery(at timestamptz, until timestamptz DEFAULT NULL, source text DEFAULT 'declared',
    signed boolean DEFAULT false, disease text DEFAULT 'covid19') RETURNS cccd_health
    AS 'MODULE_PATHNAME', 'cccd_health_make_recovery' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_health_recovery(timestamptz, timestamptz, text, boolean, text) IS
    'record of one recovery: time, end (exclusive; null or infinity is none), source, whether a verified signature confirms it, disease; null if the time is; errors 22023 unknown name or an end not after the beginning, 22008 outside 2000-2136';
CREATE FUNCTION cccd_health_isolation(at timestamptz, until timestamptz DEFAULT NULL, source text DEFAULT 'declared',
    signed boolean DEFAULT false, disease text DEFAULT 'covid19') RETURNS cccd_health
    AS 'MODULE_PATHNAME', 'cccd_health_make_isolation' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_health_isolation(timestamptz, timestamptz, text, boolean, text) IS
    'record of one isolation; arguments and errors as cccd_health_recovery';
CREATE FUNCTION cccd_health_exposure(at timestamptz, until timestamptz DEFAULT NULL, source text DEFAULT 'declared',
    signed boolean DEFAULT false, disease text DEFAULT 'covid19') RETURNS cccd_health
    AS 'MODULE_PATHNAME', 'cccd_health_make_exposure' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_health_exposure(timestamptz, timestamptz, text, boolean, text) IS
    'record of one exposure to a case; arguments and errors as cccd_health_recovery';
CREATE FUNCTION cccd_health_contraindication(at timestamptz, until timestamptz DEFAULT NULL, source text DEFAULT 'declared',
    signed boolean DEFAULT false, disease text DEFAULT 'covid19') RETURNS cccd_health
    AS 'MODULE_PATHNAME', 'cccd_health_make_contraindication' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_health_contraindication(timestamptz, timestamptz, text, boolean, text) IS
    'record of one contraindication to vaccination; arguments and errors as cccd_health_recovery';

CREATE FUNCTION cccd_health_credential(at timestamptz, credential text, until timestamptz DEFAULT NULL,
    source text DEFAULT 'declared', signed boolean DEFAULT false) RETURNS cccd_health
    AS 'MODULE_PATHNAME', 'cccd_health_make_credential' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_health_credential(timestamptz, text, timestamptz, text, boolean) IS
    'record of one credential: from when it holds, which it is (insurance, driving_licence_b, work_permit, #NNN; cccd_code_list() has the names), end (exclusive; null or infinity is none), source, whether a verified signature confirms it; null if the time is; errors 22023 unknown name or an end not after the beginning, 22004 no name, 22008 outside 2000-2136';
CREATE FUNCTION cccd_health_declaration(at timestamptz, declaration text, until timestamptz DEFAULT NULL,
    source text DEFAULT 'declared', signed boolean DEFAULT false) RETURNS cccd_health
    AS 'MODULE_PATHNAME', 'cccd_health_make_declaration' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_health_declaration(timestamptz, text, timestamptz, text, boolean) IS
    'record of one declaration: when it was made, what the person says of himself (no_symptoms, symptoms, no_contact, contact, no_travel, travel, travel_level_1 to 4, #NNN; cccd_code_list() has the names), until when it is believed (exclusive; null or infinity is none), source and signed as cccd_health_credential; null if the time is; errors as cccd_health_credential';
CREATE FUNCTION cccd_health_registration(at timestamptz, registration text, until timestamptz DEFAULT NULL,
    source text DEFAULT 'declared', signed boolean DEFAULT false) RETURNS cccd_health
    AS 'MODULE_PATHNAME', 'cccd_health_make_registration' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_health_registration(timestamptz, text, timestamptz, text, boolean) IS
    'record of one registration, something that is booked: when it was booked, what it is (vaccination, test, examination, #NNN; cccd_code_list() has the names), the end of the appointment (exclusive; null or infinity is none), source and signed as cccd_health_credential; null if the time is; errors as cccd_health_credential';
CREATE FUNCTION cccd_health_consultation(at timestamptz, consultation text, until timestamptz DEFAULT NULL,
    source text DEFAULT 'declared', signed boolean DEFAULT false) RETURNS cccd_health
    AS 'MODULE_PATHNAME', 'cccd_health_make_consultation' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_health_consultation(timestamptz, text, timestamptz, text, boolean) IS
    'record of one consultation, a visit to a doctor: when it was, who was consulted (doctor, hospital, health_station, telehealth, #NNN; cccd_code_list() has the names), until when its outcome holds (exclusive; null or infinity is none), source and signed as cccd_health_credential; null if the time is; errors as cccd_health_credential';

-- joining

CREATE FUNCTION cccd_health_add(health cccd_health, kind text, at timestamptz, disease text DEFAULT NULL,
    detail text DEFAULT NULL, result text DEFAULT NULL, until timestamptz DEFAULT NULL, source text DEFAULT NULL,
    signed boolean DEFAULT NULL, number integer DEFAULT NULL, series integer DEFAULT NULL) RETURNS cccd_health
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cccd_health_add(cccd_health, text, timestamptz, text, text, text, timestamptz, text, boolean, integer, integer) IS
    'the record with one more event; arguments as cccd_health_agg; null if the record is null, the record itself if kind is null; errors 22023 unknown name or an argument that the kind does not have, 22004 no time, 22008 outside 2000-2136, 54000 more than 31 reports of doses or 31 other events';
CREATE FUNCTION cccd_health_merge(cccd_health, cccd_health) RETURNS cccd_health
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cccd_health_merge(cccd_health, cccd_health) IS
    'everything that two records of one person say, whatever the order: all reports of doses that say more than another one, the strictest result of each sample, of other events the signed report, then the one of the better source; error 54000 more than 31 reports of doses or 31 other events';
CREATE OPERATOR || (
    LEFTARG = cccd_health, RIGHTARG = cccd_health, FUNCTION = cccd_health_merge,
    COMMUTATOR = ||
);
COMMENT ON OPERATOR || (cccd_health, cccd_health) IS
    'everything that two records of one person say, as cccd_health_merge(a, b)';
CREATE FUNCTION cccd_health_with_tests_from(health cccd_health, tests_from timestamptz) RETURNS cccd_health
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cccd_health_with_tests_from(cccd_health, timestamptz) IS
    'the record with tests complete only from a time on: a question about an earlier time is then unknown; a time before what the record already says, or null, changes nothing; error 22008 outside 2000-2136';

-- opening

CREATE FUNCTION cccd_health_tests_from(cccd_health) RETURNS timestamptz
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_tests_from(cccd_health) IS
    'the time from which on the record has every test, null if it has all; set when tests are dropped because there are more than twelve, or by cccd_health_with_tests_from';
CREATE FUNCTION cccd_health_events(health cccd_health, OUT kind text, OUT at timestamptz, OUT until timestamptz,
    OUT disease text, OUT product text, OUT test text, OUT result text, OUT number smallint, OUT source text,
    OUT signed boolean, OUT series smallint, OUT name text) RETURNS SETOF record
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 5;
COMMENT ON FUNCTION cccd_health_events(cccd_health) IS
    'the events of a record and its reports of doses by time, one row each: kind, at, until (exclusive, null for none), disease, product and number (of doses), test and result (of tests), source, signed, series (how many doses the series of a dose has), name (of a credential, declaration, registration or consultation); null where the event has none or it is not known';

-- aggregates

CREATE FUNCTION cccd_health_agg_step(internal, text, timestamptz, text, text, text, timestamptz, text, boolean, integer, integer) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION cccd_health_agg_step(internal, text, timestamptz, text, text, text, timestamptz, text, boolean, integer, integer) IS
    'transition function of cccd_health_agg with ten arguments';
CREATE FUNCTION cccd_health_agg_step_short(internal, text, timestamptz, text, text, timestamptz) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION cccd_health_agg_step_short(internal, text, timestamptz, text, text, timestamptz) IS
    'transition function of cccd_health_agg with five arguments';
CREATE FUNCTION cccd_health_merge_step(internal, cccd_health) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_health_merge_step(internal, cccd_health) IS
    'transition function of the aggregate cccd_health_merge';
CREATE FUNCTION cccd_health_agg_combine(internal, internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION cccd_health_agg_combine(internal, internal) IS
    'combine function of the aggregates of cccd_health';
CREATE FUNCTION cccd_health_agg_serialize(internal) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_agg_serialize(internal) IS
    'what a parallel worker sends of an aggregate of cccd_health';
CREATE FUNCTION cccd_health_agg_deserialize(bytea, internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_agg_deserialize(bytea, internal) IS
    'what a parallel worker has sent of an aggregate of cccd_health';
CREATE FUNCTION cccd_health_agg_final(internal) RETURNS cccd_health
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cccd_health_agg_final(internal) IS
    'final function of the aggregates of cccd_health';

CREATE AGGREGATE cccd_health_agg(kind text, at timestamptz, disease text, detail text, result text, until timestamptz,
    source text, signed boolean, number integer, series integer) (
    SFUNC = cccd_health_agg_step, STYPE = internal, SSPACE = 80,
    FINALFUNC = cccd_health_agg_final,
    COMBINEFUNC = cccd_health_agg_combine, SERIALFUNC = cccd_health_agg_serialize,
    DESERIALFUNC = cccd_health_agg_deserialize, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cccd_health_agg(text, timestamptz, text, text, text, timestamptz, text, boolean, integer, integer) IS
    'the health record of rows that are facts: kind (dose, test, recovery, isolation, exposure, contraindication, credential, declaration, registration, consultation; a row without is ignored), at, disease (null is covid19; the last four have none), detail (product of a dose, kind of a test, name of one of the last four), result (null is pending), until (exclusive end of other kinds), source (null is declared), signed, number (of a dose, 1-31), series (how many doses its series has, 1-31; null is not stated); no rows make the empty record; errors as cccd_health_add';
CREATE AGGREGATE cccd_health_agg(kind text, at timestamptz, detail text, result text, until timestamptz) (
    SFUNC = cccd_health_agg_step_short, STYPE = internal, SSPACE = 80,
    FINALFUNC = cccd_health_agg_final,
    COMBINEFUNC = cccd_health_agg_combine, SERIALFUNC = cccd_health_agg_serialize,
    DESERIALFUNC = cccd_health_agg_deserialize, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cccd_health_agg(text, timestamptz, text, text, timestamptz) IS
    'the health record of rows that are facts about covid19, declared and unsigned; arguments and errors as the aggregate with ten arguments';
CREATE AGGREGATE cccd_health_merge(cccd_health) (
    SFUNC = cccd_health_merge_step, STYPE = internal, SSPACE = 80,
    FINALFUNC = cccd_health_agg_final,
    COMBINEFUNC = cccd_health_agg_combine, SERIALFUNC = cccd_health_agg_serialize,
    DESERIALFUNC = cccd_health_agg_deserialize, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cccd_health_merge(cccd_health) IS
    'everything that the records of one person say, joined as cccd_health_merge(a, b) does; nulls are ignored, no records make the empty record; error 54000 more than 31 reports of doses or 31 other events';

-- names

CREATE FUNCTION cccd_code(kind text, name text) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION cccd_code(text, text) IS
    'the code of a name, in any case; kind is disease, product, test, result, source, evidence, credential, declaration, registration or consultation (else error 22023); #NNN is a code without a name; null if there is no such name, so that a loader can say which rows it rejects';
CREATE FUNCTION cccd_code_list(OUT kind text, OUT code integer, OUT name text, OUT canonical boolean) RETURNS SETOF record
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 180;
COMMENT ON FUNCTION cccd_code_list() IS
    'every known name of a disease, product, test, result, source, level of evidence, credential, declaration, registration or consultation and its code; canonical names are written, the others are read only. Products: value set of European health certificates, Viet Nam''s vaccines; results, tests, disease: SNOMED CT and LOINC codes of the same certificates';
