"""Writes an OCI layout with the images `single` (linux/amd64) and `multi` (linux/amd64 and linux/arm64) into a folder."""
import gzip
import hashlib
import io
import json
import os
import sys
import tarfile

OUT = sys.argv[1]
OCI = "application/vnd.oci.image."


def put(content):
    digest = hashlib.sha256(content).hexdigest()
    with open(f"{OUT}/blobs/sha256/{digest}", "wb") as file:
        file.write(content)
    return {"digest": "sha256:" + digest, "size": len(content)}


def put_json(value):
    return put(json.dumps(value, separators=(",", ":")).encode())


def image(architecture, more):
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w") as tar:
        text = ("hello " + architecture).encode()
        info = tarfile.TarInfo("hello.txt")
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
    config = {
        "created": "2026-11-01T10:00:00Z",
        "architecture": architecture,
        "os": "linux",
        "config": {"Entrypoint": ["/hello"]},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer.getvalue()).hexdigest()]},
    } | more
    manifest = {
        "schemaVersion": 2,
        "mediaType": OCI + "manifest.v1+json",
        "config": {"mediaType": OCI + "config.v1+json"} | put_json(config),
        "layers": [{"mediaType": OCI + "layer.v1.tar+gzip"} | put(gzip.compress(layer.getvalue(), mtime=0))],
    }
    return {"mediaType": OCI + "manifest.v1+json"} | put_json(manifest), {"architecture": architecture, "os": "linux"} | more


def named(descriptor, name):
    return descriptor | {"annotations": {"org.opencontainers.image.ref.name": name}}


os.makedirs(OUT + "/blobs/sha256", exist_ok=True)
single, platform = image("amd64", {})
other, other_platform = image("arm64", {"variant": "v8"})
index = {"mediaType": OCI + "index.v1+json"} | put_json({
    "schemaVersion": 2,
    "mediaType": OCI + "index.v1+json",
    "manifests": [single | {"platform": platform}, other | {"platform": other_platform}],
})
with open(OUT + "/oci-layout", "w") as file:
    json.dump({"imageLayoutVersion": "1.0.0"}, file)
with open(OUT + "/index.json", "w") as file:
    json.dump({"schemaVersion": 2, "manifests": [named(index, "multi"), named(single, "single")]}, file)
