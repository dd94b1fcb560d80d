{{/*
The certificate that Helm makes, as JSON: {ca, caKey, crt, key} in base64, {caEnd, renewAfter} in seconds since 1970. What is in
the cluster is kept. The authority lives for ten years, and signs a new certificate at the first upgrade after half the life of the
last, so the API server and pods with the old certificate need not change. No certificate outlives its authority.
*/}}
{{- define "imagegate.generated" -}}
{{- $fullname := include "imagegate.fullname" . -}}
{{- $hosts := include "imagegate.hosts" . | fromJsonArray -}}
{{- $now := now | unixEpoch | int64 -}}
{{- $tls := lookup "v1" "Secret" .Release.Namespace (printf "%s-tls" $fullname) -}}
{{- $authority := lookup "v1" "Secret" .Release.Namespace (printf "%s-ca" $fullname) -}}
{{- $ca := dict -}}
{{- $caEnd := add $now (mul 3650 86400) -}}
{{- if $authority -}}
  {{- $data := $authority.data | default dict -}}
  {{- $caEnd = index ($authority.metadata.annotations | default dict) "imagegate.io/not-after" | default "0" | int64 -}}
  {{- if not (and (index $data "tls.crt") (index $data "tls.key") $caEnd) -}}
    {{- fail (printf "certificates.from: the Secret %s/%s-ca is not as the chart made it; delete it, and the Secret %s-tls, to make a new authority" .Release.Namespace $fullname $fullname) -}}
  {{- end -}}
  {{- $ca = buildCustomCert (index $data "tls.crt") (index $data "tls.key") -}}
{{- else -}}
  {{- $ca = genCAWithKey (printf "imagegate CA of %s" .Release.Namespace | trunc 64) 3650 (genPrivateKey "ecdsa") -}}
{{- end -}}
{{- $made := dict "ca" ($ca.Cert | b64enc) "caKey" ($ca.Key | b64enc) "caEnd" (toString $caEnd) -}}
{{- $renewAfter := int64 0 -}}
{{- if and $authority $tls -}}
  {{- $data := $tls.data | default dict -}}
  {{- if and (index $data "tls.crt") (index $data "tls.key") (eq (index $data "ca.crt" | default "") $made.ca) -}}
    {{- $renewAfter = index ($tls.metadata.annotations | default dict) "imagegate.io/renew-after" | default "0" | int64 -}}
    {{- $_ := set $made "crt" (index $data "tls.crt") -}}
    {{- $_ := set $made "key" (index $data "tls.key") -}}
  {{- end -}}
{{- end -}}
{{- if le $renewAfter $now -}}
  {{- $days := min (int64 .Values.certificates.generated.days) (div (sub $caEnd $now) 86400) -}}
  {{- if lt $days 1 -}}
    {{- fail (printf "certificates.from: the authority in the Secret %s/%s-ca ends; the chart's README.md says how to replace it" .Release.Namespace $fullname) -}}
  {{- end -}}
  {{- $leaf := genSignedCertWithKey (first $hosts | trunc 64) nil $hosts (int $days) $ca (genPrivateKey "ecdsa") -}}
  {{- $_ := set $made "crt" ($leaf.Cert | b64enc) -}}
  {{- $_ := set $made "key" ($leaf.Key | b64enc) -}}
  {{- $renewAfter = add $now (mul $days 43200) -}}
{{- end -}}
{{- $_ := set $made "renewAfter" (toString $renewAfter) -}}
{{- $made | toJson -}}
{{- end -}}
