# rig.mk -- makes Linux with KVM, and QEMU, ready to run in Bochs
#
# `make -f tests/kvm/rig.mk RIG=folder` fills the folder with `linux` and `initrd`, which all boots
# share; with `entry`, the address where Linux is entered; and with `version`, that of Linux.

RIG ?= build/kvm
.DELETE_ON_ERROR:
$(V).SILENT:

# What is being made, for tests/command/making.py to show.
HASH := \#
say   = $(info $(HASH) $(1))

all: $(RIG)/linux $(RIG)/initrd $(RIG)/entry $(RIG)/version

# --- Debian's kernel for virtual machines, with its modules, and busybox: unpacked, not installed ---

META := linux-image-cloud-amd64

$(RIG)/packages:
	$(call say,downloading $(META) and busybox for the Linux in Bochs)
	mkdir -p $(RIG)/deb
	kernel=$$(apt-cache depends $(META) | awk '/Depends:/ { print $$2; exit }') && \
	[ "$$kernel" ] || { echo 'rig: apt knows no package $(META); `apt-get update` may help' >&2; exit 1; } && \
	cd $(RIG)/deb && apt-get -qq -o APT::Sandbox::User=root download $$kernel busybox-static
	$(call say,unpacking them)
	for package in $(RIG)/deb/*.deb; do dpkg-deb -x $$package $(RIG)/unpacked || exit 1; done
	touch $@

$(RIG)/version: $(RIG)/packages
	ls $(RIG)/unpacked/*/modules $(RIG)/unpacked/*/*/modules 2>/dev/null | grep '^[0-9]' >$@

# --- Linux, as it is once unpacked in memory ---

# The setup header says where in the file the compressed kernel is (the x86 boot protocol,
# Documentation/arch/x86/boot.rst of Linux).  The last 4 bytes of the compressed kernel are not part
# of it but the size of the unpacked one.
$(RIG)/vmlinux: $(RIG)/packages
	$(call say,unpacking the kernel)
	image=$$(echo $(RIG)/unpacked/boot/vmlinuz-*); \
	field() { od -An -t u$$2 -j $$1 -N $$2 $$image | tr -d ' '; }; \
	start=$$(( ($$(field 497 1) + 1) * 512 + $$(field 584 4) )); \
	tail -c +$$((start + 1)) $$image | head -c $$(( $$(field 588 4) - 4 )) >$@.packed; \
	lz4 -dcq $@.packed >$@ 2>/dev/null || zstd -dcq $@.packed >$@ || \
	{ echo "rig: the kernel in $$image is not compressed by LZ4 or zstd" >&2; exit 1; }

$(RIG)/linux: $(RIG)/vmlinux
	$(call say,taking from the kernel what is loaded)
	objcopy -O binary $< $@

# The PVH entry is the value of Xen's ELF note 18 (XEN_ELFNOTE_PHYS32_ENTRY).
$(RIG)/entry: $(RIG)/vmlinux
	readelf -n $< | awk '/0x00000012/ { getline; print "0x" $$6 $$5 $$4 $$3; exit }' >$@
	grep -q 0x........ $@ || { echo 'rig: this Linux has no PVH entry' >&2; exit 1; }

# --- What Linux runs: init, KVM, QEMU ---

PROGRAMS := /usr/bin/qemu-system-x86_64
MODULES := virt/lib/irqbypass arch/x86/kvm/kvm arch/x86/kvm/kvm-intel
APPLETS := sh mount uname insmod cat grep stty poweroff
ROMS    := seabios/bios-256k.bin qemu/kvmvapic.bin qemu/pvh.bin qemu/multiboot_dma.bin \
	qemu/linuxboot_dma.bin
LIBRARIES = $(shell ldd $(PROGRAMS) | awk '/=> \// { print $$3 } /^\t\// { print $$1 }' | sort -u)

# A module without symbols and without what tracing needs is loaded with a fifth of the
# instructions.
UNNEEDED := .BTF __mcount_loc .rela__mcount_loc _ftrace_eval_map .rela_ftrace_eval_map

$(RIG)/initrd: tests/kvm/init $(RIG)/packages $(PROGRAMS)
	$(call say,packing what Linux runs: KVM and QEMU)
	rm -rf $(RIG)/root
	cd $(RIG) && mkdir -p root/bin root/dev root/proc root/sys root/usr/share/qemu
	cp tests/kvm/init $(RIG)/root/init
	cp $$(find $(RIG)/unpacked -path '*/bin/busybox' -type f) $(RIG)/root/bin/
	for name in $(APPLETS); do ln -s busybox $(RIG)/root/bin/$$name || exit 1; done
	for module in $(MODULES); do \
		packed=$$(find $(RIG)/unpacked -path "*/kernel/$$module.ko*"); \
		case $$packed in \
		*.xz) xz -dc $$packed >$(RIG)/module.ko;; \
		*.zst) zstd -dcq $$packed >$(RIG)/module.ko;; \
		*) cp $$packed $(RIG)/module.ko;; \
		esac && \
		objcopy --strip-unneeded $(UNNEEDED:%=-R %) $(RIG)/module.ko \
			$(RIG)/root/$${module##*/}.ko || exit 1; \
	done
	for file in $(PROGRAMS) $(LIBRARIES); do \
		mkdir -p $(RIG)/root$${file%/*} && cp -L $$file $(RIG)/root$$file || exit 1; \
	done
	for rom in $(ROMS); do cp -L /usr/share/$$rom $(RIG)/root/usr/share/qemu/ || exit 1; done
	cd $(RIG)/root && find . | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0 >../initrd
