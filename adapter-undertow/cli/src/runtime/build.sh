#!/bin/sh
# build.sh JDK JAR FOLDER: makes of the runnable jar what the image and the packages have in common:
#
#   FOLDER/runtime         a Java runtime with the modules that the jar uses, and no others
#   FOLDER/imagegate.jar   the jar, and in FOLDER/sbom the bills of materials of the jar and of the provider
#   FOLDER/corretto-crypto.jar, FOLDER/native, FOLDER/crypto.flags   Amazon Corretto Crypto Provider, see crypto.sh
#   FOLDER/imagegate.aot   an AOT cache: classes as the JVM holds them in memory, and profiles of the methods that ran
#   FOLDER/server.flags    flags of the JVM for a server, and FOLDER/command.flags for a command that ends
#
# JDK is the folder of a JDK 25. Beside JAR lies corretto-crypto.jar, the provider for this machine's processor, as the build leaves it
# there. All but the cache is the same to the byte for the same JDK and jars: files have the time
# SOURCE_DATE_EPOCH. The cache fits this jar and runtime, in any folder. The JVM takes classes from it without a look at the jar, so a
# changed jar needs a new cache. WARM_UP is how many reviews train the cache (4000). CEL=yes trains it with an expression, too, which takes
# 11 MiB of memory more: then a server whose policy has one answers 0.2 s sooner, and a command takes 0.4 s less.
set -eu
umask 022

recipe=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
jdk=$1 jar=$2
rm -rf "$3/runtime" && mkdir -p "$3"
folder=$(CDPATH='' cd -- "$3" && pwd)
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-1795478400}"

set_times() {
  find "$@" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

if ! [ -x "$jdk/bin/jlink" ] || ! grep -q '^JAVA_VERSION="25' "$jdk/release"; then
  echo "$jdk: expected the folder of a JDK 25, with bin/jlink and the file release" >&2
  exit 2
fi
cp -- "$jar" "$folder/imagegate.jar"
cp -- "$recipe/server.flags" "$recipe/command.flags" "$folder"
chmod 644 "$folder"/imagegate.jar "$folder"/*.flags

sh "$recipe/crypto.sh" "$jdk" "$(dirname -- "$jar")/corretto-crypto.jar" "$folder"

# The jar of a release has a bill, that of another build has none.
rm -rf "$folder/sbom" && mkdir -p "$folder/META-INF/sbom"
(cd "$folder" && "$jdk/bin/jar" xf imagegate.jar META-INF/sbom && mv META-INF/sbom . && rmdir META-INF)

# The modules are those that jdeps prints, as a test compares, and jdk.crypto.ec, which it cannot see: TLS finds it by name.
# jlink ends before the optimizing compiler has earned back what it costs.
"$jdk/bin/jlink" -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC \
  --output "$folder/runtime" --no-header-files --no-man-pages --add-modules "$(cat "$recipe/modules")"
set_times "$folder/runtime" "$folder/imagegate.jar" "$folder"/*.flags

java() {
  "$folder/runtime/bin/java" "$@"
}
path=$folder/imagegate.jar:$folder/corretto-crypto.jar

# One JVM runs what the server and short commands do, so that one cache serves both. Each class of the cache costs every start
# something, so another one makes the certificates, with the largest library.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r -- "$recipe/training/." "$work"
sed -i "s/WARM_UP/${WARM_UP:-4000}/" "$work/commands"
if [ "${CEL:-no}" != yes ]; then
  sed -i '/ expression\.yaml /d' "$work/commands"
fi
java -jar "$folder/imagegate.jar" certs --out "$work/throw-away" --host localhost > /dev/null
if ! (cd "$work" && java @"$folder/server.flags" -Xlog:aot=error -XX:AOTCacheOutput="$folder/imagegate.aot" \
  @"$folder/crypto.flags" -Djava.library.path="$folder/native" -cp "$path" io.imagegate.cli.Train commands < /dev/null > "$work/log" 2>&1); then
  cat "$work/log" >&2
  exit 1
fi
chmod 644 "$folder/imagegate.aot"
set_times "$folder/imagegate.aot"

# A cache that does not fit is passed over in silence, unless the JVM must use it; so is a provider that cannot be loaded.
for flags in server command; do
  java @"$folder/$flags.flags" -XX:AOTMode=on -XX:AOTCache="$folder/imagegate.aot" \
    @"$folder/crypto.flags" -Djava.library.path="$folder/native" -cp "$path" io.imagegate.cli.Main --version > "$work/version"
  if ! grep -q '^cryptography: AmazonCorrettoCryptoProvider ' "$work/version"; then
    cat "$work/version" >&2
    exit 1
  fi
done

# Scanners cannot tell from the files of the provider what they are.
version=$(sed -n 's/^cryptography: AmazonCorrettoCryptoProvider //p' "$work/version")
hash=$(sha256sum < "$(dirname -- "$jar")/corretto-crypto.jar" | cut -d ' ' -f 1)
cat > "$folder/sbom/corretto-crypto.cdx.json" << EOF
{
  "bomFormat": "CycloneDX",
  "specVersion": "1.6",
  "version": 1,
  "components": [
    {
      "type": "library",
      "group": "software.amazon.cryptools",
      "name": "AmazonCorrettoCryptoProvider",
      "version": "$version",
      "hashes": [{"alg": "SHA-256", "content": "$hash"}],
      "licenses": [{"license": {"id": "Apache-2.0"}}],
      "purl": "pkg:maven/software.amazon.cryptools/AmazonCorrettoCryptoProvider@$version?classifier=linux-$(uname -m | sed s/aarch64/aarch_64/)&type=jar"
    }
  ]
}
EOF
set_times "$folder/sbom"
