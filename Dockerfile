# Weir on the official Flink image: ./mvnw package && docker build -t weir .
#
# A test builds the same file tree from these lines and runs JobManager and TaskManager from it, so: files come by COPY, and RUN only
# makes directories. The image downloads nothing and can be built on a machine without a network.
FROM flink:2.2.1-java17 AS flink

FROM flink AS weir

# A file system is loaded only from a plugin folder of its own. Not flink-s3-fs-presto, which cannot write the lake, and not
# flink-s3-fs-native 2.3.0, which loses data on resume (FLINK-39778). The Prometheus reporter is in plugins/ already.
COPY --from=flink --chown=flink:flink /opt/flink/opt/flink-s3-fs-hadoop-*.jar /opt/flink/plugins/s3-fs-hadoop/

# Where JobManager and TaskManager both look for the job.
COPY --chown=flink:flink target/weir-*.jar /opt/flink/usrlib/weir.jar

# A deployment mounts its own over it.
COPY --chown=flink:flink flink-conf/ /opt/flink/conf/

# For volumes: an empty named volume takes the owner of the directory below it. Shared by all processes where there is no object
# storage; and local, for RocksDB.
USER root
RUN install -d -o flink -g flink /var/lib/weir/shared /var/lib/weir/local

# flink of the official image, as a number, which Kubernetes can tell from root.
USER 9999:9999

# The JobManager in application mode; a TaskManager's command is: taskmanager. Both need -Djobmanager.rpc.address= and the three
# bind addresses, see docs/deploying.md.
CMD ["standalone-job", "--job-classname", "dev.weir.WeirJob"]
