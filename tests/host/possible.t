#!/bin/sh
# possible.t -- no scenario expects what the SDM does not promise, or uses what may be missing

. tests/host/tap.sh

# A processor may set accessed flags in advance, in every entry that the guest could use; not where
# EPT has no flags, in a view that is not in use, or before the guest runs again after clear_flags.
# early_flags FILE...: prints the lines that forbid an accessed flag all the same.
early_flags() {
	awk '
	FNR == 1 { on = 0; views = 0; cleared = 0 }
	$1 == "vmcs" && /EPT_POINTER, *set=/ { on = 1 }
	$1 == "views" || $1 == "switchable_views" { views = 1 }
	$1 == "clear_flags" { cleared = 1 }
	$1 == "expect" { cleared = 0 }
	$1 == "flags" && /, none/ && !/accessed\?/ && on && !views && !cleared {
		print FILENAME ":" FNR ": " $0
	}' "$@"
}

scenarios=$(find tests/scenarios labs -name '*.asm')
# shellcheck disable=SC2086 # names without spaces
none_is_early() {
	! early_flags $scenarios | grep .
}
passes "a scenario forbids no accessed flag that a processor may set in advance" none_is_early

cat >"$scratch/early.asm" <<'E_'
	vmcs    EPT_POINTER, set=1 << 6
	expect  vmcall
	flags   DATA, none|accessed?
	flags   DATA, none
E_
one_is_found() {
	early_flags "$scratch/early.asm" | grep -x "$scratch/early.asm:4:.*"
}
passes "... and one that did would be found" one_is_found

# The rows of VMCS_NEEDS whose control a capability of the same name, or the other one, offers.
# unguarded FILE...: prints the fields that exist only with a control, in scenarios that neither ask
# for the capability which offers that control nor set the control by its name.
unguarded() {
	awk '
	FILENAME == ARGV[1] { field[$1] = field[$1] " " $2; next }
	FILENAME == ARGV[2] { control[$1] = $2; next }
	FNR == 1 { needs = "" }
	$1 == "needs" { needs = needs " " $0 " " }
	/set=/ {
		for (name in control)
			if ($0 ~ "(^|[^a-z_A-Z])" name "($|[^a-z_])")
				needs = needs " " control[name] " "
	}
	$1 == "vmcs" || $1 == "expect" {
		for (name in field) {
			if ($0 !~ "(^|[ ,])" name "[,=]")
				continue
			count = split(field[name], words, " ")
			met = 0
			for (i = 1; i <= count; i++)
				met = met || needs ~ "[ ,]" words[i] "[ ,]"
			if (!met)
				print FILENAME ":" FNR ": " name " needs" field[name]
		}
	}' "$scratch/fields" "$scratch/named" "$@"
}

# Lines of a field and a capability that offers it, by the bit of the control that the field comes
# with.  EPT and the secondary controls are needed by every guest.
tr -d ' "' <vmx/controls.def | tr '(),' '   ' >"$scratch/controls"
tr -d ' "' <vmx/capabilities.def | tr '(),' '   ' >"$scratch/capabilities"
tr -d ' "' <tests/suites/vmx/vmcs_fields.def | tr '(),' '   ' >"$scratch/needs"
awk -v named="$scratch/named" '
BEGIN {
	msr["PIN_BASED"] = "IA32_VMX_PINBASED_CTLS"
	msr["PRIMARY"] = "IA32_VMX_PROCBASED_CTLS"
	msr["SECONDARY"] = "IA32_VMX_PROCBASED_CTLS2"
	msr["VM_EXIT"] = "IA32_VMX_EXIT_CTLS"
	msr["VM_ENTRY"] = "IA32_VMX_ENTRY_CTLS"
}
$1 == "CONTROL" && $2 in msr { bit[$2, $4] = msr[$2] " " $3 + 32 }
$1 == "CAPABILITY" { offers[$4 " " $5] = $3 }
$1 == "CAPABILITY" {
	for (name in bit)
		if (bit[name] == $4 " " $5) {
			split(name, part, SUBSEP)
			print part[1] "_" part[2], $3 >named
		}
}
$1 == "VMCS_NEEDS" && $4 != "enable_ept" && $4 != "activate_secondary_controls" {
	print $2, ($3, $4) in bit && bit[$3, $4] in offers ? offers[bit[$3, $4]] : "nothing_yet"
}' "$scratch/controls" "$scratch/capabilities" "$scratch/needs" >"$scratch/fields"

# shellcheck disable=SC2086 # names without spaces
all_are_guarded() {
	[ "$(wc -l <"$scratch/fields")" -gt 50 ] && ! unguarded $scenarios | grep .
}
passes "a scenario asks for the capability with which a VMCS field exists that it uses" \
	all_are_guarded

cat >"$scratch/bare.asm" <<'E_'
	needs   load_efer, vpid
	vmcs    GUEST_IA32_EFER, set=1
	vmcs    GUEST_IA32_PAT, set=1
	vmcs    PRIMARY_CONTROLS, set=1 | PRIMARY_use_tpr_shadow
	vmcs    TPR_THRESHOLD, value=1
	expect  vmcall, VIRTUAL_PROCESSOR_IDENTIFIER=1, PML_INDEX=1
E_
bare_fields_are_found() {
	unguarded "$scratch/bare.asm" >"$scratch/found"
	cat "$scratch/found"
	[ "$(grep -c 'GUEST_IA32_PAT needs load_pat\|PML_INDEX needs page_modification_log' \
		"$scratch/found")" -eq 2 ] && [ "$(wc -l <"$scratch/found")" -eq 2 ]
}
passes "... and one that did not would be found" bare_fields_are_found
plan
