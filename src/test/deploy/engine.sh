#!/usr/bin/env bash
# A Docker engine in a network namespace of its own: its bridges, rules and published ports are not this machine's.
#
#   engine.sh start DIRECTORY    DIRECTORY/env is from tools.sh; the socket is DIRECTORY/docker.sock
#   engine.sh stop DIRECTORY
set -euo pipefail
directory=$2
namespace=weir-$(echo "$directory" | cksum | cut -d ' ' -f 1)
# shellcheck disable=SC1091
. "$directory/env"

stop() {
    if [ -e "$directory/engine.pid" ]; then
        pid=$(cat "$directory/engine.pid")
        kill "$pid" 2> /dev/null || true
        for _ in $(seq 100); do kill -0 "$pid" 2> /dev/null || break; sleep 0.2; done
        rm -f "$directory/engine.pid"
    fi
    ip netns delete "$namespace" 2> /dev/null || true
}

case $1 in
start)
    stop
    ip netns add "$namespace"
    nsenter --net="/run/netns/$namespace" ip link set lo up
    # Not `ip netns exec`, which hides the cgroups.
    nohup nsenter --net="/run/netns/$namespace" dockerd -H "unix://$directory/docker.sock" \
        --data-root "$directory/data" --exec-root "$directory/exec" --pidfile "$directory/engine.pid" \
        --storage-driver overlay2 > "$directory/engine.log" 2>&1 < /dev/null &
    for _ in $(seq 150); do
        docker -H "unix://$directory/docker.sock" version > /dev/null 2>&1 && { echo "$namespace" > "$directory/namespace"; exit 0; }
        sleep 0.2
    done
    echo "deployment tests: dockerd does not start, see $directory/engine.log"
    exit 3
    ;;
stop) stop ;;
esac
