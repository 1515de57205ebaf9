# symbols.awk -- from `nm --numeric-sort` to the table that backtraces are named from
# (struct symbol in kernel/symbols.c)

BEGIN { count = 0 }

# Without nasm's local labels; the dots that gcc makes belong to functions.
/^[0-9a-f]+ [Tt] / && ($3 !~ /\./ || $3 ~ /\.(part|cold|isra|constprop)(\.|$)/) {
	address[count] = $1
	name[count++] = $3
}

END {
	print "section .symbols"
	print "global symbol_table, symbol_count"
	print "symbol_count: dq " count
	print "symbol_table:"
	for (i = 0; i < count; i++)
		print "dd 0x" substr(address[i], length(address[i]) - 7) ", .name" i " - symbol_table"
	for (i = 0; i < count; i++)
		print ".name" i ": db '" name[i] "', 0"
}
