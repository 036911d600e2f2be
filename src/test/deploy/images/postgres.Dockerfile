FROM weir-base
RUN install -d -o postgres /var/lib/postgresql /var/run/postgresql
COPY entrypoint.sh /entrypoint.sh
ENV PATH=/usr/lib/postgresql/15/bin:$PATH
USER postgres
CMD ["bash", "/entrypoint.sh"]
