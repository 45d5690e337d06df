-- only roles that were granted it may write through the gate
--
-- Tables are closed by default; functions are not.  doc/gate.md says which of
-- these an application's roles need.

REVOKE EXECUTE ON FUNCTION
    cccd_gate.check(text, text, text, uuid, timestamptz, text, text, boolean, bytea, bytea, bytea[], uuid, bytea, text[]),
    recheck(bigint, uuid, timestamptz, boolean),
    decide(event, text, uuid, timestamptz, person, cccd_health, int, date, text, ticket, boolean, text[], text, text, boolean, bigint, text[], bigint),
    take_place(int, int),
    share_capacity(int, int),
    accept_paper(bigint, text, text, timestamptz, text, text, int, text, timestamptz, text),
    register_person(text, text, text, date, text, text),
    turn_away(bigint, text, text),
    merge_people(bigint, bigint, text, text),
    split_person(bigint, text, text),
    load_people(text, uuid, int, boolean),
    load_documents(text, uuid, int, boolean),
    withdraw_unstated(uuid, text[]),
    renew_chips(bigint[]),
    reject_lines(text, text, bigint, bigint[], text[], text[]),
    delivery_begin(text, text, text),
    load_lines(text, text, uuid, int, anyelement, boolean),
    take_people(text, text, bigint, int, boolean),
    take_documents(text, text, bigint, int, boolean),
    take_facts(text, text, bigint, int, boolean),
    take_tickets(text, text, bigint, int, timestamptz),
    load_facts(text, uuid, int, boolean),
    load_tickets(text, uuid, int, timestamptz),
    challenge(text, text),
    read_chip(int, text, bytea, bytea[], uuid, bytea, timestamptz),
    read_certificates(text[], bigint, text, date, text, timestamptz),
    keep_certificate_facts(bigint, cccd_health, bytea, text[], text[], bytea, bytea),
    has_room_for_facts(bigint, cccd_health[]),
    withdraw_facts(bigint[]),
    withdraw_revoked(cccd_trust),
    admissions_resting_on(bigint[]),
    admissions_resting_on(bigint),
    revoke_certificates(text, bytea[], bytea),
    load_trust(text, cccd_trust, text, boolean, timestamptz, text),
    retire_trust(text),
    prune_trust(interval),
    rebuild_people(bigint[]),
    rebuild_health()
FROM PUBLIC;
REVOKE EXECUTE ON PROCEDURE load_all(text, uuid) FROM PUBLIC;
