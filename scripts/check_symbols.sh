#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# Refuses pure archives that ask the linker for more than memory and strings, define a foreign name, or keep
# writable data: check_symbols.sh ARCHIVE...
set -euo pipefail

allowed='^(icmpkit_.*|mem[a-z]+|str[a-z]+|malloc|calloc|realloc|free|abort|_GLOBAL_OFFSET_TABLE_|__stack_chk_fail)$'
status=0

# complain ARCHIVE WHAT NAMES
complain() {
    [ -z "$3" ] && return
    status=1
    printf '%s: %s: %s\n' "$1" "$2" "$(tr '\n' ' ' <<<"$3")"
}

[ $# -gt 0 ] || { echo "usage: check_symbols.sh ARCHIVE..." >&2; exit 2; }
for archive in "$@"; do
    symbols=$(nm "$archive" 2>/dev/null)
    [ -n "$symbols" ] || { echo "$archive: has no symbols" >&2; exit 2; }
    complain "$archive" "asks the linker for" \
        "$(awk '$1 == "U" {print $2}' <<<"$symbols" | sort -u | grep -Ev "$allowed" || true)"
    complain "$archive" "defines a name without icmpkit_" \
        "$(awk 'NF == 3 && $2 ~ /^[A-Z]$/ {print $3}' <<<"$symbols" | grep -v '^icmpkit_' || true)"
    # Constants that hold addresses are in .data.rel.ro: written by the loader, never by the program.
    complain "$archive" "keeps writable data" "$(nm -f sysv "$archive" 2>/dev/null | tr -d ' ' |
        awk -F'|' '$3 ~ /^[bBdDC]$/ && $7 !~ /^\.data\.rel\.ro/ {print $1}')"
done
[ "$status" -eq 0 ] && echo "$# archives ask for nothing but memory and strings"
exit "$status"
