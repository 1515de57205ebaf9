#!/bin/sh
# floors_checker.t -- floors.py, which checks the layout of the tree, prints what is wrong with
# made-up trees, and prints nothing if they are right

. tests/host/tap.sh

tree=$scratch/tree
objects=$scratch/objects

new_tree() {
	rm -rf "$tree" "$objects"
	mkdir -p "$tree/tests"
}

# file PATH LINE...: makes a file of the tree.
file() {
	path=$tree/$1
	shift
	mkdir -p "$(dirname "$path")"
	printf '%s\n' "$@" >"$path"
}

build() (
	cd "$tree" || exit
	find . -name '*.c' -o -name '*.asm' | while read -r source; do
		mkdir -p "$objects/$(dirname "$source")"
		case $source in
		*.c)   gcc -c -I. -o "$objects/$source.o" "$source" ;;
		*.asm) nasm -f elf64 -o "$objects/$source.o" "$source" ;;
		esac || echo "$source does not build"
	done
)

# says CHECK LINE...: the checker prints these lines about the tree, and fails.
says() {
	check=$1
	shift
	printf '%s\n' "$@" >"$scratch/expected"
	build
	tests/host/floors.py --tree="$tree" --objects="$objects" "$check" >"$scratch/found" 2>&1 &&
		echo "the checker found nothing wrong"
	diff "$scratch/expected" "$scratch/found"
}

accepts() {
	build
	tests/host/floors.py --tree="$tree" --objects="$objects" "$1"
}

# --- Floors ---

includes_downwards() {
	new_tree
	file kernel/print.h '#include "kernel/types.h"'
	file vmx/vm.c '#include "kernel/print.h"' '#include <stdint.h>'
	file kernel/types.h
	accepts floors
}

includes_upwards() {
	new_tree
	file vmx/vm.h
	file ept/walk.h '#include "vmx/vm.h"'
	file kernel/boot.asm 'nop' '  %include "vmx/vm.inc"'
	file vmx/vm.inc
	says floors 'ept/walk.h:1 includes vmx/vm.h: vmx/ is above ept/' \
		'kernel/boot.asm:2 includes vmx/vm.inc: vmx/ is above kernel/'
}

uses_upwards() {
	new_tree
	file kernel/memory.c 'int vm_start(void);' 'int memory_start(void) { return vm_start(); }'
	file vmx/vm.c 'int vm_start(void) { return 0; }'
	says floors 'kernel/memory.c uses vm_start of vmx/vm.c: vmx/ is above kernel/'
}

includes_no_folder() {
	new_tree
	file vmx/vm.c '#include "vm.h"'
	file vmx/vm.h
	says floors 'vmx/vm.c:1 includes vm.h: that names no folder'
}

starts_the_program() {
	new_tree
	file kernel/start.c 'void program(void);' 'void kernel_start(void) { program(); }'
	file tests/program/main.c 'void program(void) { }'
	accepts floors
}

# --- Rooms ---

depends_on_rooms_below() {
	new_tree
	file tests/report/report.h
	file tests/model/walk.c '#include "kernel/types.h"'
	file kernel/types.h
	file tests/language/tables.inc '%include "vmx/exits.def"'
	file vmx/exits.def
	file tests/player/play.c '#include "tests/report/report.h"' '#include "kernel/types.h"'
	file tests/suites/ept/matrix.c '#include "tests/suites/cases/case.h"' \
		'#include "tests/model/walk.h"'
	file tests/suites/cases/case.h
	file tests/model/walk.h
	accepts rooms
}

depends_on_rooms_above() {
	new_tree
	file tests/report/report.c '#include "tests/program/plan.h"'
	file tests/program/plan.h
	file tests/script/script.c 'void play(void);' 'void script(void) { play(); }'
	file tests/player/play.c 'void play(void) { }'
	file tests/language/tables.inc '%include "tests/script/steps.def"'
	file tests/script/steps.def
	says rooms 'tests/language/tables.inc:1 includes tests/script/steps.def: tests/language/ may not depend on tests/script/' \
		'tests/report/report.c:1 includes tests/program/plan.h: tests/report/ may not depend on tests/program/' \
		'tests/script/script.c uses play of tests/player/play.c: tests/script/ may not depend on tests/player/'
}

model_depends_on_what_it_judges() {
	new_tree
	file tests/model/walk.c '#include "ept/walk.h"' '#include "kernel/memory.h"' \
		'int vm_run(void);' 'int model(void) { return vm_run(); }'
	file ept/walk.h
	file kernel/memory.h
	file vmx/vm.c 'int vm_run(void) { return 0; }'
	says rooms 'tests/model/walk.c:1 includes ept/walk.h: tests/model/ may not depend on ept/' \
		'tests/model/walk.c:2 includes kernel/memory.h: tests/model/ may not depend on kernel/' \
		'tests/model/walk.c uses vm_run of vmx/vm.c: tests/model/ may not depend on vmx/'
}

suite_depends_on_another() {
	new_tree
	file tests/suites/cases/case.h '#include "tests/suites/ept/arena.h"'
	file tests/suites/ept/arena.h
	says rooms 'tests/suites/cases/case.h:1 includes tests/suites/ept/arena.h: tests/suites/cases/ may not depend on tests/suites/ept/'
}

room_is_not_known() {
	new_tree
	file tests/attic/old.c '#include "tests/report/report.h"'
	file tests/report/report.h
	says rooms 'tests/attic/old.c:1 includes tests/report/report.h: tests/host/floors.py does not know the room tests/attic/'
}

# --- The top of tests/ ---

top_has_folders() {
	new_tree
	file tests/README.md
	file tests/report/report.h
	accepts top
}

top_has_a_file() {
	new_tree
	file tests/run '#!/bin/sh'
	says top 'tests/run is in no room'
}

# --- Circles ---

is_in_a_line() {
	new_tree
	file kernel/traps.h
	file kernel/traps.c '#include "kernel/traps.h"' '#include "kernel/panic.h"' \
		'extern int trap_stubs;' 'int trap(void) { panic(); return trap_stubs; }'
	file kernel/traps.asm 'extern trap' 'global trap_stubs' 'trap_stubs: call trap'
	file kernel/panic.h 'void panic(void);'
	file kernel/panic.c '#include "kernel/panic.h"' 'void panic(void) { }'
	accepts circles
}

circle_by_includes() {
	new_tree
	file kernel/traps.h '#include "kernel/image.h"'
	file kernel/image.h
	file kernel/image.c '#include "kernel/image.h"' '#include "kernel/panic.h"'
	file kernel/panic.h '#include "kernel/traps.h"'
	says circles 'a circle of 3 files:' \
		'  kernel/image.c:2 includes kernel/panic.h' \
		'  kernel/panic.h:1 includes kernel/traps.h' \
		'  kernel/traps.h:1 includes kernel/image.h'
}

circle_by_imports() {
	new_tree
	file tests/command/a.py 'from .b import name'
	file tests/command/b.py 'import os' '' 'from . import c, d'
	file tests/command/c.py
	file tests/command/d.py 'from .a import other'
	says circles 'a circle of 3 files:' \
		'  tests/command/a.py:1 imports b' \
		'  tests/command/b.py:3 imports d' \
		'  tests/command/d.py:1 imports a'
}

circle_of_tables() {
	new_tree
	file vmx/outcome.c '#include "vmx/instructions.h"'
	file vmx/instructions.h
	file vmx/instructions.asm '%include "vmx/outcome.inc"'
	file vmx/outcome.inc 'nop' '%include "vmx/errors.def"'
	file vmx/errors.def
	says circles 'a circle of 2 files:' \
		'  vmx/instructions.asm:1 includes vmx/outcome.inc' \
		'  vmx/outcome.c:1 includes vmx/instructions.h'
}

circle_by_uses() {
	new_tree
	file vmx/vm.c 'void vm_enter(void);' 'int vm_exits;' 'void vm_run(void) { vm_enter(); }'
	file vmx/enter.asm 'extern vm_exits, vm_run' 'global vm_enter' 'vm_enter: inc qword [vm_exits]' \
		'jmp vm_run'
	says circles 'a circle of 2 files:' \
		'  vmx/enter.asm uses vm_exits of vmx/vm.c' \
		'  vmx/enter.asm uses vm_run of vmx/vm.c' \
		'  vmx/vm.c uses vm_enter of vmx/enter.asm'
}

circle_by_both() {
	new_tree
	file tests/player/play.h 'void wrong(void);'
	file tests/player/play.c 'void remap(void);' 'void wrong(void) { }' 'void play(void) { remap(); }'
	file tests/player/steps.c '#include "tests/player/play.h"' 'void remap(void) { }'
	says circles 'a circle of 2 files:' \
		'  tests/player/play.c uses remap of tests/player/steps.c' \
		'  tests/player/steps.c:1 includes tests/player/play.h'
}

two_circles() {
	new_tree
	file ept/entry.h '#include "ept/walk.h"'
	file ept/walk.h '#include "ept/entry.h"'
	file vmx/exit.h '#include "vmx/vm.h"'
	file vmx/vm.h '#include "vmx/exit.h"' '#include "ept/walk.h"'
	says circles 'a circle of 2 files:' \
		'  ept/entry.h:1 includes ept/walk.h' \
		'  ept/walk.h:1 includes ept/entry.h' \
		'a circle of 2 files:' \
		'  vmx/exit.h:1 includes vmx/vm.h' \
		'  vmx/vm.h:1 includes vmx/exit.h'
}

circle_of_the_compiler() {
	new_tree
	file kernel/print.c 'void __stack_chk_fail(void);' 'void print(void) { __stack_chk_fail(); }'
	file kernel/stack_protector.c 'void print(void);' 'void __stack_chk_fail(void) { print(); }'
	accepts circles
}

is_not_built() {
	new_tree
	file kernel/print.c 'void print(void) { }'
	tests/host/floors.py --tree="$tree" --objects="$objects" circles >"$scratch/found" &&
		echo "the checker found nothing wrong"
	echo 'kernel/print.c was not built' | diff - "$scratch/found"
}

passes "a folder may include from below" includes_downwards
passes "a folder may not include from above, in C and in nasm" includes_upwards
passes "a folder may not use a function from above" uses_upwards
passes "an include that names no folder is reported" includes_no_folder
passes "the kernel may start the program above it" starts_the_program
passes "a room may depend on the rooms and floors it is given" depends_on_rooms_below
passes "a room may not depend on another one" depends_on_rooms_above
passes "the model may not depend on what it judges" model_depends_on_what_it_judges
passes "a suite may not depend on another one" suite_depends_on_another
passes "a room that is not in the table is reported" room_is_not_known
passes "tests/ may hold folders and a README.md" top_has_folders
passes "a file in tests/ itself is reported" top_has_a_file
passes "files that depend on each other in one direction are right" is_in_a_line
passes "a circle of includes is reported, with each line of it" circle_by_includes
passes "a circle of imports of the host command is reported" circle_by_imports
passes "a circle of tables that are included is reported" circle_of_tables
passes "a circle of uses is reported, with each symbol of it" circle_by_uses
passes "a circle of includes and uses is reported" circle_by_both
passes "every circle is reported once" two_circles
passes "uses that the compiler adds make no circle" circle_of_the_compiler
passes "a file that was not built is reported" is_not_built
plan
