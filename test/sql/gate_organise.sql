-- Events and gates by their organiser.
\set VERBOSITY terse
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
BEGIN;
CREATE ROLE regress_organiser;
SELECT cccd_gate.grant_duty('regress_organiser', 'organiser');
SET ROLE regress_organiser;
SELECT cccd_gate.save_event('MD', '{"name": "Việt Nam - Saudi Arabia", "starts": "2021-11-16 19:00+07", "capacity": 40000, "activity": "football", "unit": "01", "rule_code": "my-dinh-2021", "judged_at": "2021-11-16 19:00+07", "entries": "again"}') AS new;
SELECT cccd_gate.save_event('MD', '{"capacity": 11000, "venue": "Mỹ Đình", "rule": "ticket and doses >= 2"}') AS new;
SELECT cccd_gate.save_event('MD', '{}') AS new;
SELECT cccd_gate.save_gate('MD', 'A', 'Cổng A'), cccd_gate.save_gate('MD', 'B', to_zone => 'khán đài B'), cccd_gate.save_gate('MD', 'A', 'Cửa A', 'sân', NULL);
SELECT cccd_gate.save_evidence('MD', 'old_id', 'paper'), cccd_gate.save_evidence('MD', 'passport', 'claimed'), cccd_gate.save_evidence('MD', 'old_id', 'qr'), cccd_gate.save_evidence('MD', 'passport', NULL);
SELECT cccd_gate.remove_gate('MD', 'B') AS removed, cccd_gate.remove_gate('MD', 'C') AS none;
RESET ROLE;
SELECT code, name, venue, activity, unit, starts, judged_at, capacity, rule_code, rule, minimum_evidence, ticket_required, challenge_lifetime, entries, status, claims_per_minute FROM cccd_gate.event;
SELECT gate, name, from_zone, to_zone FROM cccd_gate.gate;
SELECT document_kind, minimum FROM cccd_gate.event_evidence;
-- what is wrong
SET ROLE regress_organiser;
SAVEPOINT wrong;
SELECT cccd_gate.save_event('X', '{"name": "X", "starts": "2021-11-16", "capacity": 1}');
ROLLBACK TO wrong;
SELECT cccd_gate.save_event('MD', '{"capacity": -1}');
ROLLBACK TO wrong;
SELECT cccd_gate.save_event('MD', '{"event": 7}');
ROLLBACK TO wrong;
SELECT cccd_gate.save_event('MD', '{"rule": "doses >="}');
ROLLBACK TO wrong;
SELECT cccd_gate.save_event('MD', '{"rule_code": "no such rule"}');
ROLLBACK TO wrong;
SELECT cccd_gate.save_event('MD', '{"status": "perhaps"}');
ROLLBACK TO wrong;
SELECT cccd_gate.save_event(NULL, '{}');
ROLLBACK TO wrong;
SELECT cccd_gate.save_gate('X', 'A');
ROLLBACK TO wrong;
SELECT cccd_gate.save_gate(NULL, 'A');
ROLLBACK TO wrong;
SELECT cccd_gate.save_gate('MD', 'A', NULL, 'sân', 'sân');
ROLLBACK TO wrong;
SELECT cccd_gate.save_evidence('MD', 'ticket', 'qr');
ROLLBACK TO wrong;
-- the status stops an event
SELECT cccd_gate.save_event('MD', '{"status": "cancelled"}') AS new;
RESET ROLE;
SELECT status FROM cccd_gate.event;
ROLLBACK;
