#!/usr/bin/env bash
# build.sh CONTAINERFILE JDK FOLDER [OPTION...]: builds CONTAINERFILE with buildah, with these options, over stand-ins for its base
# images, runs `quickstart --once` in the image, prints its size and layers, and leaves it in FOLDER/oci, an OCI layout, as
# "imagegate". Needs root, buildah, mmdebstrap and busybox-static. Debian's packages are downloaded once and kept in
# $XDG_CACHE_HOME/imagegate.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
server=$(cd "$(dirname "$1")" && pwd) jdk=$2
mkdir -p "$3" && cd "$3"
options=("${@:4}")
rm -rf oci base store run && mkdir base
trap 'rm -rf "$PWD/base" "$PWD/store" "$PWD/run"' EXIT

# The release of this machine, whose C library its JDK needs.
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
packages=${XDG_CACHE_HOME:-$HOME/.cache}/imagegate/base-$release.tar
if [ ! -e "$packages" ]; then
  mkdir -p "$(dirname "$packages")"
  mmdebstrap --quiet --format=tar --variant=extract --include=base-files,ca-certificates,libc6,libgcc-s1,libstdc++6,netbase,tzdata,zlib1g \
    "$release" "$packages.part"
  mv "$packages.part" "$packages"
fi

# Debian's JDK is links to /etc: copied as what they lead to.
cp -rL "$jdk" base/jdk
rm -f base/jdk/lib/src.zip
cp "$packages" base/base.tar
cp /usr/bin/busybox base/busybox

build() {
  image build --quiet --isolation chroot --network host --pull=never "${limits[@]}" "$@"
}
image() {
  buildah --root "$PWD/store" --runroot "$PWD/run" --storage-driver vfs "$@"
}
# More than the hard limits of this machine, which are buildah's own default, is refused where root may not raise them.
limits=(--ulimit "nofile=$(ulimit -Hn):$(ulimit -Hn)" --ulimit "nproc=$(ulimit -Hu):$(ulimit -Hu)")
mapfile -t from < <(sed -n 's/^FROM \([^ ]*\).*/\1/p' "$server/Containerfile")
build --timestamp 0 --target first --tag "${from[0]}" --file "$here/Containerfile" base > /dev/null
build --timestamp 0 --target last --tag "${from[1]}" --file "$here/Containerfile" base > /dev/null
build --layers "${options[@]}" --tag imagegate "$server" > /dev/null
image push --quiet imagegate "oci:$PWD/oci:imagegate"

container=$(image from --isolation chroot --network host --pull=never "${limits[@]}" imagegate)
user=$(image inspect --type image --format '{{.OCIv1.Config.User}}' imagegate)
mapfile -t entry < <(image inspect --type image --format '{{range .OCIv1.Config.Entrypoint}}{{println .}}{{end}}' imagegate | sed '/^$/d')
echo "user $user"
image run --isolation chroot --network host --user "$user" "$container" -- "${entry[0]}" -XX:AOTMode=on "${entry[@]:1}" quickstart --once --port 0
image images --format 'size {{.Size}}' imagegate
skopeo inspect "oci:$PWD/oci:imagegate" | jq -r '.LayersData[] | "layer \(.Digest) \(.Size) bytes packed"'
