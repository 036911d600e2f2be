# As the official image's: KAFKA_A_B is a.b, the directory is formatted once, and the broker runs.
set -euo pipefail
properties=/opt/kafka/config/server.properties
env | grep '^KAFKA_' | grep -v '^KAFKA_HEAP_OPTS=' | while IFS='=' read -r name value; do
    echo "$(echo "${name#KAFKA_}" | tr 'A-Z_' 'a-z.')=$value"
done > "$properties"
run() { java ${KAFKA_HEAP_OPTS:--Xmx512m} -cp "/opt/kafka/libs/*" "$@"; }
run kafka.tools.StorageTool format --ignore-formatted --cluster-id 5L6g3nShT-eMCtK--X86sw --config "$properties"
exec java ${KAFKA_HEAP_OPTS:--Xmx512m} -cp "/opt/kafka/libs/*" kafka.Kafka "$properties"
