-- The binary form of a record: what is sent is received, anything else is
-- refused.  Large objects and \copy make files of chosen bytes on the client.
SELECT cccd_health_send('dose 2021-06-01 08:00:00+07 product ''EU/1/20/1528'' number 2 national signed; test 2021-11-14 08:00:00+07 pcr negative national; isolation 2021-08-01 00:00:00+07 until 2021-08-15 00:00:00+07 paper; tests from 2021-01-01 00:00:00+07');
SELECT cccd_health_send('');

CREATE TEMP TABLE received (h cccd_health);
CREATE TEMP TABLE made (file oid);
-- a file for COPY with one row of one field
CREATE FUNCTION pg_temp.file(field bytea) RETURNS oid LANGUAGE sql AS $$
    INSERT INTO made
    SELECT lo_from_bytea(0, '\x5047434f50590aff0d0a00' || int4send(0) || int4send(0)
                            || int2send(1::int2) || int4send(length(field)) || field || int2send(-1::int2))
    RETURNING file
$$;
\set VERBOSITY terse

-- a record as it is sent, and an empty one
SELECT pg_temp.file('\x010101012780c010284843101701000129231c100b01000028983e100901000028aab310') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
SELECT pg_temp.file(cccd_health_send('dose 2021-06-01 number 2 national signed; test 2021-11-14 pcr pending; exposure 2021-08-01 until 2021-08-15; tests from 2021-01-01')) AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
SELECT pg_temp.file('\x0100000000000000') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
SELECT * FROM received;

-- a credential: which it is where others have zero, and no disease
SELECT pg_temp.file(cccd_health_send('credential 2021-08-01 until 2021-08-15 insurance national')) AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
SELECT * FROM received WHERE h::text LIKE 'credential%';
SELECT cccd_health_send('credential 2021-08-01 until 2021-08-15 insurance national');
-- so are the other kinds that have names
SELECT pg_temp.file(cccd_health_send('declaration 2021-08-01 until 2021-08-15 symptoms; registration 2021-08-01 #65535; consultation 2021-08-01 doctor')) AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
SELECT * FROM received WHERE h::text LIKE 'declaration%';
SELECT cccd_health_send('declaration 2021-08-01 until 2021-08-15 symptoms');
-- without a name, with a disease, another event with a name
SELECT pg_temp.file('\x010000010000000028983e102300000028aab310') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
SELECT pg_temp.file('\x010000010000000028983e102301000128aab310') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
SELECT pg_temp.file('\x010000010000000028983e100b01000128aab310') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
-- no version 2
SELECT pg_temp.file('\x0200000000000000') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
-- more doses than there may be, and fewer than are announced
SELECT pg_temp.file('\x0120000000000000' || decode(repeat('28466ea000010000', 32), 'hex')) AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
SELECT pg_temp.file('\x010200000000000028466ea000010000') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
-- bytes left over
SELECT pg_temp.file('\x010000000000000000') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
-- a dose, and the same without a disease
SELECT pg_temp.file('\x010100000000000028466ea000010000') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
SELECT pg_temp.file('\x010100000000000028466ea000000000') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
-- two reports of doses, and one that says no more than the other
SELECT pg_temp.file('\x010200000000000028466ea0000100002848107100010000') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
SELECT pg_temp.file('\x010200000000000028466ea00001000028466ea000010001') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
-- a test result, and one that is none
SELECT pg_temp.file('\x010001000000000028466ea000010003') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
SELECT pg_temp.file('\x010001000000000028466ea000010004') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
-- another event that ends a second after it begins, and in the same second
SELECT pg_temp.file('\x010000010000000028466ea00801000028466ea1') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
SELECT pg_temp.file('\x010000010000000028466ea00801000028466ea0') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
-- nothing at all
SELECT pg_temp.file('\x') AS file \gset
\lo_export :file results/health_binary.data
\copy received from 'results/health_binary.data' (format binary)
SELECT count(*) FROM received;

SELECT count(lo_unlink(file)) FROM made;
