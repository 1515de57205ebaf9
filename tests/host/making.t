#!/bin/sh
# making.t -- tests/tools/build, called by make: jobs, failures, options and builds that are
# terminated

. tests/host/tap.sh
unset TRAPLINE_PROGRESS

top=$PWD
mkdir "$scratch/tree"

# Each recipe of count_N writes down how many of these recipes run at that moment.
cat >"$scratch/tree/build.mk" <<'E_'
.DELETE_ON_ERROR:
.SILENT:
out/bad:
	echo '# compiling bad'
	sleep 0.3; echo 'bad.c:1: wrong' >&2; echo 'bad.c:2: wrong as well' >&2; exit 3
out/long:
	touch $@; echo $$$$ >process; sleep 100; echo never
out/count_%:
	mkdir at.$*; ls -d at.* 2>/dev/null | wc -l >>counts; sleep 0.3; rmdir at.$*
E_
cat >"$scratch/tree/GNUmakefile" <<E_
.SILENT:
build = +MAKE='\$(MAKE)' exec "$top/tests/tools/build" out
bad long:; \$(build) \$@
five:; \$(build) \$(foreach n,1 2 3 4 5,count_\$n)
E_

# makes ARGUMENT...: runs make; its output goes to the files out and err, its status to $status.
makes() {
	(cd "$scratch/tree" && timeout 20 make "$@") >"$scratch/out" 2>"$scratch/err"
	status=$?
}

# runs_at_once NUMBER [OPTION]: with this option make runs so many recipes at the same time.
runs_at_once() {
	rm -f "$scratch/tree/counts"
	expected=$1
	shift
	makes "$@" five
	cat "$scratch/err"
	[ $status -eq 0 ] && [ ! -s "$scratch/err" ] &&
		[ "$(sort -n "$scratch/tree/counts" | tail -1)" -eq "$expected" ]
}

processors=$(nproc)
[ "$processors" -lt 5 ] || processors=5
passes "without -j there are as many jobs as processors" runs_at_once "$processors"
passes "with -j1 there is one" runs_at_once 1 -j1
passes "with -j3 there are three, which the calling make counts" runs_at_once 3 -j3
passes "with -j there are as many as there is work" runs_at_once 5 -j

fails() {
	makes bad
	cat >"$scratch/expected"
	diff "$scratch/expected" "$scratch/err" && [ $status -eq 2 ] && [ ! -s "$scratch/out" ]
}
passes "a failed recipe's message is complete, and comes last" fails <<'E_'
bad.c:1: wrong
bad.c:2: wrong as well
make[1]: *** [build.mk:5: out/bad] Error 3
make: *** [GNUmakefile:3: bad] Error 2
E_

# In a terminal the line of the progress is cleared before the message.
fails_in_terminal() {
	(cd "$scratch/tree" && script -qec 'make bad' /dev/null </dev/null) >"$scratch/out"
	[ $? -eq 2 ] && cat -v "$scratch/out" >"$scratch/seen" && diff - "$scratch/seen"
}
passes "... and in a terminal the progress is cleared before it" fails_in_terminal <<'E_'
^M^[[K[1] compiling bad^M^[[Kbad.c:1: wrong^M
bad.c:2: wrong as well^M
make[1]: *** [build.mk:5: out/bad] Error 3^M
make: *** [GNUmakefile:3: bad] Error 2^M
E_

prints_only() {
	makes -n long
	[ $status -eq 0 ] && [ ! -s "$scratch/err" ] && [ ! -e "$scratch/tree/out/long" ] &&
		grep -F 'touch out/long' "$scratch/out"
}
passes "make -n prints what would be done, and does nothing" prints_only

# ends SIGNAL FOLDER: terminates a build with this signal.  SIGINT and SIGHUP go to the whole
# process group, as a terminal sends them; SIGTERM goes only to make.
cat >"$scratch/ends" <<'E_'
import os, signal, subprocess, sys, time
how, folder = sys.argv[1:]
signal.signal(signal.SIGINT, signal.SIG_DFL)            # a shell's background jobs ignore it
make = subprocess.Popen(["make", "long"], cwd=folder, start_new_session=True)
process = f"{folder}/process"
while make.poll() is None and not (os.path.exists(process) and os.path.getsize(process)):
    time.sleep(0.05)
time.sleep(0.1)
if how == "SIGTERM":
    make.terminate()
else:
    os.killpg(make.pid, getattr(signal, how))
make.wait(10)
E_
ends() {
	rm -rf "$scratch/tree/process" "$scratch/tree/out"
	python3 "$scratch/ends" "$1" "$scratch/tree"
	if kill -0 "$(cat "$scratch/tree/process")"; then echo "the recipe still runs"; return 1; fi
	[ ! -e "$scratch/tree/out/long" ] && flock --nonblock "$scratch/tree/out/.lock" true
}
for how in SIGINT SIGHUP SIGTERM; do
	passes "a build ended by $how leaves no process, no unfinished file and no lock behind" ends $how
done
plan
