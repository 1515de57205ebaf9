#!/bin/sh
# serial.t -- what the report costs: I/O instructions are VM exits

. tests/host/tap.sh

# serial COUNT
serial() {
	sed -n "s/^# bench serial_$1 \([0-9]*\) .*/\1/p" "$scratch/report"
}

writes_strings() {
	timeout 100 ./trapline run --platform=bochs --build="$BUILD" bench log=full 'run=ept/w*' \
		>"$scratch/report" || return 1
	grep '^# bench' "$scratch/report"
	[ $(($(serial port_accesses) * 6)) -lt "$(serial bytes)" ]
}
passes "an I/O instruction writes six bytes and more" writes_strings
plan
