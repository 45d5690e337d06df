-- what pg_dump keeps: the rows of every table, but
--
-- - the records of this site in health, which the triggers derive while the facts
--   are restored;
-- - board_count and board_mark, which board() makes again: transaction ids of
--   another server mean nothing;
-- - challenge, whose rows are worth nothing after some minutes;
-- - secret, so that a dump alone cannot be used to guess document numbers;
-- - the partitions of answer_log that extend_log() makes, which are no part of the
--   extension: pg_dump takes them as it takes any table;
-- - the rows of source, unit, unit_successor, activity, rule_book and rule_text
--   that the extension brings, the rows of reason whose words are the
--   extension's, and load_reason.

SELECT pg_extension_config_dump('source', 'WHERE NOT shipped');
SELECT pg_extension_config_dump('person', '');
SELECT pg_extension_config_dump('person_person_seq', '');
SELECT pg_extension_config_dump('identity_number', '');
SELECT pg_extension_config_dump('document', '');
SELECT pg_extension_config_dump('document_document_seq', '');
SELECT pg_extension_config_dump('weaker_statement', '');
SELECT pg_extension_config_dump('weaker_statement_statement_seq', '');
SELECT pg_extension_config_dump('fact', '');
SELECT pg_extension_config_dump('fact_fact_seq', '');
SELECT pg_extension_config_dump('fact_evidence', '');
SELECT pg_extension_config_dump('recipient', '');
SELECT pg_extension_config_dump('fact_gone', '');
SELECT pg_extension_config_dump('export_log', '');
SELECT pg_extension_config_dump('export_log_export_seq', '');
SELECT pg_extension_config_dump('health', 'WHERE origin <> cccd_gate.this_site()');
SELECT pg_extension_config_dump('word', '');
SELECT pg_extension_config_dump('unit', 'WHERE NOT shipped');
SELECT pg_extension_config_dump('unit_unit_seq', '');
SELECT pg_extension_config_dump('unit_successor', 'WHERE NOT shipped');
SELECT pg_extension_config_dump('unit_in', '');
SELECT pg_extension_config_dump('unit_in_line_seq', '');
SELECT pg_extension_config_dump('unit_level', '');
SELECT pg_extension_config_dump('level_notice', '');
SELECT pg_extension_config_dump('level_notice_notice_seq', '');
SELECT pg_extension_config_dump('activity', 'WHERE NOT shipped');
SELECT pg_extension_config_dump('rule_book', 'WHERE NOT shipped');
SELECT pg_extension_config_dump('rule_text', 'WHERE NOT shipped');
SELECT pg_extension_config_dump('rule_text_rule_seq', '');
SELECT pg_extension_config_dump('event', '');
SELECT pg_extension_config_dump('event_event_seq', '');
SELECT pg_extension_config_dump('event_evidence', '');
SELECT pg_extension_config_dump('gate', '');
SELECT pg_extension_config_dump('ticket', '');
SELECT pg_extension_config_dump('ticket_ticket_seq', '');
SELECT pg_extension_config_dump('reason', 'WHERE changed');
SELECT pg_extension_config_dump('officer', '');
SELECT pg_extension_config_dump('ticket_change', '');
SELECT pg_extension_config_dump('ticket_change_change_seq', '');
SELECT pg_extension_config_dump('case_file', '');
SELECT pg_extension_config_dump('answer_log_default', '');
SELECT pg_extension_config_dump('note', '');
SELECT pg_extension_config_dump('presence', '');
SELECT pg_extension_config_dump('visit', '');
SELECT pg_extension_config_dump('slot', '');
SELECT pg_extension_config_dump('duty', '');
SELECT pg_extension_config_dump('duty_duty_seq', '');
SELECT pg_extension_config_dump('ownership', '');
SELECT pg_extension_config_dump('declaration', '');
SELECT pg_extension_config_dump('paper', '');
SELECT pg_extension_config_dump('paper_paper_seq', '');
SELECT pg_extension_config_dump('trust', '');
SELECT pg_extension_config_dump('trust_trust_seq', '');
SELECT pg_extension_config_dump('chip_reading', '');
SELECT pg_extension_config_dump('certificate_reading', '');
SELECT pg_extension_config_dump('certificate_reading_reading_seq', '');
SELECT pg_extension_config_dump('person_change', '');
SELECT pg_extension_config_dump('person_change_change_seq', '');
SELECT pg_extension_config_dump('load_reject', '');
SELECT pg_extension_config_dump('load_delivery', '');
SELECT pg_extension_config_dump('person_in', '');
SELECT pg_extension_config_dump('person_in_line_seq', '');
SELECT pg_extension_config_dump('document_in', '');
SELECT pg_extension_config_dump('document_in_line_seq', '');
SELECT pg_extension_config_dump('fact_in', '');
SELECT pg_extension_config_dump('fact_in_line_seq', '');
SELECT pg_extension_config_dump('register_answer', '');
SELECT pg_extension_config_dump('answer_in', '');
SELECT pg_extension_config_dump('answer_in_line_seq', '');
SELECT pg_extension_config_dump('ticket_in', '');
SELECT pg_extension_config_dump('ticket_in_line_seq', '');
SELECT pg_extension_config_dump('access_log', '');
SELECT pg_extension_config_dump('access_log_access_seq', '');
SELECT pg_extension_config_dump('traced_case', '');
SELECT pg_extension_config_dump('exposure', '');
