-- Put in front of a gate's script: what the application prepares once.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
PREPARE scan(text, text, uuid, timestamptz, text) AS
    SELECT decision_id AS d FROM cccd_gate.check(
        event => 'MD-2021-11-16', scan => $1, gate => $2, request_id => $3, at => $4, ticket => $5);
PREPARE photo(int, text, uuid, timestamptz, text) AS
    SELECT decision_id AS d, reasons && '{picture_unreadable}' AS unread FROM cccd_gate.check(
        event => 'MD-2021-11-16', scan => NULL, gate => $2, request_id => $3, at => $4, ticket => $5,
        image => (SELECT p.image FROM demo.photo p WHERE p.n = $1));
PREPARE paper(bigint, text, text, timestamptz, text, text, int, text) AS
    SELECT accepted FROM cccd_gate.accept_paper($1, $2, $3, $4, detail => $5, result => $6, number => $7, document_number => $8);
PREPARE again(bigint, uuid, timestamptz) AS
    SELECT decision_id AS d FROM cccd_gate.recheck($1, $2, at => $3);
\o /dev/null
\timing on
