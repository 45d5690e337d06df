-- health facts as the national systems, certificates and papers state them
--
-- Facts are added, never changed: a wrong one is deleted and stated again.
-- The keys are natural, so that loading a file twice adds nothing.

CREATE TABLE dose (
    person bigint NOT NULL REFERENCES person ON DELETE CASCADE,
    at timestamptz NOT NULL,
    disease text NOT NULL DEFAULT 'covid19',
    product text,
    number smallint,
    source text NOT NULL DEFAULT 'national',
    signed boolean NOT NULL DEFAULT false,
    reference text,
    PRIMARY KEY (person, at, disease, source),
    CONSTRAINT dose_at CHECK (at >= '2000-01-01 00:00+07' AND at < '2136-01-01 00:00+07'),
    CONSTRAINT dose_number CHECK (number BETWEEN 1 AND 31),
    CONSTRAINT dose_source CHECK (source IN ('declared', 'paper', 'certificate', 'national'))
);
CREATE INDEX dose_at_brin ON dose USING brin (at);
COMMENT ON TABLE dose IS 'vaccine doses; health data';
COMMENT ON COLUMN dose.product IS 'vaccine product as cccd_code_list() names it, or #NNN; NULL is not known';
COMMENT ON COLUMN dose.number IS 'which dose it is, 1 to 31; NULL: not stated';

CREATE TABLE test (
    person bigint NOT NULL REFERENCES person ON DELETE CASCADE,
    at timestamptz NOT NULL,
    disease text NOT NULL DEFAULT 'covid19',
    kind text NOT NULL DEFAULT 'unknown',
    result text NOT NULL,
    source text NOT NULL DEFAULT 'national',
    signed boolean NOT NULL DEFAULT false,
    reference text,
    PRIMARY KEY (person, at, disease, kind, result, source),
    CONSTRAINT test_at CHECK (at >= '2000-01-01 00:00+07' AND at < '2136-01-01 00:00+07'),
    CONSTRAINT test_result CHECK (result IN ('negative', 'positive', 'inconclusive', 'pending')),
    CONSTRAINT test_source CHECK (source IN ('declared', 'paper', 'certificate', 'national'))
);
CREATE INDEX test_at_brin ON test USING brin (at);
COMMENT ON TABLE test IS 'laboratory and rapid tests; health data';
COMMENT ON COLUMN test.kind IS 'pcr, antigen, antibody, #NNN, or unknown';
COMMENT ON COLUMN test.result IS 'negative, positive, inconclusive or pending; a later final result is a row of its own';
COMMENT ON CONSTRAINT test_result ON test IS 'known results';

CREATE TABLE recovery (
    person bigint NOT NULL REFERENCES person ON DELETE CASCADE,
    at timestamptz NOT NULL,
    disease text NOT NULL DEFAULT 'covid19',
    until timestamptz,
    source text NOT NULL DEFAULT 'national',
    signed boolean NOT NULL DEFAULT false,
    reference text,
    PRIMARY KEY (person, at, disease, source),
    CONSTRAINT recovery_at CHECK (at >= '2000-01-01 00:00+07' AND at < '2136-01-01 00:00+07'),
    CONSTRAINT recovery_until CHECK (until > at AND until < '2136-01-01 00:00+07'),
    CONSTRAINT recovery_source CHECK (source IN ('declared', 'paper', 'certificate', 'national'))
);
CREATE TABLE isolation (
    person bigint NOT NULL REFERENCES person ON DELETE CASCADE,
    at timestamptz NOT NULL,
    disease text NOT NULL DEFAULT 'covid19',
    until timestamptz,
    source text NOT NULL DEFAULT 'national',
    signed boolean NOT NULL DEFAULT false,
    reference text,
    PRIMARY KEY (person, at, disease, source),
    CONSTRAINT isolation_at CHECK (at >= '2000-01-01 00:00+07' AND at < '2136-01-01 00:00+07'),
    CONSTRAINT isolation_until CHECK (until > at AND until < '2136-01-01 00:00+07'),
    CONSTRAINT isolation_source CHECK (source IN ('declared', 'paper', 'certificate', 'national'))
);
CREATE TABLE exposure (
    person bigint NOT NULL REFERENCES person ON DELETE CASCADE,
    at timestamptz NOT NULL,
    disease text NOT NULL DEFAULT 'covid19',
    until timestamptz,
    source text NOT NULL DEFAULT 'national',
    signed boolean NOT NULL DEFAULT false,
    reference text,
    PRIMARY KEY (person, at, disease, source),
    CONSTRAINT exposure_at CHECK (at >= '2000-01-01 00:00+07' AND at < '2136-01-01 00:00+07'),
    CONSTRAINT exposure_until CHECK (until > at AND until < '2136-01-01 00:00+07'),
    CONSTRAINT exposure_source CHECK (source IN ('declared', 'paper', 'certificate', 'national'))
);
CREATE TABLE contraindication (
    person bigint NOT NULL REFERENCES person ON DELETE CASCADE,
    at timestamptz NOT NULL,
    disease text NOT NULL DEFAULT 'covid19',
    until timestamptz,
    source text NOT NULL DEFAULT 'national',
    signed boolean NOT NULL DEFAULT false,
    reference text,
    PRIMARY KEY (person, at, disease, source),
    CONSTRAINT contraindication_at CHECK (at >= '2000-01-01 00:00+07' AND at < '2136-01-01 00:00+07'),
    CONSTRAINT contraindication_until CHECK (until > at AND until < '2136-01-01 00:00+07'),
    CONSTRAINT contraindication_source CHECK (source IN ('declared', 'paper', 'certificate', 'national'))
);
COMMENT ON TABLE recovery IS 'recoveries from a disease; health data';
COMMENT ON TABLE isolation IS 'times under isolation or quarantine by an authority; health data';
COMMENT ON TABLE exposure IS 'contacts with a case, for as long as they matter; health data';
COMMENT ON TABLE contraindication IS 'certified reasons not to vaccinate; health data';

-- what all kinds of facts have in common
COMMENT ON COLUMN dose.person IS 'whose it is';
COMMENT ON COLUMN dose.at IS 'when it was given';
COMMENT ON COLUMN dose.disease IS 'disease as cccd_code_list() names it, or #NNN';
COMMENT ON COLUMN dose.source IS 'where it comes from: national system, signed certificate, paper that an officer saw, declared by the person';
COMMENT ON COLUMN dose.signed IS 'a verified signature confirms it';
COMMENT ON COLUMN dose.reference IS 'batch, site or record number of the source; papers: the number in paper_evidence';
COMMENT ON CONSTRAINT dose_pkey ON dose IS 'natural key: a fact stated again (person, time, disease and source) is the same fact';
COMMENT ON CONSTRAINT dose_person_fkey ON dose IS 'facts go with their person';
COMMENT ON CONSTRAINT dose_at ON dose IS 'the range of times of a health record';
COMMENT ON CONSTRAINT dose_source ON dose IS 'known sources';
COMMENT ON CONSTRAINT dose_number ON dose IS 'the range of a health record';
COMMENT ON INDEX dose_at_brin IS 'facts arrive in order of time: a day is a few pages';
COMMENT ON COLUMN test.person IS 'whose it is';
COMMENT ON COLUMN test.at IS 'when the sample was taken';
COMMENT ON COLUMN test.disease IS 'disease as cccd_code_list() names it, or #NNN';
COMMENT ON COLUMN test.source IS 'where it comes from: national system, signed certificate, paper that an officer saw, declared by the person';
COMMENT ON COLUMN test.signed IS 'a verified signature confirms it';
COMMENT ON COLUMN test.reference IS 'batch, site or record number of the source; papers: the number in paper_evidence';
COMMENT ON CONSTRAINT test_pkey ON test IS 'natural key: a fact stated again (person, time, disease, kind, result and source) is the same fact';
COMMENT ON CONSTRAINT test_person_fkey ON test IS 'facts go with their person';
COMMENT ON CONSTRAINT test_at ON test IS 'the range of times of a health record';
COMMENT ON CONSTRAINT test_source ON test IS 'known sources';
COMMENT ON INDEX test_at_brin IS 'facts arrive in order of time: a day is a few pages';
COMMENT ON COLUMN recovery.person IS 'whose it is';
COMMENT ON COLUMN recovery.at IS 'when the person was declared recovered';
COMMENT ON COLUMN recovery.disease IS 'disease as cccd_code_list() names it, or #NNN';
COMMENT ON COLUMN recovery.until IS 'when it ends, exclusive; NULL: no end';
COMMENT ON CONSTRAINT recovery_until ON recovery IS 'it ends after it begins';
COMMENT ON COLUMN recovery.source IS 'where it comes from: national system, signed certificate, paper that an officer saw, declared by the person';
COMMENT ON COLUMN recovery.signed IS 'a verified signature confirms it';
COMMENT ON COLUMN recovery.reference IS 'batch, site or record number of the source; papers: the number in paper_evidence';
COMMENT ON CONSTRAINT recovery_pkey ON recovery IS 'natural key: a fact stated again (person, time, disease and source) is the same fact';
COMMENT ON CONSTRAINT recovery_person_fkey ON recovery IS 'facts go with their person';
COMMENT ON CONSTRAINT recovery_at ON recovery IS 'the range of times of a health record';
COMMENT ON CONSTRAINT recovery_source ON recovery IS 'known sources';
COMMENT ON COLUMN isolation.person IS 'whose it is';
COMMENT ON COLUMN isolation.at IS 'when it begins';
COMMENT ON COLUMN isolation.disease IS 'disease as cccd_code_list() names it, or #NNN';
COMMENT ON COLUMN isolation.until IS 'when it ends, exclusive; NULL: no end';
COMMENT ON CONSTRAINT isolation_until ON isolation IS 'it ends after it begins';
COMMENT ON COLUMN isolation.source IS 'where it comes from: national system, signed certificate, paper that an officer saw, declared by the person';
COMMENT ON COLUMN isolation.signed IS 'a verified signature confirms it';
COMMENT ON COLUMN isolation.reference IS 'batch, site or record number of the source; papers: the number in paper_evidence';
COMMENT ON CONSTRAINT isolation_pkey ON isolation IS 'natural key: a fact stated again (person, time, disease and source) is the same fact';
COMMENT ON CONSTRAINT isolation_person_fkey ON isolation IS 'facts go with their person';
COMMENT ON CONSTRAINT isolation_at ON isolation IS 'the range of times of a health record';
COMMENT ON CONSTRAINT isolation_source ON isolation IS 'known sources';
COMMENT ON COLUMN exposure.person IS 'whose it is';
COMMENT ON COLUMN exposure.at IS 'when it happened or began';
COMMENT ON COLUMN exposure.disease IS 'disease as cccd_code_list() names it, or #NNN';
COMMENT ON COLUMN exposure.until IS 'when it ends, exclusive; NULL: no end';
COMMENT ON CONSTRAINT exposure_until ON exposure IS 'it ends after it begins';
COMMENT ON COLUMN exposure.source IS 'where it comes from: national system, signed certificate, paper that an officer saw, declared by the person';
COMMENT ON COLUMN exposure.signed IS 'a verified signature confirms it';
COMMENT ON COLUMN exposure.reference IS 'batch, site or record number of the source; papers: the number in paper_evidence';
COMMENT ON CONSTRAINT exposure_pkey ON exposure IS 'natural key: a fact stated again (person, time, disease and source) is the same fact';
COMMENT ON CONSTRAINT exposure_person_fkey ON exposure IS 'facts go with their person';
COMMENT ON CONSTRAINT exposure_at ON exposure IS 'the range of times of a health record';
COMMENT ON CONSTRAINT exposure_source ON exposure IS 'known sources';
COMMENT ON COLUMN contraindication.person IS 'whose it is';
COMMENT ON COLUMN contraindication.at IS 'from when on it holds';
COMMENT ON COLUMN contraindication.disease IS 'disease as cccd_code_list() names it, or #NNN';
COMMENT ON COLUMN contraindication.until IS 'when it ends, exclusive; NULL: no end';
COMMENT ON CONSTRAINT contraindication_until ON contraindication IS 'it ends after it begins';
COMMENT ON COLUMN contraindication.source IS 'where it comes from: national system, signed certificate, paper that an officer saw, declared by the person';
COMMENT ON COLUMN contraindication.signed IS 'a verified signature confirms it';
COMMENT ON COLUMN contraindication.reference IS 'batch, site or record number of the source; papers: the number in paper_evidence';
COMMENT ON CONSTRAINT contraindication_pkey ON contraindication IS 'natural key: a fact stated again (person, time, disease and source) is the same fact';
COMMENT ON CONSTRAINT contraindication_person_fkey ON contraindication IS 'facts go with their person';
COMMENT ON CONSTRAINT contraindication_at ON contraindication IS 'the range of times of a health record';
COMMENT ON CONSTRAINT contraindication_source ON contraindication IS 'known sources';

CREATE VIEW fact WITH (security_invoker = true) AS
SELECT person, 'dose' AS kind, at, disease, product AS detail, NULL::text AS result,
       NULL::timestamptz AS until, source, signed, number, reference FROM dose
UNION ALL
SELECT person, 'test', at, disease, nullif(kind, 'unknown'), result, NULL, source, signed, NULL, reference FROM test
UNION ALL
SELECT person, 'recovery', at, disease, NULL, NULL, until, source, signed, NULL, reference FROM recovery
UNION ALL
SELECT person, 'isolation', at, disease, NULL, NULL, until, source, signed, NULL, reference FROM isolation
UNION ALL
SELECT person, 'exposure', at, disease, NULL, NULL, until, source, signed, NULL, reference FROM exposure
UNION ALL
SELECT person, 'contraindication', at, disease, NULL, NULL, until, source, signed, NULL, reference FROM contraindication;
COMMENT ON VIEW fact IS 'all facts, in the columns that cccd_health_agg takes';
COMMENT ON COLUMN fact.person IS 'whose it is';
COMMENT ON COLUMN fact.kind IS 'dose, test, recovery, isolation, exposure or contraindication';
COMMENT ON COLUMN fact.at IS 'when it happened or began';
COMMENT ON COLUMN fact.disease IS 'disease';
COMMENT ON COLUMN fact.detail IS 'product of a dose, kind of a test';
COMMENT ON COLUMN fact.result IS 'result of a test';
COMMENT ON COLUMN fact.until IS 'end, exclusive';
COMMENT ON COLUMN fact.source IS 'where it comes from';
COMMENT ON COLUMN fact.signed IS 'a verified signature confirms it';
COMMENT ON COLUMN fact.number IS 'number of a dose';
COMMENT ON COLUMN fact.reference IS 'batch, site or record number of the source';

CREATE TABLE health (
    person bigint PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    record cccd_health NOT NULL
) WITH (fillfactor = 85);
COMMENT ON TABLE health IS
    'each person''s facts as one value: what the gate reads; derived from the fact tables, maintained by their triggers and recomputed by rebuild_health() and by restoring a dump';
COMMENT ON COLUMN health.person IS 'whose record it is';
COMMENT ON COLUMN health.record IS 'all facts of the person';
COMMENT ON CONSTRAINT health_pkey ON health IS 'one record a person';
COMMENT ON CONSTRAINT health_person_fkey ON health IS 'records go with their person';
