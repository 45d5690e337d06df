-- Nothing in this schema is open to everybody: tables are closed by default, and
-- functions by the next line.  grant_duty() gives a role the functions of its
-- profile (43_duty.sql, which lists them).

REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA cccd_gate FROM PUBLIC;
