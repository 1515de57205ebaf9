#!/bin/sh
# serial.t -- few I/O instructions write the report, because under a hypervisor each is a VM exit

. tests/host/tap.sh

# serial COUNT: the value of that count in the report.
serial() {
	sed -n "s/^# bench serial_$1 \([0-9]*\) .*/\1/p" "$scratch/report"
}

writes_strings() {
	timeout 100 ./trapline run --platform=bochs --build="$BUILD" bench log=full 'run=ept/w*' \
		>"$scratch/report" || return 1
	grep '^# bench' "$scratch/report"
	[ $(($(serial port_accesses) * 6)) -lt "$(serial bytes)" ]
}
passes "an I/O instruction writes more than six bytes on average" writes_strings
plan
