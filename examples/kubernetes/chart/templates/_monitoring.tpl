{{/* How Prometheus and Grafana find the pods; {root, namespace, selector, port}. */}}
{{- define "imagegate.monitoring" -}}
{{- $monitoring := .root.Values.monitoring -}}
# A headless Service with which Prometheus finds the pods; the API server calls another one, or an address.
apiVersion: v1
kind: Service
metadata:
  name: {{ printf "%s-metrics" (include "imagegate.fullname" .root) | quote }}
  namespace: {{ .namespace | quote }}
  labels:
    {{- include "imagegate.labels" .root | nindent 4 }}
    app.kubernetes.io/component: metrics
spec:
  clusterIP: None
  # Also pods that are not ready: their metrics show why.
  publishNotReadyAddresses: true
  selector:
    {{- .selector | nindent 4 }}
  ports:
    - name: {{ .port }}
      port: {{ index .root.Values.ports .port }}
      targetPort: {{ .port }}
      protocol: TCP
{{- if $monitoring.serviceMonitor.enabled }}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ include "imagegate.fullname" .root | quote }}
  namespace: {{ .namespace | quote }}
  labels:
    {{- include "imagegate.labels" .root | nindent 4 }}
    {{- with $monitoring.serviceMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: imagegate
      app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
      app.kubernetes.io/component: metrics
  namespaceSelector:
    matchNames:
      - {{ .namespace | quote }}
  endpoints:
    - port: {{ .port }}
      path: /metrics
      {{- with $monitoring.serviceMonitor.tlsConfig }}
      scheme: https
      tlsConfig:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      interval: {{ $monitoring.serviceMonitor.interval }}
      scrapeTimeout: 10s
{{- end }}
{{- if $monitoring.dashboard.enabled }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ printf "%s-dashboard" (include "imagegate.fullname" .root) | quote }}
  namespace: {{ .namespace | quote }}
  labels:
    {{- include "imagegate.labels" .root | nindent 4 }}
    {{- with $monitoring.dashboard.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
data:
  imagegate.json: |
    {{- .root.Files.Get "files/grafana-dashboard.json" | nindent 4 }}
  imagegate-clusters.json: |
    {{- .root.Files.Get "files/grafana-dashboard-clusters.json" | nindent 4 }}
{{- end }}
{{- end -}}
