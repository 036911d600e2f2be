{{/* The catalog, the user's or the example. */}}
{{- define "weir.catalog" -}}
{{- if .Values.catalog }}{{ .Values.catalog }}{{ else }}{{ .Files.Get "files/catalog.yaml" }}{{ end }}
{{- end }}

{{/* With a digest: a changed catalog is a changed deployment, and the job starts anew, through a savepoint, with it. */}}
{{- define "weir.catalogName" -}}
weir-catalog-{{ include "weir.catalog" . | sha256sum | trunc 10 }}
{{- end }}

{{- define "weir.webUiName" -}}
weir-web-ui-{{ .Files.Get "files/nginx.conf" | sha256sum | trunc 10 }}
{{- end }}

{{/* Flink's options: the chart's file, below it the values; null takes one away. */}}
{{- define "weir.flinkConfiguration" -}}
{{- $own := .Values.flinkConfiguration -}}
{{- range $key, $value := .Files.Get "files/flink-configuration.yaml" | fromYaml }}
{{- if not (hasKey $own $key) }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- range $key, $value := $own }}
{{- if not (kindIs "invalid" $value) }}
{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end }}
