{{/* What both webhooks have in common; {root, path, ca}. */}}
{{- define "imagegate.webhook" -}}
admissionReviewVersions: [v1]
clientConfig:
  {{- with .root.Values.webhook.url }}
  url: {{ printf "%s%s" (trimSuffix "/" .) $.path }}{{ with $.root.Values.webhook.policySet }}/{{ . }}{{ end }}
  {{- else }}
  service:
    namespace: {{ .root.Release.Namespace | quote }}
    name: {{ include "imagegate.fullname" .root | quote }}
    port: 443
    path: {{ .path }}
  {{- end }}
  {{- with .ca }}
  caBundle: {{ . }}
  {{- end }}
failurePolicy: {{ .root.Values.webhook.failurePolicy }}
# Objects written with another version of their API are converted and reviewed, too.
matchPolicy: Equivalent
sideEffects: None
timeoutSeconds: {{ .root.Values.webhook.timeoutSeconds }}
# The API server sets this label to the namespace's name, so users cannot exclude a namespace by a label. The namespace of the
# release: Imagegate must be able to start while no Imagegate runs.
namespaceSelector:
  matchExpressions:
    - key: kubernetes.io/metadata.name
      operator: NotIn
      values:
        {{- append .root.Values.webhook.excludedNamespaces .root.Release.Namespace | uniq | toYaml | nindent 8 }}
{{- end -}}

{{- define "imagegate.webhookAnnotations" -}}
# Argo CD creates this object when Imagegate is running.
argocd.argoproj.io/sync-wave: "1"
{{- if eq .Values.certificates.from "certManager" }}
cert-manager.io/inject-ca-from: {{ printf "%s/%s" .Release.Namespace (include "imagegate.fullname" .) | quote }}
{{- end }}
{{- with .Values.webhook.annotations }}
{{ toYaml . }}
{{- end }}
{{- end -}}
