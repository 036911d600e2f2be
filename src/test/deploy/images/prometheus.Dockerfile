FROM weir-base
COPY prometheus promtool /bin/
RUN install -d -o nobody -g nogroup /prometheus /etc/prometheus
USER nobody
COPY entrypoint.sh /entrypoint.sh
ENTRYPOINT ["bash", "/entrypoint.sh"]
