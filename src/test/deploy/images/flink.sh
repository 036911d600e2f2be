# As the official image's entry point: options from the environment go into config.yaml, memory is computed, the process starts.
set -euo pipefail
config=$FLINK_CONF_DIR/config.yaml
add() { sed -i "/^$1:/d" "$config"; echo "$1: $2" >> "$config"; }
add jobmanager.rpc.address "${JOB_MANAGER_RPC_ADDRESS:-$(hostname)}"
while IFS= read -r line; do
    line=$(echo "$line" | tr -d '[:space:]')
    if [ -n "$line" ]; then add "${line%%:*}" "${line#*:}"; fi
done <<< "${FLINK_PROPERTIES:-}"

case $1 in
standalone-job) resources=GET_JM_RESOURCE_PARAMS main=org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint ;;
taskmanager) resources=GET_TM_RESOURCE_PARAMS main=org.apache.flink.runtime.taskexecutor.TaskManagerRunner ;;
esac
shift
opens=$(sed -n 's/^env.java.opts.all: //p' "$config")
memory=$(java -cp "$FLINK_LIB_DIR/*" org.apache.flink.runtime.util.bash.BashJavaUtils "$resources" --configDir "$FLINK_CONF_DIR" \
    | sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p')
[ "$(wc -l <<< "$memory")" = 2 ] || { echo "BashJavaUtils: not JVM options and Flink's, two lines, but: $memory" >&2; exit 1; }
# shellcheck disable=SC2086
exec java $(echo "$memory" | sed -n 1p) $opens -Dlog4j.configurationFile="$FLINK_CONF_DIR/log4j-console.properties" \
    -cp "$FLINK_LIB_DIR/*" "$main" --configDir "$FLINK_CONF_DIR" $(echo "$memory" | sed -n 2p) "$@"
