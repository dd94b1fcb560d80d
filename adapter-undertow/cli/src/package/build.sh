#!/bin/sh
# build.sh JDK JAR VERSION FOLDER: makes the packages of the command imagegate for this machine's processor in FOLDER:
# imagegate-VERSION-linux-x64.tar.gz (or linux-arm64), and where dpkg-deb is, the Debian package of the same.
#
# JDK and JAR are those of ../runtime/build.sh, whose SOURCE_DATE_EPOCH and WARM_UP hold here, too.
set -eu
umask 022

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
absolute() {
  case $1 in
    /*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$PWD/$1" ;;
  esac
}
jdk=$(absolute "$1") jar=$(absolute "$2") version=$3
mkdir -p "$4"
folder=$(CDPATH='' cd -- "$4" && pwd)
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-1795478400}"

case $(uname -s)-$(uname -m) in
  Linux-x86_64) platform=linux-x64 architecture=amd64 ;;
  Linux-aarch64) platform=linux-arm64 architecture=arm64 ;;
  *)
    echo "packages are made on Linux, on x86_64 and aarch64, and this is $(uname -s) on $(uname -m)" >&2
    exit 2 ;;
esac

name=imagegate-$version-$platform
rm -rf "$folder/work" && mkdir -p "$folder/work/$name"
trap 'rm -rf "$folder/work"' EXIT
cd "$folder/work/$name"

mkdir -p bin lib share/man/man1 share/bash-completion/completions share/zsh/site-functions share/doc/imagegate
cp -- "$here/imagegate" bin/imagegate
chmod 755 bin/imagegate
CEL=yes "$here/../runtime/build.sh" "$jdk" "$jar" lib
cp -R -- "$here/lib/." lib
chmod 755 lib/verifier lib/verifier/imagegate

# What the command tells of itself.
bin/imagegate generate-completion > share/bash-completion/completions/imagegate
cp -- "$here/_imagegate" share/zsh/site-functions/_imagegate
page() {
  bin/imagegate generate-man-page "$@" | gzip -n -9 > "share/man/man1/$(IFS=-; echo "imagegate${*:+-$*}").1.gz"
}
page
for command in $(bin/imagegate generate-man-page --list); do
  page "$command"
done
(cd share/doc/imagegate && "$jdk/bin/jar" xf ../../../lib/imagegate.jar META-INF/LICENSE META-INF/NOTICE &&
  mv META-INF/* . && rmdir META-INF)
cp -- "$here/imagegate.service" "$here/sysusers.conf" "$here/serve.yaml" share/doc/imagegate
chmod 644 share/doc/imagegate/*

set_times() {
  find "$@" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}
set_times .
tar --sort=name --owner=0 --group=0 --numeric-owner --format=gnu -C .. -cf - "$name" | gzip -n > "$folder/$name.tar.gz"

if ! command -v dpkg-deb > /dev/null; then
  echo "no Debian package: there is no dpkg-deb" >&2
  exit 0
fi

# The same files where Debian has them. The tree of /usr/lib/imagegate is that of the archive, and /usr/bin/imagegate a link into it.
root=$folder/work/root
mkdir -p "$root/DEBIAN" "$root/usr/lib/imagegate" "$root/usr/bin" "$root/usr/share/zsh" "$root/usr/lib/systemd/system" \
  "$root/usr/lib/sysusers.d" "$root/etc/imagegate"
mv bin lib "$root/usr/lib/imagegate"
mv share/man share/bash-completion share/doc "$root/usr/share"
mv share/zsh/site-functions "$root/usr/share/zsh/vendor-completions"
ln -s ../lib/imagegate/bin/imagegate "$root/usr/bin/imagegate"
cd "$root/usr/share/doc/imagegate"
mv imagegate.service "$root/usr/lib/systemd/system"
mv sysusers.conf "$root/usr/lib/sysusers.d/imagegate.conf"
mv serve.yaml "$root/etc/imagegate"
cat NOTICE LICENSE > copyright
rm LICENSE NOTICE
cp -- "$here"/deb/* "$root/DEBIAN"
# The C library that the JDK and the library for cryptography were built for.
glibc=$(find "$root/usr/lib/imagegate/lib" -name '*.so' -exec grep -aoh 'GLIBC_2\.[0-9]*' {} + | sort -u -t . -k 2n | tail -n 1)
# A snapshot or a candidate is older than its release.
sed -i -e "s/@GLIBC@/${glibc#GLIBC_}/" -e "s/@VERSION@/$(echo "$version" | tr - '~')/" -e "s/@ARCHITECTURE@/$architecture/" \
  -e "s/@SIZE@/$(du -sk --apparent-size --exclude=DEBIAN "$root" | cut -f1)/" "$root/DEBIAN/control"
chmod 644 "$root/DEBIAN/control" "$root/DEBIAN/conffiles"
set_times "$root"
dpkg-deb --root-owner-group -Zzstd -z9 --build "$root" "$folder/imagegate_$(echo "$version" | tr - '~')_$architecture.deb" > /dev/null
