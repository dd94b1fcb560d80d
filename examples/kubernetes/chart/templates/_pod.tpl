{{/* The files of a pod in the cluster, as options. */}}
{{- define "imagegate.fileOptions" -}}
- --policy=/etc/imagegate/policy
- --tls-cert=/etc/imagegate/tls/tls.crt
- --tls-key=/etc/imagegate/tls/tls.key
# Not ready while the API server would refuse the certificate: it connects with this name.
- --service-name={{ include "imagegate.hosts" . | fromJsonArray | first }}
{{- end -}}

{{- define "imagegate.registriesOption" -}}
{{- if .Values.registries.files }}
- --registries=/etc/imagegate/registries/registries.yaml
{{- end }}
{{- end -}}

{{/* A Secret is written as its name, or as Kubernetes writes it. */}}
{{- define "imagegate.imagePullSecrets" -}}
{{- range .Values.imagePullSecrets }}
- name: {{ if kindIs "string" . }}{{ quote . }}{{ else }}{{ quote .name }}{{ end }}
{{- end }}
{{- end -}}

{{- define "imagegate.volumeMounts" -}}
- name: policy
  mountPath: /etc/imagegate/policy
  readOnly: true
- name: tls
  mountPath: /etc/imagegate/tls
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- if .Values.registries.files }}
- name: registries
  mountPath: /etc/imagegate/registries
  readOnly: true
{{- end }}
{{- if .Values.registries.credentialsSecret }}
- name: credentials
  mountPath: /etc/imagegate/credentials
  readOnly: true
{{- end }}
{{- range .Values.mounts }}
- name: {{ .name | quote }}
  mountPath: {{ printf "/etc/imagegate/%s" .name | quote }}
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "imagegate.volumes" -}}
- name: policy
  configMap:
    name: {{ include "imagegate.policyConfigMap" . | quote }}
- name: tls
  secret:
    secretName: {{ include "imagegate.tlsSecret" . | quote }}
    # 0440 in octal, which YAML 1.1 and 1.2 would read differently.
    defaultMode: 288
# What a JVM may want to write; the root file system is read-only.
- name: tmp
  emptyDir:
    sizeLimit: 16Mi
{{- if .Values.registries.files }}
- name: registries
  configMap:
    name: {{ include "imagegate.registriesConfigMap" . | quote }}
{{- end }}
{{- with .Values.registries.credentialsSecret }}
- name: credentials
  secret:
    secretName: {{ . | quote }}
    defaultMode: 288
    items:
      - key: .dockerconfigjson
        path: config.json
{{- end }}
{{- range .Values.mounts }}
- name: {{ .name | quote }}
  {{- if .secret }}
  secret:
    secretName: {{ .secret | quote }}
    defaultMode: 288
  {{- else }}
  configMap:
    name: {{ .configMap | quote }}
  {{- end }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Volumes, or where they are mounted, without the key of the webhook, which only its server needs. */}}
{{- define "imagegate.withoutKey" -}}
{{- range . }}
{{- if ne .name "tls" }}
{{ list . | toYaml }}
{{- end }}
{{- end }}
{{- end -}}
