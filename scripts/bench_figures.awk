# The figures in what the bench prints, one a line: what it is, a tab, the number.
#
# Two shapes hold figures: a line "name: number unit ...", and a table of psql
# below a line that names it.  A cell of a table is named by its table, the
# texts of its row and its column; psql's time by the line before it.

function trim(text) {
	gsub(/^ +| +$/, "", text)
	return text
}

function is_number(text) {
	return text ~ /^-?[0-9][0-9,]*([.][0-9]+)?$/
}

function figure(name, number) {
	gsub(/[ ,]/, "", number)
	print topic ": " name "\t" number
}

/^== / {
	topic = trim(substr($0, 4))
	previous = before = ""
	columns = 0
	next
}

# the line below a table's head
/^-[-+]*-$/ && previous != "" {
	columns = split(previous, name, "|")
	for (i = 1; i <= columns; i++)
		name[i] = trim(name[i])
	title = before
	sub(/ *\(.*/, "", title)
	previous = before = ""
	next
}

columns > 0 && $0 != "" && $0 !~ /^\([0-9]+ rows?\)$/ && split($0, cell, "|") == columns {
	label = ""
	for (i = 1; i <= columns; i++)
		if (!is_number(trim(cell[i])) && trim(cell[i]) != "" && name[i] != "bound")
			label = label ", " trim(cell[i])
	for (i = 1; i <= columns; i++)
		if (is_number(trim(cell[i])))
			figure(title label ", " name[i], trim(cell[i]))
	next
}

/^Time: / {
	figure(previous ", ms", $2)
	next
}

{
	columns = 0
	# not the bound that a table's line names
	if (match($0, /: +-?[0-9][0-9,]*([.][0-9]+)?[ \/]/) && substr($0, 1, RSTART) !~ /\(/) {
		number = substr($0, RSTART + 1, RLENGTH - 2)
		unit = trim(substr($0, RSTART + RLENGTH - 1))
		sub(/ .*/, "", unit)
		figure(substr($0, 1, RSTART - 1) ", " unit, number)
	}
	if (previous != "")
		before = previous
	previous = $0
}
