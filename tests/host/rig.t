#!/bin/sh
# rig.t -- the Linux, the modules and the QEMU that a user chooses for kvm-in-bochs: kernels and
# modules of every packing are read, and what cannot work is refused with the reason
#
# The kernels and modules here are a few bytes long.  tests/boot/kvm.t boots real ones.

. tests/host/tap.sh
. tests/host/machine.sh

# --- Small kernels and modules ---

# elf NAME [FORMAT]: assembles an ELF file of the nasm source on standard input.
elf() {
	cat >"$scratch/source.asm"
	nasm -f "${2-elf64}" -o "$scratch/$1" "$scratch/source.asm"
}

# links NAME: makes of $scratch/NAME.o what a kernel is when it is unpacked.
links() {
	ld -n -e 0 -o "$scratch/$1" --section-start=.note.Xen=0x1000000 -Ttext=0x1001000 \
		--section-start=.bss=0x18000000 "$scratch/$1.o"
}

# kernel_source: a kernel of version 6.9-small, which knows its vermagic.
kernel_source() {
	cat <<'E'
section .note.Xen note alloc noexec nowrite align=4
	dd 4, 4, 18, "Xen", 0x1000010
section .text
	times 4096 hlt
	db "6.9-small SMP mod_unload ", 0
E
}

kernel_source | elf vmlinux.o && links vmlinux

# image NAME PACKED [SIZE]: a bzImage with this packed kernel, behind which stands the size of the
# unpacked one.
cat >"$scratch/image" <<'E'
import struct, sys
name, packed, size, protocol = sys.argv[1:]
image = bytearray(1024)
image[0x1f1] = 1
image[0x202:0x206] = b"HdrS"
struct.pack_into("<H", image, 0x206, int(protocol, 16))
struct.pack_into("<H", image, 0x20e, 0x100)
image[0x300:0x320] = b"6.9-small (a builder) at a time".ljust(32, b"\0")
with open(packed, "rb") as file:
    payload = file.read()
if int(size):
    payload += struct.pack("<I", int(size))
struct.pack_into("<II", image, 0x248, 16, len(payload))
with open(name, "wb") as file:
    file.write(bytes(image) + bytes(16) + payload)
E
image() {
	python3 "$scratch/image" "$scratch/$1" "$scratch/$2" "${3-$(wc -c <"$scratch/vmlinux")}" "${4-20f}"
}

# module NAME DEPENDS [VERMAGIC]: a module, $scratch/modules/NAME.ko.
mkdir "$scratch/modules"
module() {
	elf "modules/$1.ko" <<E
section .modinfo progbits alloc noexec nowrite align=1
	db "parmtype=nested:bool", 0, "parmtype=ept:bool", 0
	db "depends=$2", 0, "vermagic=${3-6.9-small SMP mod_unload }", 0
E
}

# --- Packings ---

# reads NAME: the kernel of that image is the small one.
cat >"$scratch/reads" <<'E'
import sys
sys.path.insert(0, "tests")
from command import linux_kernel
kernel = linux_kernel.load(sys.argv[1], "it")
print(kernel.version, hex(kernel.address), hex(kernel.entry), kernel.contents.count(b"\xf4"))
E
reads() {
	python3 "$scratch/reads" "$scratch/$1" >"$scratch/found" &&
		echo '6.9-small 0x1000000 0x1000010 4096' | diff - "$scratch/found"
}

# packs NAME COMMAND...: a kernel packed by this command is read.  gzip ends with the size by itself.
packs() {
	name=$1
	shift
	"$@" <"$scratch/vmlinux" >"$scratch/packed"
	size=$(wc -c <"$scratch/vmlinux")
	[ "$name" != gzip ] || size=0
	image bzImage packed "$size" && reads bzImage
}
# by_python EXPRESSION: packs standard input by a library of Python's.
by_python() {
	python3 -c "import bz2, lzma, sys
data = sys.stdin.buffer.read()
sys.stdout.buffer.write($1)"
}

passes "a kernel packed by gzip is read" packs gzip gzip -c
passes "... by bzip2" packs bzip2 by_python "bz2.compress(data)"
passes "... by lzma" packs lzma by_python "lzma.compress(data, lzma.FORMAT_ALONE)"
passes "... by xz" packs xz by_python "lzma.compress(data, check=lzma.CHECK_CRC32)"
passes "... by LZ4" packs LZ4 lz4 -lcq
passes "... by zstd" packs zstd zstd -cq

# unpacks NAME COMMAND...: a module packed by this command is read.
cat >"$scratch/unpacks" <<'E'
import sys
sys.path.insert(0, "tests")
from command import linux_modules
print(linux_modules.read("kvm_intel", sys.argv[1]).parameters())
E
module kvm-intel ''
unpacks() {
	name=$1
	shift
	"$@" <"$scratch/modules/kvm-intel.ko" >"$scratch/$name" &&
		python3 "$scratch/unpacks" "$scratch/$name" >"$scratch/found" &&
		echo "['nested', 'ept']" | diff - "$scratch/found"
}
passes "a module that is not packed is read" unpacks kvm-intel.ko cat
passes "... one packed by gzip" unpacks kvm-intel.ko.gz gzip -c
passes "... by xz" unpacks kvm-intel.ko.xz by_python "lzma.compress(data)"
passes "... by zstd" unpacks kvm-intel.ko.zst zstd -cq

# --- What is refused ---

gzip -c <"$scratch/vmlinux" >"$scratch/packed"
image bzImage packed 0

# refuses MESSAGE OPTION...: trapline run says this at the end, with S for the scratch folder and
# after no boot, and ends with status 2.
refuses() {
	echo "trapline run: $1" >"$scratch/expected"
	shift
	timeout 60 ./trapline run --build="$scratch" --platform=kvm-in-bochs "$@" >"$scratch/out" \
		2>"$scratch/errors"
	status=$?
	cat "$scratch/errors" "$scratch/out"
	tail -n 1 "$scratch/errors" | sed "s#$scratch#S#g" | diff "$scratch/expected" - &&
		[ ! -s "$scratch/out" ] && [ $status -eq 2 ]
}

# refuses_linux NAME MESSAGE: the file $scratch/NAME is refused as --linux.
refuses_linux() {
	refuses "--linux=S/$1: $2" --linux="$scratch/$1" --modules="$scratch/modules"
}

module kvm-intel kvm
module kvm irqbypass
module irqbypass ''

passes "a kernel that is not there is refused" refuses_linux none 'No such file or directory'
: >"$scratch/empty"
passes "... and so is an empty file" refuses_linux empty \
	"no bzImage: a kernel for x86 has 'HdrS' at byte 514"
passes "a file without a setup header is no kernel" refuses_linux packed \
	"no bzImage: a kernel for x86 has 'HdrS' at byte 514"
passes "of vmlinux is said what is wanted" refuses_linux vmlinux \
	"this is an ELF file, as vmlinux is; the kernel is wanted as bzImage, which Linux builds as arch/x86/boot/bzImage"
image old packed 0 206
passes "a kernel of an old boot protocol is refused" refuses_linux old \
	"its boot protocol is 2.06, but the place of the packed kernel is known since 2.08"
head -c 1100 "$scratch/bzImage" >"$scratch/short"
passes "a kernel that was cut off is refused" refuses_linux short \
	"the packed kernel ends at byte $(wc -c <"$scratch/bzImage"), but the file has 1100"
echo 'no packing' >"$scratch/words"
image unknown words 0
passes "an unknown packing is refused" refuses_linux unknown \
	"the kernel cannot be unpacked: it begins with 6e 6f 20 70 61 63, as none does of the packings known here: gzip, bzip2, lzma, xz, LZ4, zstd"
head -c 200 "$scratch/packed" >"$scratch/half"
image damaged half 0
passes "a damaged kernel is refused" refuses_linux damaged \
	"the kernel cannot be unpacked: it ends too early"
by_python "lzma.compress(data)" <"$scratch/vmlinux" >"$scratch/by_xz"
image wrong_size by_xz 5
passes "a kernel of another size than it says is refused" refuses_linux wrong_size \
	"the kernel cannot be unpacked: it unpacks to $(wc -c <"$scratch/vmlinux") bytes, but says 5"

# another NAME 'SED SCRIPT': the image $scratch/NAME, whose kernel has another source.
another() {
	kernel_source | sed "$2" | elf other.o && links other && gzip -c <"$scratch/other" >"$scratch/other.gz" &&
		image "$1" other.gz 0
}
another no_entry 's/, 18,/, 17,/'
passes "a kernel without a PVH entry is refused" refuses_linux no_entry \
	"it has no PVH entry; build it with CONFIG_PVH=y"
# shellcheck disable=SC2016 # $ is the last line
another built_in '$a\	db "kvm_intel.nested", 0'
passes "KVM that is built in is refused" refuses "--modules=S/modules: KVM is built into this kernel; build it as a module, with CONFIG_KVM_INTEL=m" \
	--linux="$scratch/built_in" --modules="$scratch/modules"
# shellcheck disable=SC2016
another large '$a\	section .bss nobits alloc noexec write\n	resb 0x1000'
passes "a kernel that needs more memory than there is is refused" refuses \
	"Linux 6.9-small takes memory up to 0x18001000 at its start; the rig has room up to 0x18000000" \
	--linux="$scratch/large" --modules="$scratch/modules"
kernel_source | elf elf32.o elf32 && ld -m elf_i386 -e 0 -o "$scratch/elf32" "$scratch/elf32.o"
gzip -c <"$scratch/elf32" >"$scratch/elf32.gz"
image i386 elf32.gz 0
passes "a 32-bit kernel is refused" refuses_linux i386 \
	"a 32-bit kernel: the KVM that nests here is 64-bit"

passes "a kernel alone is refused" refuses \
	"--linux=S/bzImage is a kernel alone; --modules=DIR has to tell where its modules are" \
	--linux="$scratch/bzImage"

# refuses_modules FOLDER MESSAGE: the folder $scratch/FOLDER is refused as --modules.
refuses_modules() {
	refuses "$2" --linux="$scratch/bzImage" --modules="$scratch/$1"
}
passes "modules that are not there are refused" refuses_modules none \
	"--modules=S/none: No such file or directory"
passes "... and so is a file that is no package" refuses_modules bzImage \
	"--modules=S/bzImage: this is neither a folder nor a package of Debian's"

where="; --modules=DIR takes a folder like /lib/modules/VERSION, or one in which the .ko files lie"
mkdir "$scratch/nothing"
passes "a folder without KVM is refused" refuses_modules nothing \
	"--modules=S/nothing: there is no kvm-intel.ko$where"
mkdir "$scratch/lacking" && cp "$scratch/modules/kvm-intel.ko" "$scratch/modules/kvm.ko" "$scratch/lacking"
passes "a folder without what KVM needs is refused" refuses_modules lacking \
	"--modules=S/lacking: there is no irqbypass.ko, which kvm.ko depends on$where"
mkdir -p "$scratch/twice/6.8" "$scratch/twice/6.9" &&
	tee "$scratch/twice/6.8/kvm-intel.ko" <"$scratch/modules/kvm-intel.ko" >"$scratch/twice/6.9/kvm-intel.ko"
passes "a folder with the modules of two versions is refused" refuses_modules twice \
	"--modules=S/twice: there is more than one kvm-intel.ko: S/twice/6.8/kvm-intel.ko, S/twice/6.9/kvm-intel.ko"

module kvm irqbypass '6.8-small SMP mod_unload '
passes "a module of another version is refused" refuses_modules modules \
	"S/modules/kvm.ko: this module is for Linux 6.8-small, but the kernel is 6.9-small"
module kvm irqbypass '6.9-small SMP preempt mod_unload '
passes "a module that was built otherwise is refused" refuses_modules modules \
	"S/modules/kvm.ko: this module was built otherwise than the kernel, which does not hold its vermagic '6.9-small SMP preempt mod_unload'"
cp "$scratch/elf32" "$scratch/modules/kvm.ko"
passes "a 32-bit module is refused" refuses_modules modules \
	"S/modules/kvm.ko: this is no module for 64-bit Linux"
: >"$scratch/modules/kvm.ko"
passes "... and so is an empty one" refuses_modules modules \
	"S/modules/kvm.ko: the module cannot be unpacked: it begins with no byte, as none does of the packings known here: gzip, bzip2, lzma, xz, LZ4, zstd"

passes "a QEMU that is not there is refused" refuses \
	"--qemu=S/none: there is no such program" --qemu="$scratch/none"
passes "... and so is one for another platform" refuses \
	"--qemu goes with the platform kvm or tcg or kvm-in-bochs; this one is bochs" \
	--platform=bochs --qemu="$scratch/none"
for option in linux modules kvm-options; do
	passes "--$option is refused for another platform" refuses \
		"--$option goes with the platform kvm-in-bochs; this one is tcg" \
		--platform=tcg --$option="$scratch/none"
done

# refuses_option MESSAGE WORDS: so does linux_modules of the options.
cat >"$scratch/options" <<'E'
import sys
sys.path.insert(0, "tests")
from command import linux_modules, mistake
try:
    linux_modules.refuse_options(sys.argv[1:], ["nested", "ept", "enable_apicv"])
except mistake.Mistake as error:
    print(error)
E
refuses_option() {
	expected=$1
	shift
	python3 "$scratch/options" "$@" >"$scratch/found"
	echo "$expected" | diff - "$scratch/found"
}
passes "an option that kvm_intel does not have is refused" refuses_option \
	"--kvm-options: kvm_intel has no parameter 'nestd'; did you mean nested? Allowed are enable_apicv, ept, nested" \
	ept=1 nestd=1
# shellcheck disable=SC2016 # no command
passes "... and so is what the shell in Linux would take for more" refuses_option \
	'--kvm-options: '"'nested=\$(x)'"' is no option; one is NAME=VALUE, with letters, digits and _ , . : + - in the value' \
	'nested=$(x)'

# --- What kvm_intel is loaded with ---

# loads_with BOCHS 'PARAMETERS' 'OPTIONS': on this version of Bochs a kvm_intel that has these
# parameters is loaded, for these options of the user's, as standard input says: on a processor
# without posted interrupts | on one that has them.
cat >"$scratch/settings" <<'E'
import sys
from types import SimpleNamespace
sys.path.insert(0, "tests")
from command.kvm_in_bochs import KvmInBochs
version, parameters, options = sys.argv[1:]
rig = SimpleNamespace(parameters=parameters.split)
platform = SimpleNamespace(version=version, options=options.split(), rig=rig)
settings = KvmInBochs.settings(platform)
print(settings["options"], settings["options_with_apicv"], sep="|")
E
loads_with() {
	python3 "$scratch/settings" "$@" >"$scratch/found"
	diff - "$scratch/found"
}
passes "on Bochs 2.7 kvm_intel gets the user's options" loads_with 2.7 'nested ept' 'nested=1' <<'E'
nested=1|nested=1
E
passes "on Bochs 3.0 it does without posted interrupts, where the processor has them" \
	loads_with 3.0 'nested ept' 'nested=1' <<'E'
nested=1|enable_apicv=0 nested=1
E
passes "... unless the user says otherwise" loads_with 3.0 'nested ept' 'enable_apicv=1' <<'E'
enable_apicv=1|enable_apicv=1
E
passes "it warns of checks that it missed, where it can" \
	loads_with 3.1 'nested warn_on_missed_cc' '' <<'E'
warn_on_missed_cc=1|warn_on_missed_cc=1
E
passes "... unless the user says otherwise" \
	loads_with 3.1 'nested warn_on_missed_cc' 'warn_on_missed_cc=0' <<'E'
warn_on_missed_cc=0|warn_on_missed_cc=0
E
# told PARAMETERS OPTIONS: the kernel is to say what it enters for the census.
cat >"$scratch/told" <<'E'
import sys
from types import SimpleNamespace
sys.path.insert(0, "tests")
from command.kvm_in_bochs import KvmInBochs
parameters, options = sys.argv[1:]
platform = KvmInBochs.__new__(KvmInBochs)
platform.version, platform.options = "2.7", options.split()
platform.rig = SimpleNamespace(parameters=parameters.split)
sys.exit(0 if platform.tells_of_missed_checks() else 1)
E
told() {
	python3 "$scratch/told" "$@"
}
not_told() {
	told "$@"
	[ $? -eq 1 ]
}
passes "the kernel is told to say what it enters where kvm_intel warns" \
	told 'nested warn_on_missed_cc' ''
passes "... and not where kvm_intel has no such parameter" not_told 'nested ept' ''
passes "... nor where the user has switched it off" \
	not_told 'nested warn_on_missed_cc' 'warn_on_missed_cc=0'
plan
