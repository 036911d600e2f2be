#!/usr/bin/env bash
# Sends the rows of the sample to a topic, ROWS_PER_SECOND of them each second, in their order; each station's to one partition.
#
#   feed.sh BOOTSTRAP_SERVERS TOPIC FILE.csv.gz
#
# Runs in Kafka's own image. /tmp/topic exists once the topic does. After the last row it only waits, so that it stays healthy.
set -euo pipefail
kafka=/opt/kafka/bin

"$kafka/kafka-topics.sh" --bootstrap-server "$1" --create --if-not-exists --topic "$2" --partitions 4 --config retention.ms=-1
touch /tmp/topic

# The rows end as on Windows. The key, before the tab, is the station: the last column, without its quotes.
gzip -dc "$3" | awk -F, -v rate="${ROWS_PER_SECOND:-120}" '{
    sub(/\r$/, "")
    key = $NF
    gsub(/"/, "", key)
    print key "\t" $0
    if (NR % rate == 0) { fflush(); system("sleep 1") }
}' | "$kafka/kafka-console-producer.sh" --bootstrap-server "$1" --topic "$2" --reader-property parse.key=true
echo "all rows are sent"
exec tail -f /dev/null
