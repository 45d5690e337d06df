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

# The first calls of a session: milliseconds of wall time, as the client sees
# them, and of processor time; medians over sessions, each with people of its own.
own_time="SELECT split_part(pg_read_file('/proc/self/schedstat'), ' ', 1);"
calls() {
	echo "$own_time"
	for call in 1 2; do
		i=$((i + 1))
		cat <<-END
			$own_time
			\\timing on
			SELECT verdict FROM cccd_gate.check_in(event => 'E5', gate => 'A', request_id => gen_random_uuid(), scan => floor.scan($i), ticket => 'a ticket of event 5 and $i');
			\\timing off
			$own_time
		END
	done
}
sessions=20
first_calls() {
	i=$2
	for session in $(seq $sessions); do
		{
			[ "$1" = no ] || echo "SELECT cccd_gate.warm_up('E5') \\g /dev/null"
			calls
		} >"$folder/calls"
		"${PGBIN:+$PGBIN/}psql" -X -q -A -t -f "$folder/calls"
	done | awk -v warmed="$1" '
		function median(a, n, b, i, k, t) {
			for (i = 1; i <= n; i++) b[i] = a[i]
			for (i = 2; i <= n; i++) for (k = i; k > 1 && b[k - 1] > b[k]; k--) { t = b[k]; b[k] = b[k - 1]; b[k - 1] = t }
			return n % 2 ? b[(n + 1) / 2] : (b[n / 2] + b[n / 2 + 1]) / 2
		}
		/^Time/ { wall[++walls] = $2 }
		/^[0-9]+$/ { clock[++clocks] = $1 / 1000000 }
		/^admit$/ { admitted++ }
		END {
			n = walls / 2
			if (admitted != walls || n == 0) { print "not all were admitted"; exit 1 }
			for (s = 1; s <= n; s++) {
				first[s] = wall[2 * s - 1]; second[s] = wall[2 * s]; ratio[s] = first[s] / second[s]
				at = 5 * (s - 1)
				first_cpu[s] = clock[at + 3] - clock[at + 2]; second_cpu[s] = clock[at + 5] - clock[at + 4]
				ratio_cpu[s] = first_cpu[s] / second_cpu[s]
			}
			printf " %-7s | %8.2f | %9.2f | %20.1f | %9.2f | %10.2f | %19.1f | %s\n", warmed, median(first, n), median(second, n), median(ratio, n), median(first_cpu, n), median(second_cpu, n), median(ratio_cpu, n), (warmed == "yes" ? "<= 4" : "")
		}'
}
if [ "$PART" -ge $((4 * sessions)) ]; then
	echo
	echo "the first calls of $sessions sessions, commits on disk"
	echo ' warm_up | first ms | second ms | wall, first / second | first cpu | second cpu | cpu, first / second | bound'
	echo '---------+----------+-----------+----------------------+-----------+------------+---------------------+-------'
	first_calls yes 0
	first_calls no $((2 * sessions))
fi
rm -rf "$folder"
