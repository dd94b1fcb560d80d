{{/* What the pod of a Deployment, of the test and a static pod have in common. */}}
{{- define "imagegate.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
{{- end -}}

{{- define "imagegate.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* The files of a pod in the cluster, as options. */}}
{{- define "imagegate.fileOptions" -}}
- --policy=/etc/imagegate/policy
- --tls-cert=/etc/imagegate/tls/tls.crt
- --tls-key=/etc/imagegate/tls/tls.key
{{- end -}}

{{- define "imagegate.registriesOption" -}}
{{- if .Values.registries.files }}
- --registries=/etc/imagegate/registries/registries.yaml
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
{{- end -}}
