#!/bin/sh
# deps.sh PACKAGE... -- installs those Debian or Ubuntu packages that are not there yet
set -e

missing=
for package; do
	case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in
	*' installed') ;;
	*) missing="$missing $package" ;;
	esac
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
	echo "deps: there is no apt-get here; install what your system calls$missing" >&2
	exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
	as_root=sudo
	if ! command -v sudo >/dev/null; then
		echo "deps: become root, or install sudo; missing are$missing" >&2
		exit 1
	fi
fi
$as_root apt-get update
# shellcheck disable=SC2086 # a list of names
$as_root env DEBIAN_FRONTEND=noninteractive \
	apt-get install --yes --no-install-recommends $missing
