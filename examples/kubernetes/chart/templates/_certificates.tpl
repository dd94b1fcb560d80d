{{/*
The certificate that Helm makes, as JSON: {ca, caKey, crt, key} in base64 and {renewAfter}, seconds since 1970. What is in the
cluster is kept. The authority lives for ten years, and signs a new certificate at the first upgrade after half the life of the
last, so the API server and pods with the old certificate need not change.
*/}}
{{- define "imagegate.generated" -}}
{{- $fullname := include "imagegate.fullname" . -}}
{{- $hosts := include "imagegate.hosts" . | fromJsonArray -}}
{{- $days := int .Values.certificates.generated.days -}}
{{- $tls := lookup "v1" "Secret" .Release.Namespace (printf "%s-tls" $fullname) -}}
{{- $authority := lookup "v1" "Secret" .Release.Namespace (printf "%s-ca" $fullname) -}}
{{- $ca := dict -}}
{{- if $authority -}}
  {{- range $key := list "tls.crt" "tls.key" -}}
    {{- if not (index ($authority.data | default dict) $key) -}}
      {{- fail (printf "certificates.from: the Secret %s/%s-ca has no %s; delete it, and the Secret %s-tls, to make a new authority" $.Release.Namespace $fullname $key $fullname) -}}
    {{- end -}}
  {{- end -}}
  {{- $ca = buildCustomCert (index $authority.data "tls.crt") (index $authority.data "tls.key") -}}
{{- else -}}
  {{- $ca = genCAWithKey (printf "imagegate CA of %s" .Release.Namespace | trunc 64) 3650 (genPrivateKey "ecdsa") -}}
{{- end -}}
{{- $made := dict "ca" ($ca.Cert | b64enc) "caKey" ($ca.Key | b64enc) -}}
{{- $now := now | unixEpoch | int64 -}}
{{- $renewAfter := int64 0 -}}
{{- if and $authority $tls -}}
  {{- $data := $tls.data | default dict -}}
  {{- if and (index $data "tls.crt") (index $data "tls.key") (eq (index $data "ca.crt" | default "") (index $authority.data "tls.crt")) -}}
    {{- $renewAfter = index ($tls.metadata.annotations | default dict) "imagegate.io/renew-after" | default "0" | int64 -}}
    {{- $_ := set $made "crt" (index $data "tls.crt") -}}
    {{- $_ := set $made "key" (index $data "tls.key") -}}
  {{- end -}}
{{- end -}}
{{- if le $renewAfter $now -}}
  {{- $leaf := genSignedCertWithKey (first $hosts | trunc 64) nil $hosts $days $ca (genPrivateKey "ecdsa") -}}
  {{- $_ := set $made "crt" ($leaf.Cert | b64enc) -}}
  {{- $_ := set $made "key" ($leaf.Key | b64enc) -}}
  {{- $renewAfter = add $now (mul $days 43200) -}}
{{- end -}}
{{- $_ := set $made "renewAfter" (toString $renewAfter) -}}
{{- $made | toJson -}}
{{- end -}}
