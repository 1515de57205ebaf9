#!/bin/sh
# check_on.t -- how `make check-on` makes a clean system and what it says of it; debootstrap and what
# runs in the system are scripts here

. tests/host/tap.sh

[ "$(id -u)" -eq 0 ] || { echo '1..0 # SKIP to make a system needs root'; exit; }
unset ALL TRAPLINE_PROGRESS
export PATH="$scratch/bin:$PATH" OURS=ours
mkdir "$scratch/bin" "$scratch/mirror"

# program NAME: makes a program of that name of the script on standard input.
program() {
	{ echo '#!/bin/sh'; echo "SCRATCH='$scratch'"; cat; } >"$scratch/bin/$1"
	chmod +x "$scratch/bin/$1"
}

# apt as it is on a machine whose only package source is this address.
sources() {
	echo "deb [trusted=yes] $1 stable main" >"$scratch/sources.list"
	cat >"$scratch/apt.conf" <<-E_
		Dir::Etc::sourcelist "$scratch/sources.list";
		Dir::Etc::sourceparts "/nowhere";
		Acquire::Retries "0";
		Acquire::http::Proxy "DIRECT";
	E_
	export APT_CONFIG="$scratch/apt.conf"
}
mkdir -p "$scratch/mirror/dists/trixie"
touch "$scratch/mirror/dists/trixie/InRelease"
sources "file:$scratch/mirror"

program debootstrap <<'E_'
echo "debootstrap $*" >>"$SCRATCH/did"
for root; do [ -d "${root%/*}" ] && break; done
mkdir -p "$root/etc/apt/apt.conf.d" "$root/root"
E_

# Instead of entering the system: runs `does COMMAND` of the test in the clone.
program unshare <<'E_'
[ "$2" = true ] && exit                # which asks only whether it may
while [ "$1" != -c ]; do shift; done
cd "$3/root/trapline" || exit
echo "in the system: $4" >>"$SCRATCH/did"
env >"$SCRATCH/environment"
cat ../../etc/apt/apt.conf.d/* ../../etc/apt/sources.list >"$SCRATCH/settings"
git log -1 --format=%s >"$SCRATCH/commit"
. "$SCRATCH/does"
E_

# check_on [WORD...]: runs it; what it says is then in `said_by_it`, what it did in `did`.
check_on() {
	rm -f "$scratch/did"
	BUILD="$scratch/build" timeout 60 tests/tools/check-on "$@" >"$scratch/said_by_it" 2>&1
	status=$?
	cat "$scratch/said_by_it"
	return $status
}

# ends STATUS LINE [WORD...]: it ends with the status, and says such a line (a regular expression).
ends() {
	expected=$1
	line=$2
	shift 2
	check_on "$@"
	[ $? -eq "$expected" ] && grep -qx "$line" "$scratch/said_by_it"
}

did() {
	grep -qxF "$1" "$scratch/did"
}

removed() {
	[ ! -e "$scratch/build/on/trixie" ]
}

echo 'echo "# summary 3 passed, 0 failed"; echo "not ok 2 - a/b"; echo "not ok 3 - a/c # TODO d"' \
	>"$scratch/does"
passes "a release is tried by make deps run" ends 0 '# trixie: make deps run succeeded after .* s' trixie
passes "... with what the mirror of apt has" \
	did "debootstrap --variant=minbase --include=make,git,ca-certificates trixie $scratch/build/on/trixie file:$scratch/mirror"
passes "... in the system" did 'in the system: make deps run'
passes "... in a clone of the last commit" [ "$(cat "$scratch/commit")" = "$(git log -1 --format=%s)" ]
passes "... with the settings of apt" grep -qF 'Acquire::http::Proxy "DIRECT";' "$scratch/settings"
passes "... but with none of our variables" sh -c "! grep -q OURS= $scratch/environment"
passes "... and the summary is shown" \
	grep -qxF '# trixie: summary 3 passed, 0 failed' "$scratch/said_by_it"
passes "... and failures" grep -qxF '# trixie: not ok 2 - a/b' "$scratch/said_by_it"
passes "... but no known ones" sh -c "! grep -q a/c '$scratch/said_by_it'"
passes "... and nothing is left of the system" removed
passes "... but the log" grep -qxF 'not ok 3 - a/c # TODO d' "$scratch/build/on/trixie.log"
passes "... and make check only with ALL=1" sh -c "! grep -q 'deps check' '$scratch/did'"
export ALL=1
check_on trixie >/dev/null
unset ALL
passes "... which is the second command then" did 'in the system: make deps check'

echo 'echo "it hurts"; exit 3' >"$scratch/does"
passes "a command that fails is a failure" \
	ends 1 "check-on: FAILED on trixie: make deps run ended with status 3; .*trixie.log" trixie
passes "... with its last words" grep -qxF 'it hurts' "$scratch/said_by_it"
passes "... and nothing is left of the system" removed

program debootstrap <<'E_'
echo 'E: no space left' >&2
exit 1
E_
passes "so is debootstrap, if a mirror answers" \
	ends 1 'check-on: FAILED on trixie: debootstrap ended with status 1; .*' trixie

sources 'http://127.0.0.1:9/nowhere'
passes "without an answer of a mirror it is skipped, and says why" \
	ends 0 'check-on: SKIPPED: nothing was tried on trixie: .*127.0.0.1.*' trixie
: >"$scratch/sources.list"
passes "... and without a mirror" \
	ends 0 'check-on: SKIPPED: nothing was tried on trixie: apt has no package sources here' trixie

passes "a release that is none is refused, with the nearest" \
	ends 2 "check-on: there is no release 'trixi'; did you mean trixie? Allowed are .*" trixi
passes "... and none at all" ends 2 'check-on: which release? For example: make .*' 
passes "make passes the release on" sh -c \
	'make check-on RELEASE=trixi 2>&1 | grep -q "did you mean trixie"'

# A copy, as nobody else may look into the folder of root.
mkdir "$scratch/tests"
cp -r tests/tools tests/command "$scratch/tests"
chmod -R go+rX "$scratch"
as_nobody() {
	(cd "$scratch" && timeout 60 setpriv --reuid=65534 --clear-groups env PATH=/usr/bin:/bin \
		tests/tools/check-on trixie 2>&1) | grep -q 'needs root'
}
program unshare <<'E_'
echo 'unshare failed: Operation not permitted' >&2
exit 1
E_
passes "root in a container that may not mount is told so" \
	ends 2 'check-on: root may not mount anything here, .*' trixie
passes "who is not root is told so" as_nobody
plan
