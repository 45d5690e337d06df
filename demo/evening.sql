-- Put in front of a gate's script: what the application prepares once.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
PREPARE scan(text, text, uuid, text) AS
    SELECT request_id AS c FROM cccd_gate.check_in(
        event => 'MD-2021-11-16', gate => $2, request_id => $3, scan => $1, ticket => $4);
PREPARE photo(int, text, uuid, text) AS
    SELECT request_id AS c, reasons && '{picture_unreadable}' AS unread FROM cccd_gate.check_in(
        event => 'MD-2021-11-16', gate => $2, request_id => $3, ticket => $4,
        image => (SELECT p.image FROM demo.photo p WHERE p.n = $1));
PREPARE paper(uuid, text, text, timestamptz, text, text, int, text) AS
    SELECT accepted FROM cccd_gate.accept_paper(case_id => $1, officer => $2, kind => $3, starts => $4,
        detail => $5, result => $6, dose_number => $7, document_number => $8);
PREPARE again(uuid, uuid) AS
    SELECT verdict FROM cccd_gate.recheck(case_id => $1, request_id => $2);
\o /dev/null
\timing on
