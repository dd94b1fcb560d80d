/**
 * What can be asked: each kind with its input, as the server names it, and a small example.
 */

const POLICY = `apiVersion: imagegate.io/v1alpha1
kind: ImagePolicy
metadata: {name: production}
spec:
  rules:
    - name: fixed-tag
      description: A tag that never moves
      tag: {required: true, deny: [latest]}
    - name: trusted-registry
      allow: [registry.k8s.io/**, ghcr.io/acme/**, docker.io/library/*]
      severity: high
    - name: pinned
      digest: {required: true}
      enforce: warn
  exceptions:
    - rules: [fixed-tag]
      images: [ghcr.io/acme/nightly]
      reason: Nightly builds have no fixed tag
      expires: 2027-01-31
`;

const LIST = `nginx
nginx:1.29.3
ghcr.io/acme/shop:2.4.1
quay.io/somebody/tool:1
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - {name: web, image: nginx}
        - {name: shop, image: "ghcr.io/acme/shop:2.4.1"}
`;

const IMAGE_REVIEW = `{
  "apiVersion": "imagepolicy.k8s.io/v1alpha1",
  "kind": "ImageReview",
  "spec": {
    "namespace": "shop",
    "containers": [
      {"image": "nginx"},
      {"image": "ghcr.io/acme/shop:2.4.1"}
    ]
  }
}
`;

const ADMISSION_REVIEW = `{
  "apiVersion": "admission.k8s.io/v1",
  "kind": "AdmissionReview",
  "request": {
    "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
    "kind": {"group": "", "version": "v1", "kind": "Pod"},
    "resource": {"group": "", "version": "v1", "resource": "pods"},
    "namespace": "shop",
    "operation": "CREATE",
    "userInfo": {"username": "ada"},
    "object": {
      "apiVersion": "v1",
      "kind": "Pod",
      "metadata": {"name": "web", "namespace": "shop"},
      "spec": {
        "containers": [{"name": "web", "image": "nginx:latest"}]
      }
    }
  }
}
`;

const DOCKERFILE = `FROM maven:3.9-eclipse-temurin-21 AS build
COPY . /src
RUN mvn -f /src package

FROM gcr.io/distroless/java21
COPY --from=build /src/target/app.jar /app.jar
`;

const COMPOSE = `services:
  web:
    image: nginx
  shop:
    image: ghcr.io/acme/shop:2.4.1
  database:
    image: postgres:17.5
`;

const GITHUB = `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    container: node:22
    services:
      database:
        image: postgres
    steps:
      - uses: docker://ghcr.io/acme/lint:1.0
`;

const GITLAB = `default:
  image: maven:3.9-eclipse-temurin-21
test:
  services: [postgres]
  script: mvn verify
`;

const HELM_VALUES = `image:
  registry: ghcr.io
  repository: acme/shop
  tag: 2.4.1
sidecar:
  image:
    repository: nginx
    tag: latest
`;

const DEV_CONTAINER = `{
  "name": "shop",
  "image": "mcr.microsoft.com/devcontainers/java:21"
}
`;

const TERRAFORM_PLAN = `{
  "format_version": "1.2",
  "planned_values": {"root_module": {}},
  "resource_changes": [
    {
      "address": "docker_container.web",
      "mode": "managed",
      "type": "docker_container",
      "name": "web",
      "change": {
        "actions": ["create"],
        "before": null,
        "after": {"image": "nginx:latest", "name": "web"},
        "after_unknown": {"id": true}
      }
    }
  ]
}
`;

const BAZEL = `bazel_dep(name = "rules_oci", version = "2.2.6")

oci = use_extension("@rules_oci//oci:extensions.bzl", "oci")
oci.pull(
    name = "web",
    image = "docker.io/library/nginx",
    tag = "latest",
)
`;

/** The kinds in the order of the choice. */
export const kinds = [
  {id: 'list', input: 'list', text: LIST, yaml: false},
  {id: 'manifest', input: 'kubernetes', text: DEPLOYMENT, yaml: true},
  {id: 'image-review', input: 'kubernetes', text: IMAGE_REVIEW, yaml: true},
  {id: 'admission-review', input: 'kubernetes', text: ADMISSION_REVIEW, yaml: true},
  {id: 'dockerfile', input: 'dockerfile', text: DOCKERFILE, yaml: false},
  {id: 'compose', input: 'compose', text: COMPOSE, yaml: true},
  {id: 'helm-values', input: 'helm-values', text: HELM_VALUES, yaml: true},
  {id: 'github', input: 'github', text: GITHUB, yaml: true},
  {id: 'gitlab', input: 'gitlab', text: GITLAB, yaml: true},
  {id: 'devcontainer', input: 'devcontainer', text: DEV_CONTAINER, yaml: true},
  {id: 'terraform-plan', input: 'terraform-plan', text: TERRAFORM_PLAN, yaml: true},
  {id: 'bazel', input: 'bazel', text: BAZEL, yaml: false},
];

/** Returns the kind with an id, or else the first one with an input of that name. */
export function kindOf(name) {
  return kinds.find(({id}) => id === name) ?? kinds.find(({input}) => input === name) ?? kinds[0];
}

/** What a first visitor sees. */
export const first = {policy: POLICY, kind: 'manifest', text: DEPLOYMENT, namespace: 'default', at: '', facts: ''};
