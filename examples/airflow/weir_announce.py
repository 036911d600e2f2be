"""Announces, once an hour, the files of the last days that Weir has not read: lost notifications of the object store.

A file that was read is left out, because the table weir_files has it. A file that was announced and is not read yet is
announced again; Weir recognizes the repetition. So the task may run twice, late, or beside the store's own notifications.
"""

from datetime import datetime, timedelta

from airflow import DAG

try:
    from airflow.providers.standard.operators.bash import BashOperator
except ImportError:  # before Airflow 3
    from airflow.operators.bash import BashOperator

# A directory for each day. The day before is announced, too: its last files may have come after midnight.
ANNOUNCE = (
    "java -jar /opt/weir/weir-local.jar announce --conf-dir /etc/weir"
    " --path s3://plant-raw/{day}/ --match '*.csv.gz' --key '.*/([^/]+)/[^/]+' --missing"
)

with DAG(
    dag_id="weir_announce",
    description="Announces files whose notification was lost",
    schedule="15 * * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,  # a second process would end the first
    default_args={"retries": 3, "retry_delay": timedelta(minutes=5)},
) as dag:
    yesterday = BashOperator(
        task_id="announce_yesterday",
        bash_command=ANNOUNCE.format(day="{{ macros.ds_add(ds, -1) }}"),
    )
    today = BashOperator(
        task_id="announce_today",
        bash_command=ANNOUNCE.format(day="{{ ds }}"),
    )
    yesterday >> today
