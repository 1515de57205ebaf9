# build.mk -- how everything under $(BUILD) is built; GNUmakefile calls it, by tests/tools/build

BUILD   := build
CC      := gcc
HOST_CC := clang
NASM    := nasm

.DELETE_ON_ERROR:
$(V).SILENT:                            # V=1 shows the commands

# What is being made, for tests/command/making.py to show; and -fdiagnostics-color where that shows
# in a terminal what compilers say.
COLOR :=
HASH  := \#
say    = $(info $(HASH) $(1))

# With WERROR=1 a warning is an error, as it is for all tests.  Else it is only shown, because a
# newer compiler may warn of what no older one did, and must not stop anybody.  Warnings stay in a
# file beside what was built with them; WERROR=1 builds that again.
FATAL_WARNINGS := $(filter-out 0,$(WERROR))
ERROR  := $(FATAL_WARNINGS:%=-Werror)
FATAL  := $(FATAL_WARNINGS:%=-Wl,--fatal-warnings)
keep    = failed=0; $(1) 2>$@.warnings || failed=1; \
	[ ! -s $@.warnings ] || cat $@.warnings >&2; exit $$failed
$(if $(FATAL_WARNINGS),$(shell find $(BUILD) -name '*.warnings' -size +0 | \
	while read -r file; do rm -f "$$file" "$${file%.warnings}"; done))

# --- The kernel, and the suites of tests in C that it loads as it loads scenarios ---

FLOORS  := drivers kernel ept vmx
ROOMS   := report module script player program kernel
PARTS   := $(FLOORS) $(ROOMS:%=tests/%)
SOURCES := $(wildcard $(PARTS:%=%/*.c) $(PARTS:%=%/*.asm))
SUITES  := $(wildcard tests/suites/*/*.c tests/suites/*/*.asm tests/model/*.c)
OBJECTS := $(SOURCES:%=$(BUILD)/%.o)
SUITE_OBJECTS := $(SUITES:%=$(BUILD)/%.o)

# Small, but for what runs at every VM exit, what the first verdict waits for, and the suites that
# have many cases; of ept/ and vmx/ small as well is what explains an exit, and what changes whole
# ranges.
OPTIMIZE := -Os
QUICK := ept/table.c ept/eptp.c $(addprefix kernel/,descriptors.c paging.c print.c reset_state.c) \
	tests/report/options.c tests/program/plan.c tests/module/module.c $(SUITES) \
	$(addprefix vmx/,vm.c vm_controls.c guest_state.c start_vmcs.c guest_paging.c watchdog.c)
SELDOM := ept/explain.c ept/mapping.c ept/misconfiguration.c ept/permission.c ept/walk.c \
	vmx/guest_explain.c vmx/guest_walk.c vmx/qualification.c \
	$(wildcard $(patsubst %,tests/suites/%/*.c,apic conditions machine probe shadowing time vmx))
$(patsubst %,$(BUILD)/%.o,$(filter-out $(SELDOM),$(filter $(QUICK),$(SOURCES) $(SUITES)))): \
	OPTIMIZE := -O2

CFLAGS = -std=gnu11 $(OPTIMIZE) -g -pipe -I. -ffreestanding -fno-pic -mno-red-zone \
	-mgeneral-regs-only \
	-mcmodel=small -fno-omit-frame-pointer -fno-asynchronous-unwind-tables \
	-fstack-protector-strong -mstack-protector-guard=global -fno-toplevel-reorder \
	-Wall -Wextra -Wconversion -Wno-sign-conversion $(ERROR) $(COLOR)
ASSEMBLE = $(NASM) -@ .nasm-warnings $(ERROR)

# No --gc-sections: what the kernel itself does not call may be what a suite calls.
LINK := $(CC) -nostdlib -static -no-pie -Wl,--build-id=none -Wl,-z,noexecstack \
	-Wl,-z,max-page-size=4096 $(FATAL)
LINK_KERNEL = $(LINK) -Wl,--nmagic -Wl,-T,linker.ld -Wl,--defsym=kernel_identity_value=$(1) \
	-o $@ $(filter %.o,$^)
LINK_SUITES = $(LINK) -Wl,-T,tests/suites/extension/linker.ld \
	-Wl,--just-symbols=$(BUILD)/trapline.elf -o $@ $(filter %.o,$^)

$(BUILD)/trapline.elf: $(OBJECTS) $(BUILD)/kernel_names.o linker.ld $(BUILD)/kernel_identity
	$(call say,linking $@)
	$(call keep,$(call LINK_KERNEL,$$(cat $(BUILD)/kernel_identity)))

$(BUILD)/suites.bin: $(BUILD)/suites.elf
	objcopy -O binary $< $@

$(BUILD)/suites.elf: $(SUITE_OBJECTS) $(BUILD)/suites_names.o \
		tests/suites/extension/linker.ld $(BUILD)/trapline.elf
	$(call say,linking $@)
	$(call keep,$(LINK_SUITES))

# The backtraces' names: a first link without them gives the addresses, which they do not move, as
# their table stands behind all code.
$(BUILD)/kernel_nameless.elf: $(OBJECTS) $(BUILD)/kernel_no_names.o linker.ld $(BUILD)/sources
	$(call say,linking $@)
	$(call keep,$(call LINK_KERNEL,0))

$(BUILD)/suites_nameless.elf: $(SUITE_OBJECTS) $(BUILD)/suites_no_names.o \
		tests/suites/extension/linker.ld $(BUILD)/trapline.elf $(BUILD)/sources
	$(call say,linking $@)
	$(call keep,$(LINK_SUITES))

NAMES = awk -v owner=$* -f kernel/symbols.awk

$(BUILD)/%_no_names.asm: kernel/symbols.awk
	$(NAMES) </dev/null >$@

$(BUILD)/%_names.asm: $(BUILD)/%_nameless.elf kernel/symbols.awk
	nm --numeric-sort $< | $(NAMES) >$@

$(BUILD)/%names.o: $(BUILD)/%names.asm
	$(call keep,$(ASSEMBLE) -f elf64 -o $@ $<)

.PRECIOUS: $(BUILD)/%_names.asm $(BUILD)/%_no_names.asm

# What suites.bin is linked to call: code, constants, and names with their addresses.
$(BUILD)/kernel_identity: $(BUILD)/kernel_nameless.elf $(BUILD)/kernel_names.asm
	objcopy -O binary $< $@.bin
	echo 0x$$(cat $@.bin $(BUILD)/kernel_names.asm | sha256sum | cut -c 1-16) >$@

$(BUILD)/%.c.o: %.c
	$(call say,compiling $<)
	$(call keep,$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<)

# All tables and macros that assembly may include.  nasm could tell which of them a file includes,
# but only by reading everything twice, as its -MD names no included file.  That takes longer than
# it can save.
INCLUDES := $(wildcard drivers/*.def kernel/*.inc kernel/*.def vmx/*.inc vmx/*.def)

$(BUILD)/%.asm.o: %.asm $(INCLUDES)
	$(call say,assembling $<)
	$(call keep,$(ASSEMBLE) -f elf64 -g -F dwarf -I. -o $@ $<)

# --- Scenarios and ISO ---

SCENARIOS := $(sort $(wildcard tests/scenarios/*.asm tests/scenarios/*/*.asm))
SCRIPTS   := $(SCENARIOS:tests/%.asm=$(BUILD)/%.bin)
ASSEMBLER := trapline tests/command/assemble.py tests/command/scenarios.py

# What a scenario may include.  nasm's -M cannot say it, as scenarios ask for places in their
# sections.
LANGUAGE := $(wildcard tests/language/*.inc tests/language/*.def \
	vmx/*.def kernel/*.inc kernel/*.def)

# All that changed by one command, as starting one for each would take longer than the assembling.
# With WERROR=1 the time stamp is another one, as no file tells what nasm warned of; what was
# assembled so is good for everybody.
ASSEMBLED := $(BUILD)/scenarios/assembled$(FATAL_WARNINGS:%=_strictly)
$(ASSEMBLED): $(SCENARIOS) $(ASSEMBLER) $(LANGUAGE)
	$(call say,assembling scenarios)
	./trapline assemble $(FATAL_WARNINGS:%=--werror) --into=$(BUILD)/scenarios \
		$(if $(filter-out %.asm,$?),$(SCENARIOS),$(filter %.asm,$?))
	touch $(BUILD)/scenarios/assembled $@

$(BUILD)/suite.bin: $(BUILD)/suites.bin $(ASSEMBLED) $(BUILD)/sources
	cat $< $(SCRIPTS) >$@

$(BUILD)/trapline.iso: $(BUILD)/trapline.elf $(BUILD)/suite.bin iso/image iso/grub.cfg
	$(call say,making the ISO)
	iso/image $@ $(BUILD)/trapline.elf $(BUILD)/suite.bin

# The sum of all bytes of an option ROM is 0.
$(BUILD)/loader.rom: iso/loader.asm iso/layout.inc
	$(call say,assembling $<)
	$(call keep,$(ASSEMBLE) -f bin -I. -DCHECKSUM=0 -o $@ $<)
	sum=$$(od -An -v -t u1 $@ | \
		awk '{ for (i = 1; i <= NF; i++) sum += $$i } END { print sum }') && \
	$(NASM) -w-all -f bin -I. -DCHECKSUM=$$(( -sum & 255 )) -o $@ $<

# Changes when a file is added or taken away, which no other time stamp tells.
$(BUILD)/sources: FORCE
	echo $(SOURCES) $(SUITES) $(SCENARIOS) | cmp -s - $@ || \
		echo $(SOURCES) $(SUITES) $(SCENARIOS) >$@

# --- What `./trapline explain` asks: the model and the kernel's tables, on the host ---

EXPLAIN := $(wildcard tests/explain/*.c) $(wildcard tests/model/entry*.c) \
	tests/model/vm_entry.c ept/permission.c kernel/exceptions.c kernel/print.c \
	kernel/msr_name.c vmx/exit_details.c vmx/operands.c vmx/qualification.c \
	vmx/qualification_text.c
EXPLAIN_OBJECTS := $(EXPLAIN:%.c=$(BUILD)/explain_on_host/%.o)

$(BUILD)/explain: $(EXPLAIN_OBJECTS)
	$(call say,linking $@)
	$(HOST_CC) -o $@ $^

# What the kernel and its suites are built of as well is warned of there.
$(BUILD)/explain_on_host/%.o: WARNINGS = -w
$(BUILD)/explain_on_host/tests/explain/%.o: WARNINGS = -Wall -Wextra -Wconversion \
	-Wno-sign-conversion $(ERROR) $(COLOR)

$(BUILD)/explain_on_host/%.o: %.c
	$(call say,compiling $< for the host)
	$(call keep,$(HOST_CC) -std=gnu11 -O2 -g -I. $(WARNINGS) -MMD -MP -c -o $@ $<)

# --- Host programs: X_test by cmocka, fuzz_X by libFuzzer, tools; each says what it `links:` ---

# Only where one is asked for: what each links is read from its source, which takes longer than all
# else that make looks at.
ifneq ($(filter host $(BUILD)/host/%,$(MAKECMDGOALS)),)

HOST       := $(patsubst tests/host/%.c,$(BUILD)/host/%,$(wildcard tests/host/*.c))
HOST_TESTS := $(filter %_test,$(HOST))
SANITIZE   := -fsanitize=address,undefined -fno-sanitize-recover=all
HOST_CFLAGS := -std=gnu11 -O1 -g -I. $(SANITIZE) -fsanitize=fuzzer-no-link \
	-Wall -Wextra -Wconversion -Wno-sign-conversion $(ERROR) $(COLOR)

$(HOST_TESTS):                   LIBRARY := -lcmocka
$(filter $(BUILD)/host/fuzz_%,$(HOST)): LIBRARY := -fsanitize=fuzzer

links = $(patsubst %.c,$(BUILD)/host/%.o,$(1) $(shell sed -n 's|.*links: \([^*]*\).*|\1|p' $(1)))

.SECONDEXPANSION:
$(HOST): $(BUILD)/host/%: $$(call links,tests/host/%.c)
	$(call say,linking $@)
	$(HOST_CC) $(SANITIZE) -o $@ $^ $(LIBRARY)

$(BUILD)/host/%.o: %.c
	$(call say,compiling $< for the host)
	$(call keep,$(HOST_CC) $(HOST_CFLAGS) -MMD -MP -c -o $@ $<)

# By what the face calls it.
.PHONY: host
host: $(HOST)

HOST_FOLDERS := $(sort $(dir $(addprefix $(BUILD)/host/, \
	$(SOURCES) $(SUITES) $(wildcard tests/host/*.c))))
$(shell mkdir -p $(HOST_FOLDERS))
-include $(shell find $(BUILD)/host -name '*.d')

endif

# Every folder that something is built in, by one process and not by one for each file.
.PHONY: FORCE
$(shell mkdir -p $(sort $(dir $(OBJECTS) $(SUITE_OBJECTS) $(EXPLAIN_OBJECTS) $(SCRIPTS))))

-include $(OBJECTS:.o=.d) $(SUITE_OBJECTS:.o=.d) $(EXPLAIN_OBJECTS:.o=.d)
