-- Files that a topic announced and that were read or rejected.
CREATE TABLE ${schema}.weir_files (
    pipeline      text COLLATE "C" NOT NULL,
    uri           text COLLATE "C" NOT NULL,
    version       text COLLATE "C" NOT NULL,
    generation    integer          NOT NULL,
    state         text COLLATE "C" NOT NULL,
    bytes         bigint           NOT NULL,
    rows          bigint           NOT NULL,
    rows_rejected bigint           NOT NULL,
    detail        text             NOT NULL,
    announced_at  timestamptz      NOT NULL,
    read_at       timestamptz      NOT NULL,
    checkpoint_id bigint           NOT NULL,
    PRIMARY KEY (pipeline, uri, version, generation, announced_at)
) PARTITION BY RANGE (announced_at);

COMMENT ON TABLE ${schema}.weir_files IS 'Weir: one row per announced file that was read or rejected; partitioned by day of announced_at (UTC). No default partition: weir_ensure_file_day makes a day before its first row.';
COMMENT ON COLUMN ${schema}.weir_files.version IS 'version id, etag, or size and modification time; empty if it is not known';
COMMENT ON COLUMN ${schema}.weir_files.state IS 'read or rejected';
COMMENT ON COLUMN ${schema}.weir_files.rows_rejected IS 'rows that were rejected as a whole; rows counts them, too';
COMMENT ON COLUMN ${schema}.weir_files.announced_at IS 'timestamp of the announcement''s record';
COMMENT ON COLUMN ${schema}.weir_files.checkpoint_id IS 'the checkpoint with which the row was written';

-- The rules of V3 for SECURITY DEFINER functions hold for the two below.
--
-- After it, the partition of the day (UTC) exists. Call it in a transaction of its own, before the data. What it raises means the same as
-- with weir_ensure_year: 42P07 the day's table was detached, 42710 something else has its name, 40001 another session was faster.
CREATE FUNCTION ${schema}.weir_ensure_file_day(day date) RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET "TimeZone" = 'UTC'
    SET "DateStyle" = 'ISO, YMD'
    SET default_tablespace = ''
    SET default_table_access_method = 'heap'
AS $ensure_day$
DECLARE
    home     CONSTANT text := ${schema_text};
    parent   CONSTANT pg_catalog.oid := pg_catalog.to_regclass(pg_catalog.format('%I.weir_files', home));
    child    text;
    present  pg_catalog.oid;
    place    text;
    attached boolean;
    detached boolean;
BEGIN
    IF day IS NULL OR day NOT BETWEEN '1970-01-01'::date AND '9999-12-30'::date THEN
        RAISE EXCEPTION 'weir_ensure_file_day: day must be from 1970-01-01 to 9999-12-30, got %', day USING ERRCODE = '22023';
    END IF;
    IF parent IS NULL THEN
        RAISE EXCEPTION 'weir_ensure_file_day: table %.weir_files does not exist', pg_catalog.quote_ident(home)
            USING ERRCODE = '42P01', HINT = 'A renamed schema takes its functions along, but not the name in them: name it back.';
    END IF;
    child := 'weir_files_' || pg_catalog.to_char(day::timestamp, 'YYYY_MM_DD');
    present := pg_catalog.to_regclass(pg_catalog.format('%I.%I', home, child));
    IF present IS NULL THEN
        EXECUTE pg_catalog.format('LOCK TABLE ONLY %I.weir_files IN SHARE UPDATE EXCLUSIVE MODE', home);
        present := pg_catalog.to_regclass(pg_catalog.format('%I.%I', home, child));
    END IF;
    IF present IS NULL THEN
        SELECT pg_catalog.format(' TABLESPACE %I', t.spcname) INTO place
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace
            WHERE c.oid = parent;
        BEGIN
            EXECUTE pg_catalog.format('CREATE TABLE %1$I.%2$I (LIKE %1$I.weir_files INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)%3$s',
                    home, child, place);
        EXCEPTION WHEN duplicate_table OR unique_violation THEN
            RAISE EXCEPTION 'weir_ensure_file_day: another session made % at the same time', child
                USING ERRCODE = '40001', HINT = 'Begin a new transaction.';
        END;
        EXECUTE pg_catalog.format('ALTER TABLE %1$I.weir_files ATTACH PARTITION %1$I.%2$I FOR VALUES FROM (%3$L) TO (%4$L)', home, child,
                pg_catalog.timezone('UTC', day::timestamp), pg_catalog.timezone('UTC', (day + 1)::timestamp));
        RETURN;
    END IF;
    SELECT i.inhparent IS NOT NULL, c.relkind IN ('r', 'p', 'f') AND c.relowner = p.relowner INTO attached, detached
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_class p ON p.oid = parent
        LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid AND i.inhparent = parent AND NOT i.inhdetachpending
        WHERE c.oid = present;
    IF attached IS NULL THEN
        RAISE EXCEPTION 'weir_ensure_file_day: the day % was made after this transaction began', day
            USING ERRCODE = '40001', HINT = 'Begin a new transaction.';
    END IF;
    IF NOT attached AND NOT detached THEN
        RAISE EXCEPTION 'weir_ensure_file_day: % has the name of the partition of the day %, and is neither it nor a detached one',
            pg_catalog.pg_describe_object('pg_catalog.pg_class'::pg_catalog.regclass, present, 0), day
            USING ERRCODE = '42710', HINT = 'Drop it or rename it. A detached day keeps the owner of weir_files, or gets another name.';
    END IF;
    IF NOT attached THEN
        RAISE EXCEPTION 'weir_ensure_file_day: % exists and is no partition of weir_files', child
            USING ERRCODE = '42P07', HINT = 'Attach it again, or rename it to have the day made anew.';
    END IF;
END
$ensure_day$;

REVOKE ALL ON FUNCTION ${schema}.weir_ensure_file_day(date) FROM PUBLIC;

-- Drops the partitions of the days that ended longer ago than that by the server's clock, and returns how many. At least a day is kept,
-- whoever calls. It drops nothing but attached partitions of its owner with the names that weir_ensure_file_day gives. It waits 2 s for
-- the readers of weir_files (55P03), so that no writer queues behind it for longer.
CREATE FUNCTION ${schema}.weir_drop_file_days(keep interval) RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET "TimeZone" = 'UTC'
    SET "DateStyle" = 'ISO, YMD'
    SET lock_timeout = '2s'
AS $drop_days$
DECLARE
    home    CONSTANT text := ${schema_text};
    parent  CONSTANT pg_catalog.oid := pg_catalog.to_regclass(pg_catalog.format('%I.weir_files', home));
    oldest  date;
    child   pg_catalog.name;
    dropped integer := 0;
BEGIN
    IF keep IS NULL OR keep < '1 day'::interval THEN
        RAISE EXCEPTION 'weir_drop_file_days: keep must be at least 1 day, got %', keep USING ERRCODE = '22023';
    END IF;
    oldest := (pg_catalog.now() - keep)::date;
    FOR child IN
        SELECT c.relname
            FROM pg_catalog.pg_inherits i
            JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
            JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
            WHERE i.inhparent = parent AND NOT i.inhdetachpending AND c.relkind = 'r'
                AND c.relowner = p.relowner AND c.relnamespace = p.relnamespace
                AND c.relname::text ~ '^weir_files_[0-9]{4}_[0-9]{2}_[0-9]{2}$'
                AND c.relname::text COLLATE "C" < 'weir_files_' || pg_catalog.to_char(oldest::timestamp, 'YYYY_MM_DD')
            ORDER BY 1
    LOOP
        EXECUTE pg_catalog.format('DROP TABLE %I.%I', home, child);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$drop_days$;

REVOKE ALL ON FUNCTION ${schema}.weir_drop_file_days(interval) FROM PUBLIC;
