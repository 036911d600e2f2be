#!/usr/bin/env bash
# Afterwards the command chromium is there: it is installed from Debian's packages if it is not.
#
# Exit code 3: this machine cannot; the last line says what is missing.
set -euo pipefail
cannot() { echo "web UI test: $1"; exit 3; }

command -v chromium > /dev/null && exit 0
command -v apt-get > /dev/null || cannot "need chromium, and apt-get to install it is not there"
[ "$(id -u)" = 0 ] || cannot "need chromium, and only root can install it: apt-get install chromium"

mkdir -p target/deploy
log=target/deploy/chromium.log
install() { DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >> "$log" 2>&1; }
install || { apt-get -qq update >> "$log" 2>&1 && install; } || cannot "apt-get cannot install chromium, see $log"
