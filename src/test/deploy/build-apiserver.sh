#!/usr/bin/env bash
# Makes a real Kubernetes API server and etcd out of Debian's own packages, in about three minutes:
#
#   build-apiserver.sh DIRECTORY      ->  DIRECTORY/kube-apiserver, DIRECTORY/etcd
#
# Nobody publishes an API server that a build could just take: Debian has its source only, and that is what is built. Nothing is
# installed: packages are unpacked below DIRECTORY, and apt works with lists of its own. What is there already is not made again.
# Exit code 3 and one line: this machine lacks something.
set -euo pipefail

missing() {
    echo "missing: $1"
    exit 3
}

[ $# -eq 1 ] || { echo "usage: build-apiserver.sh DIRECTORY" >&2; exit 2; }
mkdir -p "$1"
work=$(cd "$1" && pwd)
[ -x "$work/kube-apiserver" ] && [ -x "$work/etcd" ] && exit 0

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || missing "Linux on x86-64"
for tool in apt-get dpkg-deb tar xz flock; do
    command -v "$tool" > /dev/null || missing "$tool (Debian 12)"
done
grep -q '^VERSION_CODENAME=bookworm' /etc/os-release || missing "Debian 12, whose source package kubernetes is built"
# One at a time: two test runs may share the directory.
exec 9> "$work/lock"
flock 9
[ -x "$work/kube-apiserver" ] && [ -x "$work/etcd" ] && exit 0

# The machine's own Debian sources, with source packages added.
mkdir -p "$work/apt/sources" "$work/apt/lists/partial" "$work/apt/cache/archives/partial" "$work/packages"
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    [ -f "$file" ] && grep -q 'bookworm' "$file" && grep -qw 'main' "$file" && grep -q 'debian' "$file" || continue
    case "$file" in
        *.sources) sed 's/^Types: deb$/Types: deb deb-src/' "$file" > "$work/apt/sources/$(basename "$file")" ;;
        *.list) grep '^deb .*debian ' "$file" | sed 'p; s/^deb /deb-src /' > "$work/apt/sources/$(basename "$file")" || true ;;
    esac
done
apt=(apt-get -qq
    -o "Dir::Etc::sourcelist=/dev/null" -o "Dir::Etc::sourceparts=$work/apt/sources"
    -o "Dir::State::lists=$work/apt/lists" -o "Dir::Cache=$work/apt/cache" -o "APT::Sandbox::User=")
"${apt[@]}" update || missing "Debian's package lists (apt-get update failed)"
cd "$work/packages"
"${apt[@]}" download etcd-server golang-1.19-go golang-1.19-src golang-github-modern-go-reflect2-dev \
    || missing "Debian's packages etcd-server, golang-1.19-go, golang-1.19-src, golang-github-modern-go-reflect2-dev"
"${apt[@]}" source --download-only kubernetes || missing "Debian's source package kubernetes"

mkdir -p "$work/root"
for package in ./*.deb; do
    dpkg-deb -x "$package" "$work/root"
done
# What a broken run left behind.
rm -rf "$work/gopath" && mkdir -p "$work/gopath/src/k8s.io/kubernetes"
tar -xf kubernetes_*.orig.tar.* -C "$work/gopath/src/k8s.io/kubernetes" --strip-components=1

# Its reflect2 1.0.1 crashes with Go from 1.18 on, at the first custom resource.
cd "$work/gopath/src/k8s.io/kubernetes"
rm -rf vendor/github.com/modern-go/reflect2
cp -rL "$work/root/usr/share/gocode/src/github.com/modern-go/reflect2" vendor/github.com/modern-go/
export GOROOT="$work/root/usr/lib/go-1.19" GOPATH="$work/gopath" GOCACHE="$work/gocache" GO111MODULE=off GOPROXY=off CGO_ENABLED=0 GOFLAGS=
export PATH="$GOROOT/bin:$PATH"

# The one generated file that the tarball lacks.
go build -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
inputs=$(grep -rl --include='*.go' '+k8s:openapi-gen=' pkg staging/src | xargs -n1 dirname | sort -u \
    | sed -e 's#^staging/src/#k8s.io/kubernetes/vendor/#' -e 's#^pkg/#k8s.io/kubernetes/pkg/#' | paste -sd,)
"$work/openapi-gen" -i "$inputs" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
    -h vendor/k8s.io/code-generator/hack/boilerplate.go.txt -r "$work/violations" > "$work/openapi-gen.log" 2>&1
sed -i -e 's/gitMajor string = ""/gitMajor string = "1"/' -e 's/gitMinor string = ""/gitMinor string = "20"/' \
    -e 's/gitVersion \+= "[^"]*"/gitVersion = "v1.20.2"/' staging/src/k8s.io/component-base/version/base.go
nice -n 10 go build -tags providerless -o "$work/kube-apiserver.part" ./cmd/kube-apiserver
cp "$work/root/usr/bin/etcd" "$work/etcd"
mv "$work/kube-apiserver.part" "$work/kube-apiserver"
# A gigabyte that nobody needs again.
rm -rf "$work/gopath" "$work/gocache" "$work/root" "$work/packages" "$work/apt"
