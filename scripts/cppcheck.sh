#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# cppcheck as the project runs it; fails on any finding: cppcheck.sh FILE...
set -euo pipefail
root=$(dirname "${BASH_SOURCE[0]}")/..

[ $# -gt 0 ] || { echo "usage: cppcheck.sh FILE..." >&2; exit 2; }
exec cppcheck --quiet -j 2 --enable=warning,style,performance,portability --error-exitcode=1 \
    --std=c17 --library=posix,gnu -D_GNU_SOURCE -I"$root/include" -I"$root/src" -I"$root/tests/unit" \
    --inline-suppr --suppressions-list="$root/scripts/cppcheck-suppressions.txt" --template=gcc "$@"
