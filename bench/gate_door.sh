# Clients at the door and at the floor in turn, for bench/gate_door.sql: answers a
# second with durable commits, and the processor time of their server processes,
# which the postmaster adds up as they end.
# shellcheck shell=sh
run=${PGBIN:+$PGBIN/}pgbench
folder=$(mktemp -d)
postmaster=$(head -n 1 "$STAGE/data/postmaster.pid")

# each client has people of its own
own='\set turn :turn + 1
\set i :client_id * :share + :turn'
cat >"$folder/door" <<END
$own
SELECT verdict FROM cccd_gate.check_in(event => 'E' || :event, gate => 'A', request_id => gen_random_uuid(), scan => floor.scan(:i), ticket => 'a ticket of event ' || :event || ' and ' || :i);
END
cat >"$folder/floor" <<END
$own
CALL floor.admit(:event, :i);
END
cat >"$folder/select" <<END
$own
SELECT name FROM cccd_gate.person WHERE person = :i;
END

# the processor time of children that have ended, in hundredths of a second
ended() {
	awk '{ sub(/.*[)] /, ""); print $14 + $15 }' "/proc/$postmaster/stat"
}

# SCRIPT CLIENTS EVENT: answers a second and microseconds of processor each
measure() {
	share=$((PART / $2))
	before=$(ended)
	rate=$("$run" -n -M prepared -c "$2" -j 2 -t "$share" -D turn=0 -D share="$share" -D event="$3" -f "$folder/$1" 2>/dev/null |
		sed -n 's/^tps = \([0-9]*\).*/\1/p')
	sleep 0.3
	echo "${rate:-0} $(($(ended) - before)) $((share * $2))"
}

echo 'clients, commits on disk'
echo '   clients  | door/s | floor/s | door / floor | select/s | door us | floor us | us: door / floor | bound'
echo '------------+--------+---------+--------------+----------+---------+----------+------------------+---------------'
event=6
for clients in 1 8 32 96; do
	[ "$clients" -le "$PART" ] || continue
	# shellcheck disable=SC2046
	set -- $(measure floor "$clients" "$event") $(measure door "$clients" "$event") $(measure select "$clients" "$event")
	echo "$clients $*" | awk '{
		door = $6 * 10000 / $7; floor = $3 * 10000 / $4
		printf " %3d at once | %6d | %7d | %12.2f | %8d | %7d | %8d | %16.2f | %s\n", $1, $5, $2, ($2 > 0 ? $5 / $2 : 0), $8, door, floor, (floor > 0 ? door / floor : 0), ($1 == 96 ? ">= 0.7, <= 1.5" : "<= 1.5") }'
	event=$((event + 1))
done
rm -rf "$folder"
