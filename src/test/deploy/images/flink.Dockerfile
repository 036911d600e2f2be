FROM weir-base
RUN groupadd --system --gid=9999 flink && useradd --system --home-dir /opt/flink --uid=9999 --gid=flink flink
COPY --chown=flink:flink flink /opt/flink
COPY entrypoint.sh /docker-entrypoint.sh
WORKDIR /opt/flink
ENV FLINK_HOME=/opt/flink FLINK_CONF_DIR=/opt/flink/conf FLINK_LIB_DIR=/opt/flink/lib FLINK_PLUGINS_DIR=/opt/flink/plugins
USER flink
ENTRYPOINT ["bash", "/docker-entrypoint.sh"]
