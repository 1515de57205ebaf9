"""Debian's packages: fetched by apt and unpacked in a folder, not installed."""

import glob
import os
import re
import subprocess

from .mistake import Mistake
from .processes import attended, run

LINUX = "linux-image-cloud-amd64"       # Debian's kernel for virtual machines, its newest version
BUSYBOX = "busybox-static"
# Of the packages that this one depends on: a kernel, and since Linux 7 its image and its modules.
PART = re.compile(r"linux-(image|binary|modules)-\d\S*")
MAGIC = b"!<arch>\n"                    # begins a package


def is_package(path):
    with open(path, "rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def packages_of_linux():
    """The names of the packages that hold kernel and modules.  Raises Mistake."""
    try:
        listed = subprocess.run(["apt-cache", "depends", "--recurse", "--important", LINUX],
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                check=False).stdout
    except FileNotFoundError:
        raise Mistake(f"there is no apt here to fetch {LINUX}; --linux=FILE and --modules=DIR take "
                      "a Linux of yours") from None
    parts = [line for line in listed.split("\n") if PART.fullmatch(line)]
    if not parts:
        raise Mistake(f"apt knows no package {LINUX}; `apt-get update` may help, or --linux=FILE "
                      "and --modules=DIR with a Linux of yours")
    return parts


def download(names, folder, tell):
    """Fetches those of the packages that are not in the folder yet; the paths of all.  What apt
    complains of is told."""
    missing = [name for name in names if not glob.glob(f"{glob.escape(folder)}/{name}_*.deb")]
    if missing:
        command = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", *missing]
        with attended(command, tell, cwd=folder) as apt:
            apt.stdout.read()
        if apt.returncode:
            raise subprocess.CalledProcessError(apt.returncode, command)
    return [path for name in names for path in glob.glob(f"{glob.escape(folder)}/{name}_*.deb")]


def unpack(package, folder):
    """Adds what the package holds to the folder.  Raises Mistake."""
    try:
        run("dpkg-deb", "-x", package, folder)
    except subprocess.CalledProcessError:
        raise Mistake(f"{package}: dpkg-deb cannot unpack it") from None


def found(folder, *patterns):
    """The one file there with such a name, None if there is none."""
    paths = [path for pattern in patterns for path in glob.glob(f"{glob.escape(folder)}/{pattern}")
             if os.path.isfile(path)]
    return paths[0] if paths else None


def kernel_in(folder):
    """The image of the kernel that was unpacked there, None if there is none."""
    return found(folder, "boot/vmlinuz-*", "usr/lib/modules/*/vmlinuz", "lib/modules/*/vmlinuz")


def busybox_in(folder):
    """Below usr/ since /bin is a link to /usr/bin."""
    return found(folder, "usr/bin/busybox", "bin/busybox")
