-- DG1 and DG13 of other people's documents: none is a Vietnamese card, so none
-- may give a number; a card of another state gives what its zone says.

INSERT INTO result
SELECT 'holder', item, concat_ws(' ', wanted, code), concat_ws(' ', c.kind, name, sex, expires, flags),
       concat_ws(' ', c.kind, name, sex, expires) = wanted AND code = ANY (flags) AND id IS NULL
FROM (VALUES
    -- TD1
    ('synthetic-quirks/DG1.bin', 'chip ERIKSSON ANNA MARIA F 2012-04-15', 'issuer_not_vietnam'),
    ('pymrtd/lds/dg1_17.bin', 'chip VAN DER STEEN MARIANNE LOUISE F 2011-08-26', 'issuer_not_vietnam'),
    -- TD2
    ('gmrtd/lds/dg1_icao_td2_utopia.bin', 'unknown', 'mrz_not_td1'),
    ('pymrtd/lds/dg1_58.bin', 'unknown', 'mrz_not_td1'),
    -- TD3: passports
    ('pymrtd/lds/dg1_90.bin', 'unknown', 'mrz_not_td1'),
    ('pymrtd/lds/dg1_sodtest_L101.bin', 'unknown', 'mrz_not_td1'),
    ('pymrtd/lds/dg1_sodtest_L282.bin', 'unknown', 'mrz_not_td1'),
    ('pymrtd/lds/dg1_sodtest_L458.bin', 'unknown', 'mrz_not_td1'),
    ('pymrtd/lds/dg1_sodtest_L621.bin', 'unknown', 'mrz_not_td1'),
    ('pymrtd/lds/dg1_sodtest_L634.bin', 'unknown', 'mrz_not_td1'),
    ('pymrtd/lds/dg1_sodtest_L659.bin', 'unknown', 'mrz_not_td1'),
    ('jmrtd/loes2006/ef0101.bin', 'unknown', 'mrz_not_td1'),
    ('jmrtd/bsi2008/Datagroup1.bin', 'unknown', 'mrz_not_td1'),
    ('tsemrtd/EF_DG1.bin', 'unknown', 'mrz_not_td1'),
    ('worldfnd-icao-9303/Datagroup1.bin', 'unknown', 'mrz_not_td1'),
    -- DG13 is every state's own
    ('synthetic-quirks/DG13.bin', 'unknown', 'dg13_malformed'),
    ('gmrtd/lds/dg13_dg13_test_21.bin', 'unknown', 'dg13_malformed'),
    ('gmrtd/lds/dg13_sample_document_42.bin', 'unknown', 'dg13_malformed'),
    -- files that hold nothing of a holder
    ('gmrtd/lds/com_com_test_22.bin', 'unknown', 'dg1_missing'),
    ('pymrtd/lds/dg14_15.bin', 'unknown', 'dg13_missing'),
    ('jmrtd/loes2006/ef011D.bin', 'unknown', 'dg1_missing')) v (item, wanted, code),
    cccd_card_from_chip(ARRAY[file(item)]) c;
