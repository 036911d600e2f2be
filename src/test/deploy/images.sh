#!/usr/bin/env bash
# Makes the images that docker-compose.yml names, without a registry: from Debian packages and this build's jars. They behave as the
# originals where we rely on them, and carry the same names, so that the real file is what runs.
#
#   images.sh DIRECTORY FLINK_LIB KAFKA_LIB COMPOSE_FILE DOCKERFILE
set -euo pipefail
directory=$1 flink=$2 kafka=$3 compose=$4 dockerfile=$5
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck disable=SC1091
. "$directory/env"
export DOCKER_HOST=unix://$directory/docker.sock
tag() { grep -o "image: $1:[^ ]*" "$compose" | head -n 1 | cut -d ' ' -f 2; }

if [ ! -e "$directory/rootfs.done" ]; then
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | head -n 1)
    rm -rf "$directory/rootfs"
    debootstrap --variant=minbase --include=openjdk-17-jre-headless,postgresql-15,procps,gosu bookworm \
        "$directory/rootfs" "$mirror" > "$directory/debootstrap.log" 2>&1 \
        || { echo "deployment tests: debootstrap fails, see $directory/debootstrap.log"; exit 3; }
    touch "$directory/rootfs.done"
fi
docker image inspect weir-base > /dev/null 2>&1 || tar -C "$directory/rootfs" -c . | docker import - weir-base > /dev/null

# image NAME: the Dockerfile is NAME.Dockerfile in images/, its context a directory with what the caller put there.
build() { cp "$here/images/$1.Dockerfile" "$directory/$1/Dockerfile"; cp "$here/images/$1.sh" "$directory/$1/entrypoint.sh"; docker build -q -t "$2" "$directory/$1" > /dev/null; }

for name in flink kafka postgres prometheus; do rm -rf "${directory:?}/$name"; mkdir -p "$directory/$name"; done
cp -RL "$flink" "$directory/flink/flink"
cp -RL "$kafka" "$directory/kafka/libs"
cp "$(command -v prometheus)" "$(command -v promtool)" "$directory/prometheus/"
build flink "$(grep -o '^FROM flink:[^ ]*' "$dockerfile" | cut -d ' ' -f 2)"
build kafka "$(tag apache/kafka)"
build postgres "$(tag postgres)"
build prometheus "$(tag prom/prometheus)"
