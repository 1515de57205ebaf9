#!/bin/sh
# debug.t -- make debug stops at the kernel's first instruction, with names, in gdb and in Bochs

. tests/host/tap.sh

# debugs PLATFORM COMMAND...: gives the commands to the debugger, and prints what it answers.
debugs() {
	platform=$1
	shift
	printf '%s\n' "$@" | timeout 100 make --no-print-directory debug PLATFORM="$platform" \
		BUILD="$BUILD" RUN=ept/write_to_read_only_page >"$scratch/spoken" 2>&1
	cat "$scratch/spoken"
}

# says TEXT: the debugger printed this text.
says() {
	grep -F "$1" "$scratch/spoken" || { cat "$scratch/spoken"; return 1; }
}

# stops_at FUNCTION: Bochs' debugger stopped at its first instruction.  Bochs 2.7 calls this place
# (FUNCTION+0), Bochs 3.1 writes all digits of the 0.
stops_at() {
	grep -E "\($1\+0+\)" "$scratch/spoken" || { cat "$scratch/spoken"; return 1; }
}

# line_behind FILE LABEL: the number of the line after the label, where its first instruction
# stands.
line_behind() {
	awk -v label="$2:" '$1 == label { print FNR + 1 }' "$1"
}

leaves_nothing() {
	! pgrep -f "$(realpath "$BUILD")/trapline.elf .*-S -gdb"
}

entry=$(line_behind kernel/boot.asm enter_from_pvh)
# shellcheck disable=SC2016 # for gdb
debugs tcg 'break kernel_start' continue 'print/x magic' 'info symbol image_room' \
	'delete' continue >/dev/null
passes "gdb stops at the kernel's first instruction, by its line" says "at kernel/boot.asm:$entry"
passes "gdb stops in C, by its line" says "at kernel/start.c:"
# The first word of struct hvm_start_info of Xen's "x86/HVM direct boot ABI".
passes "gdb shows a variable" says '= 0x336ec578'
passes "the machine goes on to its end" grep -q '^1\.\.0 # SKIP ' "$BUILD/debug.log"

debugs tcg disconnect >/dev/null
passes "the machine ends when gdb disconnects from it" leaves_nothing

debugs bochs 'lb "report_start"' c q >/dev/null
passes "Bochs' debugger stops at the kernel's first instruction, by name" \
	stops_at enter_from_multiboot2
passes "Bochs' debugger takes a breakpoint by name" stops_at report_start

debugs bochs vmexitbp c q >/dev/null
passes "Bochs' debugger stops at a VM exit" stops_at vm_exit

# refuses MESSAGE OPTION...: trapline debug prints only this message, and ends with status 2.  What
# Bochs 3.0 calls host in a message, Bochs 2.7 calls host_size; how large it may be differs, too.
refuses() {
	message=$1
	shift
	timeout 20 ./trapline debug "$@" </dev/null >"$scratch/spoken" 2>&1
	status=$?
	grep '^trapline debug: ' "$scratch/spoken" | grep -v '; the report goes to ' |
		sed "s/'host_size'/'host'/; s/ out of range 1 to [0-9]*$/ out of range/" >"$scratch/found"
	echo "trapline debug: $message" | diff - "$scratch/found" && [ $status -eq 2 ]
}
passes "a missing build is reported" refuses \
	"there is no /nowhere/trapline.elf; \`make\` builds it" --build=/nowhere
for platform in tcg bochs; do
	passes "a missing module is reported, on $platform" refuses \
		"--module=/nowhere: No such file or directory" \
		--build="$BUILD" --platform=$platform --module=/nowhere
done
passes "a word for the kernel is refused if it has a space" refuses \
	"'a b' cannot be a word for the kernel: no spaces, quotes or \\" \
	--build="$BUILD" --platform=tcg 'a b'
passes "Bochs says why it does not start" refuses \
	"Bochs died, status 1; it says: numerical parameter 'host' was set to 999999, \
which is out of range" --build="$BUILD" --platform=bochs --memory=999999

mkdir -p "$scratch/built/debug.log"
cp "$BUILD/trapline.elf" "$BUILD/suites.elf" "$BUILD/suite.bin" "$scratch/built"
passes "a report that cannot be written is an error" refuses \
	"$scratch/built/debug.log: Is a directory" --build="$scratch/built" --platform=tcg

terminated() {
	mkdir "$scratch/temporary"
	TMPDIR="$scratch/temporary" timeout 2 ./trapline debug --build="$BUILD" --platform=tcg \
		<"$scratch/nobody" >"$scratch/spoken" 2>&1
	find "$scratch/temporary" -mindepth 1 | grep . && return 1
	leaves_nothing
}
# Nobody writes into this pipe, so the debugger waits for commands until it is terminated.
mkfifo "$scratch/nobody"
sleep 20 >"$scratch/nobody" &
passes "a debugger that is terminated leaves nothing behind" terminated
kill $!
plan
