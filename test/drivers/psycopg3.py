"""Our types through psycopg 3: results, parameters and COPY, in text and binary.

A type that psycopg does not know comes as text, or as bytes in binary, and goes
back the same way; with two small classes registered it becomes the program's
own type.  The database of test/drivers/sample.sql is the one that the
environment names.
"""
import psycopg
from psycopg.adapt import Dumper, Loader
from psycopg.pq import Format
from psycopg.types import TypeInfo
from psycopg.types.array import register_array

conn = psycopg.connect("", autocommit=True)


def check(good, kind, what):
    print(f"{'' if good else 'not '}ok - psycopg {kind}: {what}")


def differences(kind):
    return conn.execute("SELECT differences(%s)", [kind]).fetchone()[0]


class Value:
    """What a program makes of one of our types: its text and its bytes."""

    def __init__(self, data, form):
        self.data = bytes(data)
        self.form = form


class ValueDumper(Dumper):
    def dump(self, obj):
        return obj.data


class BinaryValueDumper(ValueDumper):
    format = Format.BINARY


class ValueLoader(Loader):
    kind = Value

    def load(self, data):
        return self.kind(data, self.format)


class BinaryValueLoader(ValueLoader):
    format = Format.BINARY


def dumper(name, base):
    return type(name + "_dumper", (base,), {"oid": TypeInfo.fetch(conn, name).oid})


def register(name, context):
    """The program's class, and lists of it, for one of our types."""
    info = TypeInfo.fetch(conn, name)
    kind = type(name, (Value,), {})
    for base in (ValueLoader, BinaryValueLoader):
        loader = type(name + "_loader", (base,), {"kind": kind})
        context.adapters.register_loader(info.oid, loader)
    for base in (ValueDumper, BinaryValueDumper):
        context.adapters.register_dumper(kind, dumper(name, base))
    info.register(context)
    register_array(info, context)
    return kind


names = [row[0] for row in conn.execute("SELECT name FROM type ORDER BY 1")]
for name in names:
    # as psycopg finds it
    for binary in (False, True):
        form = "binary" if binary else "text"
        with conn.cursor(binary=binary) as cursor:
            rows = cursor.execute(
                f"SELECT n, v, v::text, {name}_send(v) FROM sample_{name} ORDER BY n").fetchall()
            check(len(rows) > 1 and all(row[1] == row[3 if binary else 2] for row in rows),
                  name, f"{form} results without preparation")
            slot = "%b" if binary else "%t"
            cursor.adapters.register_dumper(Value, dumper(name, BinaryValueDumper))
            for n, value, *_ in rows:
                # bytes need to be told that they are one of ours
                if binary and value is not None:
                    value = Value(value, Format.BINARY)
                cursor.execute(f"INSERT INTO copy_{name} SELECT %s, {slot}, (SELECT a FROM sample_{name} WHERE n = %s)",
                               [n, value, n])
            check(differences(name) == 0, name, f"{form} parameters without preparation")

    # as the program's own type, and lists of it
    kind = register(name, conn)
    for binary in (False, True):
        form = "binary" if binary else "text"
        slot = "%b" if binary else "%t"
        with conn.cursor(binary=binary) as cursor:
            rows = cursor.execute(f"SELECT n, v, a FROM sample_{name} ORDER BY n").fetchall()
            check(any(type(row[1]) is kind and row[1].form == binary for row in rows)
                  and any(row[2] and type(row[2][0]) in (kind, list) for row in rows),
                  name, f"{form} results as a class and as lists")
            for n, value, values in rows:
                cursor.execute(f"INSERT INTO copy_{name} VALUES (%s, {slot}, {slot})", [n, value, values])
            check(differences(name) == 0, name, f"{form} parameters as a class and as lists")
            # COPY row by row
            with conn.cursor() as other:
                with other.copy(f"COPY copy_{name} FROM STDIN" + (" (FORMAT binary)" if binary else "")) as copy:
                    copy.set_types(["int4", name, name + "[]"])
                    for row in rows:
                        copy.write_row(row)
            check(differences(name) == 0, name, f"COPY row by row in {form}")

    wrong_text, wrong_binary = conn.execute(
        "SELECT wrong_text, wrong_binary FROM type WHERE name = %s", [name]).fetchone()
    for slot, value, state in (("%t", wrong_text.encode(), "22P02"), ("%b", wrong_binary, "22P03")):
        try:
            conn.execute(f"SELECT {slot}::{name}", [kind(value, None)])
            check(False, name, "a wrong value is refused")
        except psycopg.Error as error:
            check(error.sqlstate == state, name, f"a wrong value is refused with {state}")

check(len(names) == 6, "types", "all were tried")
health, rule, context = conn.execute(
    "SELECT h.v, r.v, c.v FROM sample_cccd_health h, sample_cccd_rule r, sample_cccd_context c"
    " WHERE h.n = 3 AND r.n = 5 AND c.n = 3", binary=True).fetchone()
answers = []
for _ in range(8):      # prepared after five
    answers += conn.execute("SELECT cccd_eligible(%b, %b, '2021-11-16 19:00+07', %b)", [health, rule, context]).fetchone()
check(answers == [True] * 8, "question", "parameters of three types, prepared")
