# symbols.awk -- from `nm --numeric-sort` to the table that backtraces are named from
# (struct symbol in kernel/image.h), OWNER_symbols to OWNER_symbols_end: awk -v owner=...

BEGIN { count = 0 }

# nasm's local labels have dots and are left out.  gcc has names with dots for parts of functions.
/^[0-9a-f]+ [Tt] / && ($3 !~ /\./ || $3 ~ /\.(part|cold|isra|constprop)(\.|$)/) {
	address[count] = $1
	name[count++] = $3
}

END {
	table = owner "_symbols"
	print "section .symbols align=4"
	print "global " table ", " table "_end"
	print table ":"
	for (i = 0; i < count; i++)
		print "dd 0x" substr(address[i], length(address[i]) - 7) ", name" i " - " table
	print table "_end:"
	for (i = 0; i < count; i++)
		print "name" i ": db '" name[i] "', 0"
}
