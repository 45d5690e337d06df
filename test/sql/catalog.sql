-- What the catalog says of both extensions: the questions that the server's
-- own opr_sanity and type_sanity tests ask, over our objects.

CREATE TEMP VIEW member AS
SELECT e.extname, d.classid, d.objid,
       pg_describe_object(d.classid, d.objid, 0) AS object
FROM pg_depend d
JOIN pg_extension e ON e.oid = d.refobjid
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
  AND e.extname IN ('cccd', 'cccd_gate')
  -- since 17 the types that come with a type or a table are members as well
  AND NOT EXISTS (SELECT FROM pg_type t
                  WHERE d.classid = 'pg_type'::regclass AND t.oid = d.objid
                    AND (t.typcategory = 'A' OR EXISTS
                         (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c')));

CREATE TEMP VIEW our_function AS
SELECT p.*, m.extname
FROM member m JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND p.oid = m.objid;

CREATE TEMP VIEW our_operator AS
SELECT o.*
FROM member m JOIN pg_operator o ON m.classid = 'pg_operator'::regclass AND o.oid = m.objid;

-- every object has a comment, the extensions included
SELECT extname, object
FROM member
WHERE obj_description(objid, classid::regclass::name) IS NULL
ORDER BY object COLLATE "C";
SELECT extname FROM pg_extension
WHERE extname IN ('cccd', 'cccd_gate') AND obj_description(oid, 'pg_extension') IS NULL;

-- every column of the gate's tables and views has one, too
SELECT c.oid::regclass AS relation, a.attname
FROM member m
JOIN pg_class c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p', 'v') AND col_description(c.oid, a.attnum) IS NULL
ORDER BY 1, 2;

-- cccd makes no table, no view, no sequence; every object's name begins with
-- cccd_ unless it is an operator, min or max
SELECT object FROM member
WHERE extname = 'cccd' AND classid = 'pg_class'::regclass;
SELECT proname FROM our_function
WHERE extname = 'cccd' AND proname !~ '^cccd_' AND proname NOT IN ('min', 'max');
SELECT typname FROM pg_type t JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
WHERE extname = 'cccd' AND typname !~ '^cccd_';
SELECT opcname FROM pg_opclass o JOIN member m ON m.classid = 'pg_opclass'::regclass AND m.objid = o.oid
WHERE opcname !~ '^cccd_';

-- operator classes are complete and consistent
SELECT opcname
FROM pg_opclass o JOIN member m ON m.classid = 'pg_opclass'::regclass AND m.objid = o.oid
WHERE NOT amvalidate(o.oid);

-- no implicit casts: a mistake must not become a number
SELECT m.object, castcontext
FROM pg_cast c JOIN member m ON m.classid = 'pg_cast'::regclass AND m.objid = c.oid
WHERE castcontext <> 'e';

-- a commutator's commutator is the operator itself, with the arguments turned
SELECT o.oid::regoperator
FROM our_operator o LEFT JOIN pg_operator c ON c.oid = o.oprcom
WHERE o.oprcom <> 0
  AND (c.oid IS NULL OR c.oprcom <> o.oid OR c.oprleft <> o.oprright
       OR c.oprright <> o.oprleft OR c.oprresult <> o.oprresult);

-- a negator's negator is the operator itself, with the same arguments
SELECT o.oid::regoperator
FROM our_operator o LEFT JOIN pg_operator n ON n.oid = o.oprnegate
WHERE o.oprnegate <> 0
  AND (n.oid IS NULL OR n.oprnegate <> o.oid OR n.oid = o.oid
       OR n.oprleft <> o.oprleft OR n.oprright <> o.oprright OR n.oprresult <> 'bool'::regtype);

-- comparison operators have commutators and negators; boolean operators have
-- selectivity estimators
SELECT o.oid::regoperator FROM our_operator o
WHERE o.oprname IN ('=', '<>', '<', '<=', '>', '>=') AND (o.oprcom = 0 OR o.oprnegate = 0);
SELECT o.oid::regoperator FROM our_operator o
WHERE o.oprresult = 'bool'::regtype AND (o.oprrest = 0 OR o.oprjoin = 0);

-- an operator's function has its arguments and result, is not volatile, and
-- operator and function agree on leaks with each other's negators
SELECT o.oid::regoperator
FROM our_operator o JOIN pg_proc p ON p.oid = o.oprcode
WHERE p.provolatile <> 'i' OR p.prorettype <> o.oprresult
   OR p.pronargs <> CASE WHEN o.oprleft = 0 THEN 1 ELSE 2 END;
SELECT o.oid::regoperator
FROM our_operator o
JOIN pg_operator n ON n.oid = o.oprnegate
JOIN pg_proc p ON p.oid = o.oprcode
JOIN pg_proc q ON q.oid = n.oprcode
WHERE p.proleakproof <> q.proleakproof OR p.provolatile <> q.provolatile;

-- HASHES needs a hash operator class, MERGES a btree one, and the other way
SELECT o.oid::regoperator, o.oprcanhash
FROM our_operator o
WHERE o.oprname = '=' AND o.oprcanhash <> EXISTS (
    SELECT FROM pg_amop a JOIN pg_am am ON am.oid = a.amopmethod
    WHERE a.amopopr = o.oid AND am.amname = 'hash');
SELECT o.oid::regoperator, o.oprcanmerge
FROM our_operator o
WHERE o.oprname = '=' AND o.oprcanmerge <> EXISTS (
    SELECT FROM pg_amop a JOIN pg_am am ON am.oid = a.amopmethod
    WHERE a.amopopr = o.oid AND am.amname = 'btree' AND a.amopstrategy = 3);

-- every hash operator class has the extended hash, every btree class tells
-- about deduplication
SELECT f.opfname, am.amname
FROM pg_opfamily f
JOIN member m ON m.classid = 'pg_opfamily'::regclass AND m.objid = f.oid
JOIN pg_am am ON am.oid = f.opfmethod
WHERE am.amname IN ('hash', 'btree') AND NOT EXISTS (
    SELECT FROM pg_amproc p WHERE p.amprocfamily = f.oid
      AND p.amprocnum = CASE am.amname WHEN 'hash' THEN 2 ELSE 4 END);

-- a type can travel in binary and is analysed in its own way
SELECT t.typname, typreceive <> 0 AS receives, typsend <> 0 AS sends,
       typanalyze <> 0 AS own_statistics, typcategory, typispreferred
FROM pg_type t JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
WHERE m.extname = 'cccd' ORDER BY typname COLLATE "C";

-- a function that answers in another session must say the same: only IMMUTABLE
-- functions in cccd, all of them safe in parallel workers
SELECT oid::regprocedure, provolatile, proparallel FROM our_function
WHERE extname = 'cccd' AND (provolatile <> 'i' OR proparallel <> 's')
  AND prokind = 'f' ORDER BY oid::regprocedure::text COLLATE "C";

-- the stated list of what each function of cccd promises
\pset format unaligned
\pset footer off
SELECT proname || '(' || pg_get_function_identity_arguments(oid) || ')' AS function,
       CASE prokind WHEN 'a' THEN 'aggregate' ELSE '' END
       || CASE WHEN proisstrict THEN ' strict' ELSE '' END
       || CASE WHEN proleakproof THEN ' leakproof' ELSE '' END
       || CASE WHEN proretset THEN ' set of ' || prorows ELSE '' END AS promises,
       procost AS cost
FROM our_function WHERE extname = 'cccd'
ORDER BY proname::text || '(' || pg_get_function_identity_arguments(oid) || ')' COLLATE "C";
\pset footer on
\pset format aligned

-- the gate's functions find what they name, whatever the caller's search_path
SELECT oid::regprocedure FROM our_function
WHERE extname = 'cccd_gate' AND prosqlbody IS NULL
  -- a procedure with SET cannot COMMIT
  AND prokind <> 'p'
  AND NOT (coalesce(proconfig, '{}') @> ARRAY['search_path=pg_catalog, pg_temp'])
ORDER BY oid::regprocedure::text COLLATE "C";

-- SECURITY DEFINER is never open to everybody
SELECT oid::regprocedure FROM our_function
WHERE prosecdef AND (proacl IS NULL OR has_function_privilege('public', oid, 'execute'));
