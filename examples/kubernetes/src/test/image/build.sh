#!/usr/bin/env bash
# build.sh CONTAINERFILE JDK FOLDER [OPTION...]: builds CONTAINERFILE with buildah, with these options, over stand-ins for its base
# images, prints the contents of its layers, runs `quickstart --once` in it, prints its size and packed layers, and leaves it in
# FOLDER/oci, an OCI layout, as "imagegate". With CONTENTS_ONLY=true nothing comes after the contents. Needs root, buildah, mmdebstrap and busybox-static. Debian's packages are downloaded once and kept in
# $XDG_CACHE_HOME/imagegate.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
server=$(cd "$(dirname "$1")" && pwd) jdk=$2
mkdir -p "$3" && cd -P "$3"
options=("${@:4}")
# A build that was killed leaves its file systems mounted.
remove() {
  { grep " $PWD/store/" /proc/mounts || true; } | cut -d ' ' -f 2 | sort -r | xargs -r umount -l
  rm -rf base jdk store run
}
remove
rm -rf oci && mkdir base
trap remove EXIT

# The release of this machine, whose C library its JDK needs.
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
packages=${XDG_CACHE_HOME:-$HOME/.cache}/imagegate/base-$release.tar
if [ ! -e "$packages" ]; then
  mkdir -p "$(dirname "$packages")"
  mmdebstrap --quiet --format=tar --variant=extract --include=base-files,ca-certificates,libc6,libgcc-s1,libstdc++6,netbase,tzdata,zlib1g \
    "$release" "$packages.part"
  mv "$packages.part" "$packages"
fi

# Debian's JDK is links to /etc: what they lead to, which is copied only from another file system. No layer has it, which would
# be copied three times: it is a volume of the build.
cp -rlL "$jdk" jdk 2> /dev/null || { rm -rf jdk && cp -rL "$jdk" jdk; }
cp "$packages" base/base.tar
cp /usr/bin/busybox base/busybox

build() {
  image build --quiet --isolation chroot --network host --pull=never "${limits[@]}" "$@"
}
image() {
  buildah --root "$PWD/store" --runroot "$PWD/run" --storage-driver "$driver" "$@"
}
# Over some file systems, those of containers among them, there is no overlay; then each layer is a copy of those below.
driver=overlay
image info > /dev/null 2>&1 || driver=vfs
# More than the hard limits of this machine, which are buildah's own default, is refused where root may not raise them.
limits=(--ulimit "nofile=$(ulimit -Hn):$(ulimit -Hn)" --ulimit "nproc=$(ulimit -Hu):$(ulimit -Hu)")
mapfile -t from < <(sed -n 's/^FROM \([^ ]*\).*/\1/p' "$server/Containerfile")
build --timestamp 0 --target first --tag "${from[0]}" --file "$here/Containerfile" base > /dev/null
build --timestamp 0 --target last --tag "${from[1]}" --file "$here/Containerfile" base > /dev/null
build --layers --volume "$PWD/jdk:/opt/java/openjdk:ro" "${options[@]}" --tag imagegate "$server" > /dev/null
image inspect --type image --format '{{range .OCIv1.RootFS.DiffIDs}}{{println "content" .}}{{end}}' imagegate | sed '/^$/d'
[ "${CONTENTS_ONLY:-false}" = false ] || exit 0
image push --quiet imagegate "oci:$PWD/oci:imagegate"

container=$(image from --isolation chroot --network host --pull=never "${limits[@]}" imagegate)
user=$(image inspect --type image --format '{{.OCIv1.Config.User}}' imagegate)
mapfile -t entry < <(image inspect --type image --format '{{range .OCIv1.Config.Entrypoint}}{{println .}}{{end}}' imagegate | sed '/^$/d')
echo "user $user"
image run --isolation chroot --network host --user "$user" "$container" -- "${entry[0]}" -XX:AOTMode=on "${entry[@]:1}" quickstart --once --port 0
image images --format 'size {{.Size}}' imagegate
skopeo inspect "oci:$PWD/oci:imagegate" | jq -r '.LayersData[] | "layer \(.Digest) \(.Size) bytes packed"'
