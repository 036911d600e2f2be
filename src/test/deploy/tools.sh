#!/usr/bin/env bash
# Unpacks what the deployment tests need from Debian packages into DIRECTORY; nothing is installed on this machine.
#
#   tools.sh DIRECTORY
#
# Afterwards DIRECTORY/env can be sourced: a Docker engine, compose, Prometheus and debootstrap are on PATH.
# Exit code 3: this machine cannot; the last line says what is missing.
set -euo pipefail
directory=$(mkdir -p "$1" && cd "$1" && pwd)

cannot() { echo "deployment tests: $1"; exit 3; }

[ "$(id -u)" = 0 ] || cannot "need root, for a network namespace and containers"
[ "$(uname -m)" = x86_64 ] || cannot "need an x86-64 machine"
command -v apt-get > /dev/null || cannot "need a Debian machine: there is no apt-get"
command -v docker > /dev/null || cannot "need the docker client"
command -v ip > /dev/null || cannot "need the command ip, from iproute2"
[ -e "$directory/env" ] && exit 0

root=$directory/root
debs=$directory/debs
mkdir -p "$root" "$debs/partial"

# The engine and all it links to that this machine does not have yet. Old lists name packages that are gone.
download() {
    apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache::archives="$debs" \
        docker.io debootstrap prometheus >> "$directory/apt.log" 2>&1
}
download || { apt-get -qq update >> "$directory/apt.log" 2>&1 && download; } \
    || cannot "apt-get cannot download docker.io, debootstrap and prometheus, see $directory/apt.log"

# Compose 2 is a plugin of the client: one binary, packaged since Debian 13, on the mirror that this machine uses anyway.
if ! docker compose version > /dev/null 2>&1; then
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | head -n 1)
    mkdir -p "$directory/apt/lists/partial" "$directory/apt/cache/archives/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" > "$directory/apt/sources.list"
    newer="-o Dir::Etc::sourcelist=$directory/apt/sources.list -o Dir::Etc::sourceparts=/dev/null"
    newer="$newer -o Dir::State::lists=$directory/apt/lists -o Dir::Cache=$directory/apt/cache"
    # shellcheck disable=SC2086
    (cd "$debs" && apt-get $newer -qq update && apt-get $newer -qq download docker-compose) >> "$directory/apt.log" 2>&1 \
        || cannot "apt-get cannot download docker-compose of Debian 13, see $directory/apt.log"
fi

for deb in "$debs"/*.deb; do dpkg -x "$deb" "$root"; done
mkdir -p "$directory/client/cli-plugins"
if [ -e "$root/usr/libexec/docker/cli-plugins/docker-compose" ]; then
    ln -sf "$root/usr/libexec/docker/cli-plugins/docker-compose" "$directory/client/cli-plugins/docker-compose"
fi
# iptables comes as one program under many names; the package makes the usual ones only when it is installed.
for name in iptables ip6tables iptables-save ip6tables-save iptables-restore ip6tables-restore; do
    ln -sf xtables-nft-multi "$root/usr/sbin/$name"
done
cat > "$directory/env.new" <<ENV
export PATH=$root/usr/sbin:$root/usr/bin:$root/sbin:\$PATH
export LD_LIBRARY_PATH=$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu
export XTABLES_LIBDIR=$root/usr/lib/x86_64-linux-gnu/xtables
export DEBOOTSTRAP_DIR=$root/usr/share/debootstrap
export DOCKER_CONFIG=$directory/client
ENV
mv "$directory/env.new" "$directory/env"
