#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The demonstration: a healthy network of real Linux routers, then a broken one, and what icmp says about it.
# Usage: demo.sh PROGRAM     (as root, or through sudo; everything is removed at the end)
set -eu

if [ $# -ne 1 ] || [ ! -x "$1" ]; then
	echo "usage: demo.sh PROGRAM (the program icmp, built)" >&2
	exit 2
fi
program=$(realpath -- "$1")
demo=$(dirname -- "$(realpath -- "$0")")/demo_network.py

if [ "$(id -u)" -eq 0 ]; then
	exec python3 "$demo" "$program"
fi
if ! command -v sudo >/dev/null; then
	echo "demo.sh: network namespaces need root, and there is no sudo: run it as root" >&2
	exit 2
fi
echo "demo.sh: network namespaces need root: asking sudo" >&2
exec sudo -- python3 "$demo" "$program"
