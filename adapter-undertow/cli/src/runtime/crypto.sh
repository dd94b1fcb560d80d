#!/bin/sh
# crypto.sh JDK JAR FOLDER: lays out Amazon Corretto Crypto Provider, which the jar of its artifact holds, beside the runnable jar:
#
#   FOLDER/corretto-crypto.jar   its classes
#   FOLDER/native                its library, so that nothing is unpacked at run time: the root file system may be read-only
#
# The server is then started with
#
#   -cp FOLDER/imagegate.jar:FOLDER/corretto-crypto.jar -Djava.library.path=FOLDER/native @FOLDER/crypto.flags io.imagegate.cli.Main
#
# JDK is the folder of a JDK. Beside it, the script needs only sh, coreutils and sed, because the tests of a bare machine run it. Both
# files are the same to the byte for the same JDK and JAR: they have the time SOURCE_DATE_EPOCH.
set -eu
umask 022

recipe=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
absolute() {
  case $1 in
    /*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$PWD/$1" ;;
  esac
}
jdk=$(absolute "$1") jar=$(absolute "$2")
mkdir -p "$3"
folder=$(CDPATH='' cd -- "$3" && pwd)
SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-1795478400}"
rm -rf "$folder/native" "$folder/corretto-crypto.jar"
mkdir "$folder/native"
cp -- "$recipe/crypto.flags" "$folder"
chmod 644 "$folder/crypto.flags"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/classes"
cd "$work/classes"
"$jdk/bin/jar" xf "$jar"
mv com/amazon/corretto/crypto/provider/libamazonCorrettoCryptoProvider.* "$folder/native"
# An AOT cache leaves out classes of a signed jar, and verifying its signature takes most of the time that installing the provider
# takes. Nothing needs it: the build compares the jar with its checksum, and the JDK asks for no signature.
"$jdk/bin/jar" tf "$jar" | LC_ALL=C sort > "$work/all"
sed -e '/\/$/d' -e '/^META-INF\/MANIFEST\.MF$/d' -e '/^META-INF\/[^/]*\.SF$/d' -e '/^META-INF\/[^/]*\.RSA$/d' \
  -e '/\/libamazonCorrettoCryptoProvider\./d' "$work/all" > "$work/files"
"$jdk/bin/jar" --create --file "$folder/corretto-crypto.jar" --no-manifest \
  --date="$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)" @"$work/files"
chmod 644 "$folder/corretto-crypto.jar" "$folder"/native/*
touch -h -d "@$SOURCE_DATE_EPOCH" "$folder"/native/* "$folder/native" "$folder/corretto-crypto.jar" "$folder/crypto.flags"
