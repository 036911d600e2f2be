CREATE TABLE ${schema}.sensor_aggregates (
    sensor_id      text COLLATE "C" NOT NULL,
    metric         text COLLATE "C" NOT NULL,
    window_seconds integer          NOT NULL,
    window_start   timestamptz      NOT NULL,
    site           text,
    unit           text,
    count          bigint           NOT NULL,
    sum            double precision NOT NULL,
    min            double precision NOT NULL,
    max            double precision NOT NULL,
    mean           double precision NOT NULL,
    stddev         double precision,
    first_value    double precision NOT NULL,
    last_value     double precision NOT NULL,
    flagged_count  bigint           NOT NULL,
    revision       bigint           NOT NULL,
    generation     integer          NOT NULL,
    partial        boolean          NOT NULL,
    updated_at     timestamptz      NOT NULL,
    PRIMARY KEY (sensor_id, metric, window_seconds, window_start)
) PARTITION BY RANGE (window_start);

COMMENT ON TABLE ${schema}.sensor_aggregates IS 'Weir: one row per series, window size and window start; partitioned by year (UTC). No default partition: weir_ensure_year makes a year before its first row.';
COMMENT ON COLUMN ${schema}.sensor_aggregates.stddev IS 'sample standard deviation; null when count is 1';
COMMENT ON COLUMN ${schema}.sensor_aggregates.revision IS 'number of readings that the window held when the row was made';
COMMENT ON COLUMN ${schema}.sensor_aggregates.generation IS 'the life of the pipeline''s state that made the row';
COMMENT ON COLUMN ${schema}.sensor_aggregates.partial IS 'the window may have missed readings that came before the state began';

-- After it, the partition of the year (UTC, proleptic, 0 = 1 BC) exists. Call it in a transaction of its own, before the data.
-- SECURITY DEFINER: a writer without any DDL right may make years, and nothing else.
-- Create, then attach: PARTITION OF would lock the parent against every reader and writer; ATTACH does not.
CREATE FUNCTION ${schema}.weir_ensure_year(year integer) RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, ${schema}, pg_temp
AS $ensure$
DECLARE
    parent CONSTANT regclass := '${schema}.sensor_aggregates'::regclass;
    child  text;
BEGIN
    IF year IS NULL OR year NOT BETWEEN -4712 AND 294275 THEN
        RAISE EXCEPTION 'weir_ensure_year: year must be from -4712 to 294275, got %', year USING ERRCODE = '22023';
    END IF;
    child := CASE WHEN year > 0 THEN format('sensor_aggregates_%s', lpad(year::text, greatest(4, length(year::text)), '0'))
                  ELSE format('sensor_aggregates_bc_%s', lpad((1 - year)::text, 4, '0')) END;
    IF EXISTS (SELECT FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
               WHERE i.inhparent = parent AND c.relname = child AND NOT i.inhdetachpending) THEN
        RETURN;
    END IF;
    -- One at a time; the second to come finds the year made. Its snapshot is newer than the lock: READ COMMITTED takes one per statement.
    PERFORM pg_advisory_xact_lock(hashtext('weir_ensure_year'), parent::oid::integer);
    IF EXISTS (SELECT FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
               WHERE i.inhparent = parent AND c.relname = child AND NOT i.inhdetachpending) THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE ${schema}.%I (LIKE ${schema}.sensor_aggregates INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)', child);
    EXECUTE format('ALTER TABLE ${schema}.sensor_aggregates ATTACH PARTITION ${schema}.%I FOR VALUES FROM (%L) TO (%L)', child,
                   make_timestamptz(CASE WHEN year > 0 THEN year ELSE year - 1 END, 1, 1, 0, 0, 0, 'UTC'),
                   make_timestamptz(CASE WHEN year + 1 > 0 THEN year + 1 ELSE year END, 1, 1, 0, 0, 0, 'UTC'));
END
$ensure$;

REVOKE ALL ON FUNCTION ${schema}.weir_ensure_year(integer) FROM PUBLIC;
