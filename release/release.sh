#!/usr/bin/env bash
# Builds what a release consists of, into target/release:
#
#   release.sh [--image NAME]
#
#   weir-VERSION.jar         the job
#   weir-VERSION-local.jar   everything in one, for one machine
#   weir-VERSION-sbom.json   what is in both: CycloneDX
#   weir-VERSION-image.tar   the image, with --image; needs docker and its registry. NAME:VERSION is its name
#   SHA256SUMS               of all of these: sha256sum --check SHA256SUMS
#
# Tests are not run: .ci/run does that. The jars are the same on every machine (project.build.outputTimestamp).
set -euo pipefail
cd "$(dirname "$0")/.."
image=
if [ "${1:-}" = --image ] && [ $# -eq 2 ]; then
    image=$2
elif [ $# -ne 0 ]; then
    echo "usage: release.sh [--image NAME]" >&2
    exit 2
fi

./mvnw -B -q -Prelease package -Dmaven.test.skip
version=$(sed -n 's#^  <version>\(.*\)</version>#\1#p' pom.xml | head -n 1)
release=target/release
rm -rf "$release"
mkdir -p "$release"
for name in "weir-$version.jar" "weir-$version-local.jar" "weir-$version-sbom.json"; do
    [ -s "target/$name" ] || { echo "target/$name is missing" >&2; exit 1; }
    cp "target/$name" "$release/"
done
if [ -n "$image" ]; then
    docker build --tag "$image:$version" .
    docker save --output "$release/weir-$version-image.tar" "$image:$version"
fi
(cd "$release" && sha256sum -- * > SHA256SUMS)
cat "$release/SHA256SUMS"
