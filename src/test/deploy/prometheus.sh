#!/bin/sh
# Puts Debian's prometheus and promtool into the directory $1, unpacked and not installed, and prints nothing else than what is missing
# (exit 1). Only for tests: the deployments name their own image.
set -eu
target=$1
if [ -x "$target/usr/bin/prometheus" ] && [ -x "$target/usr/bin/promtool" ]; then
    exit 0
fi
command -v apt-get >/dev/null && command -v dpkg >/dev/null || { echo "apt-get is missing: no Debian here"; exit 1; }
mkdir -p "$target"
cd "$target"
if ! apt-get download prometheus >apt.log 2>&1; then
    # Lists that are old or absent; only root may renew them.
    apt-get update >apt.log 2>&1 && apt-get download prometheus >apt.log 2>&1 || { echo "the package prometheus cannot be had: $(tail -1 apt.log)"; exit 1; }
fi
dpkg -x prometheus_*.deb .
