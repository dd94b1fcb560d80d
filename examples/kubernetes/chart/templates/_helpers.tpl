{{/*
Name of all objects. A Service's is a DNS label that begins with a letter, and "-metrics" follows. What is too long, is cut, and
digits of its hash tell it from others.
*/}}
{{- define "imagegate.fullname" -}}
{{- $release := .Release.Name | replace "." "-" -}}
{{- if not (contains "imagegate" $release) -}}
{{- $release = printf "%s-imagegate" $release -}}
{{- end -}}
{{- if not (regexMatch "^[a-z]" $release) -}}
{{- $release = printf "imagegate-%s" $release -}}
{{- end -}}
{{- if gt (len $release) 55 -}}
{{- $release = printf "%s-%s" ($release | trunc 46 | trimSuffix "-") (sha256sum $release | trunc 8) -}}
{{- end -}}
{{- .Values.fullnameOverride | default $release -}}
{{- end -}}

{{- define "imagegate.selectorLabels" -}}
app.kubernetes.io/name: imagegate
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: webhook
{{- end -}}

{{/* Of static pods, which Helm does not install. */}}
{{- define "imagegate.controlPlaneLabels" -}}
app.kubernetes.io/name: imagegate
app.kubernetes.io/component: webhook
{{- end -}}

{{- define "imagegate.labels" -}}
app.kubernetes.io/name: imagegate
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/part-of: imagegate
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Webhook configurations belong to no namespace, so theirs is part of the name. */}}
{{- define "imagegate.clusterName" -}}
{{ include "imagegate.fullname" . }}.{{ .Release.Namespace }}
{{- end -}}

{{/* Whether the server runs in this cluster. */}}
{{- define "imagegate.isDeployed" -}}
{{- if and (ne .Values.form "imagePolicyWebhook") (not .Values.webhook.url) -}}true{{- end -}}
{{- end -}}

{{- define "imagegate.image" -}}
{{- .Values.image.repository -}}
{{- with .Values.image.tag }}:{{ . }}{{ end -}}
{{- with .Values.image.digest }}@{{ . }}{{ end -}}
{{- end -}}

{{/* The files of a map as JSON, without those that are null. */}}
{{- define "imagegate.files" -}}
{{- $files := dict -}}
{{- range $name, $content := . -}}
{{- if not (kindIs "invalid" $content) -}}
{{- $_ := set $files $name $content -}}
{{- end -}}
{{- end -}}
{{- $files | toJson -}}
{{- end -}}

{{/* A ConfigMap whose content changes gets another name, which starts a rolling update, and running pods keep the old one. */}}
{{- define "imagegate.policyConfigMap" -}}
{{- if .Values.policy.configMap -}}
{{- .Values.policy.configMap -}}
{{- else -}}
{{- printf "%s-policy-%s" (include "imagegate.fullname" .) (include "imagegate.files" .Values.policy.files | sha256sum | trunc 10) -}}
{{- end -}}
{{- end -}}

{{- define "imagegate.registriesConfigMap" -}}
{{- printf "%s-registries-%s" (include "imagegate.fullname" .) (include "imagegate.files" .Values.registries.files | sha256sum | trunc 10) -}}
{{- end -}}

{{- define "imagegate.tlsSecret" -}}
{{- if eq .Values.certificates.from "given" -}}
{{- .Values.certificates.given.secret -}}
{{- else -}}
{{- include "imagegate.fullname" . }}-tls
{{- end -}}
{{- end -}}

{{/* The host that the API server calls first: Go's TLS ignores the common name and uses only alternative names. */}}
{{- define "imagegate.hosts" -}}
{{- $host := printf "%s.%s.svc" (include "imagegate.fullname" .) .Release.Namespace -}}
{{- list $host (printf "%s.cluster.local" $host) | toJson -}}
{{- end -}}

{{- define "imagegate.options" -}}
{{- range $name, $value := .Values.options }}
- {{ printf "--%s=%s" $name (kindIs "float64" $value | ternary (printf "%.0f" $value) (toString $value)) | quote }}
{{- end }}
{{- end -}}

{{/*
Whether helm reads a cluster. "helm template", Argo CD and "--dry-run=client" read none, and there nothing is found.
*/}}
{{- define "imagegate.hasCluster" -}}
{{- if lookup "v1" "Namespace" "" "kube-system" -}}true{{- end -}}
{{- end -}}
