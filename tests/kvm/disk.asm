; disk.asm -- the disk of Linux that iso/loader.asm boots
;
; The disk holds a table, PVH's start information, Linux, and its initrd.  nasm finds the files in
; the include path: all boots share `linux` and `initrd`, and `boot.cpio` says what this one boot
; runs.  TSC_KHZ says how many thousand instructions make a second, LINUX and INITRD say where in
; memory these two lie when Linux starts, LINUX_ENTRY where Linux is entered.

%include "iso/layout.inc"

START_MAGIC     equ     0x336ec578      ; PVH's, version 1

%macro part 2                           ; address, label
        dd      %1, (%2 - $$) / SECTOR, (%2_end - %2 + SECTOR - 1) / SECTOR
%endmacro

        org     0
        part    LINUX, linux
        part    INITRD, initrd
        times   PART_SIZE db 0

        times   ENTRY - HEAD - ($ - $$) db 0
        dd      LINUX_ENTRY
        dd      START_MAGIC, 1, 0, 1    ; magic, version, flags, number of modules
        dq      HEAD + modules, HEAD + command_line
        dq      0                       ; no address of ACPI's RSDP: Linux looks for it itself
        dq      MEMORY_MAP
        dd      0, 0                    ; the number of its entries, which loader.asm fills in

modules:
        dq      INITRD, initrd_end - initrd, 0, 0

%defstr TSC_KHZ_DIGITS TSC_KHZ
command_line:
        db      "console=ttyS1 quiet loglevel=3 panic=-1 reboot=triple "
        db      "tsc_early_khz=", TSC_KHZ_DIGITS, " mitigations=off nowatchdog rodata=off "
        db      "lsm= audit=0 cryptomgr.notests "
        db      "psi=0 hardened_usercopy=off init_on_alloc=0 "
        db      "cgroup_disable=memory,io,cpu,cpuset,pids,perf_event,hugetlb,freezer "
; Without these Linux has a third less to do until /init runs.  Nothing here needs them.
        db      "initcall_blacklist="
        db      "load_system_certificate_list,init_encrypted,crypto_kdf108_init,blake2s_mod_init,"
        db      "trace_eval_init,tracer_init_tracefs,init_blk_tracer,init_kprobe_trace,"
        db      "ftrace_check_for_weak_functions,ftrace_check_sync,slab_sysfs_init,"
        db      "slab_debugfs_init,inet6_init,cubictcp_register,btf_vmlinux_init,"
        db      "bpf_rstat_kfunc_init,kfunc_init,bpf_kfunc_init,bpf_key_sig_kfuncs_init,"
        db      "bpf_tcp_ca_kfunc_init,bpf_prog_test_run_init", 0

        times   HEAD_SIZE - ($ - $$) db 0
linux:  incbin  "linux"
linux_end:
        align   SECTOR, db 0
initrd: incbin  "initrd"
        align   4, db 0
        incbin  "boot.cpio"
initrd_end:
        align   SECTOR, db 0
