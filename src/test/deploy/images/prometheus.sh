exec /bin/prometheus "$@"
