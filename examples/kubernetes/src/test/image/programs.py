"""programs.py OUT FOLDER NAME...: an OCI layout with an image for each program of a folder, which it runs."""
import hashlib
import json
import os
import sys
import tarfile

out, folder, names = sys.argv[1], sys.argv[2], sys.argv[3:]
blobs = out + "/blobs/sha256/"
os.makedirs(blobs, exist_ok=True)


def put(content):
    digest = hashlib.sha256(content).hexdigest()
    with open(blobs + digest, "wb") as file:
        file.write(content)
    return {"digest": "sha256:" + digest, "size": len(content)}


def layer(name):
    """Not compressed: nobody transfers it."""
    with tarfile.open(out + "/layer", "w") as tar:
        tar.add(os.path.realpath(f"{folder}/{name}"), "bin/" + name)
    with open(out + "/layer", "rb") as file:
        return put(file.read())


index = []
for name in names:
    content = layer(name)
    config = put(json.dumps({
        "architecture": "amd64",
        "os": "linux",
        "config": {"Entrypoint": ["/bin/" + name]},
        "rootfs": {"type": "layers", "diff_ids": [content["digest"]]},
    }).encode())
    manifest = put(json.dumps({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json"} | config,
        "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar"} | content],
    }).encode())
    index.append({"mediaType": "application/vnd.oci.image.manifest.v1+json"} | manifest
                 | {"annotations": {"org.opencontainers.image.ref.name": name}})
with open(out + "/oci-layout", "w") as file:
    json.dump({"imageLayoutVersion": "1.0.0"}, file)
with open(out + "/index.json", "w") as file:
    json.dump({"schemaVersion": 2, "manifests": index}, file)
