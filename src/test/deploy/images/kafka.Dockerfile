FROM weir-base
RUN useradd --system --uid=1000 appuser && install -d -o appuser /var/lib/kafka/data /opt/kafka/bin /opt/kafka/config
COPY libs /opt/kafka/libs
COPY entrypoint.sh /etc/kafka/docker/run
RUN for tool in kafka-topics:TopicCommand kafka-console-producer:ConsoleProducer; do \
      printf '#!/bin/sh\nexec java ${KAFKA_HEAP_OPTS:--Xmx256m} -cp "/opt/kafka/libs/*" org.apache.kafka.tools.%s "$@"\n' "${tool#*:}" > "/opt/kafka/bin/${tool%:*}.sh"; \
    done; chmod +x /opt/kafka/bin/*
USER appuser
CMD ["bash", "/etc/kafka/docker/run"]
