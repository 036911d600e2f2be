-- Replaces the function of V1, whose search path held Weir's schema: a role that may create there could give a function or operator that
-- fits a call of it better than the one in pg_catalog, and so have its own code run by the owner of this function.
--
-- Rules for every SECURITY DEFINER function here (SecurityDefinerIT attacks each of them):
--   * search_path = pg_catalog, pg_temp: no schema in which others may create. Whatever is elsewhere is named with its schema.
--   * Settings of the caller's session that change what it does are pinned, too. A year's tablespace is the one of sensor_aggregates.
--   * The schema's name comes in as ${schema_text}, a literal that holds no quote and no dollar sign, whatever the name holds.
--
-- After it, the partition of the year (UTC, proleptic, 0 = 1 BC) exists. Call it in a transaction of its own, before the data.
-- It changes nothing when it raises one of these:
--   * 42P07: the year's table was detached, so the caller may discard rows of that year. Only a table (also a partitioned or a foreign
--     one) of the parent's owner counts as detached. Anybody who may create in the schema can make anything else of that name.
--   * 42710: something else has the name of the year's table. No row may be discarded for it: somebody has to remove or rename it.
--   * 40001: another session was faster. A new transaction sees what it made.
-- Create, then attach: PARTITION OF would lock the parent against every reader and writer; ATTACH does not.
CREATE OR REPLACE FUNCTION ${schema}.weir_ensure_year(year integer) RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET "TimeZone" = 'UTC'
    SET "DateStyle" = 'ISO, YMD'
    SET default_tablespace = ''
    SET default_table_access_method = 'heap'
AS $ensure_year$
DECLARE
    home     CONSTANT text := ${schema_text};
    parent   CONSTANT pg_catalog.oid := pg_catalog.to_regclass(pg_catalog.format('%I.sensor_aggregates', home));
    child    text;
    present  pg_catalog.oid;
    place    text;
    attached boolean;
    detached boolean;
BEGIN
    IF year IS NULL OR year NOT BETWEEN -4712 AND 294275 THEN
        RAISE EXCEPTION 'weir_ensure_year: year must be from -4712 to 294275, got %', year USING ERRCODE = '22023';
    END IF;
    IF parent IS NULL THEN
        RAISE EXCEPTION 'weir_ensure_year: table %.sensor_aggregates does not exist', pg_catalog.quote_ident(home)
            USING ERRCODE = '42P01', HINT = 'A renamed schema takes its functions along, but not the name in them: name it back.';
    END IF;
    child := CASE WHEN year > 0
                  THEN 'sensor_aggregates_' || pg_catalog.lpad(year::text, GREATEST(4, pg_catalog.length(year::text)), '0')
                  ELSE 'sensor_aggregates_bc_' || pg_catalog.lpad((1 - year)::text, 4, '0') END;
    present := pg_catalog.to_regclass(pg_catalog.format('%I.%I', home, child));
    IF present IS NULL THEN
        -- One at a time; the second to come finds the year made. ATTACH takes this very lock on the parent; reading and writing go on
        -- under it. ONLY: without it the lock is taken on every year, too, and waits for a VACUUM or an index that is built on one of them.
        EXECUTE pg_catalog.format('LOCK TABLE ONLY %I.sensor_aggregates IN SHARE UPDATE EXCLUSIVE MODE', home);
        present := pg_catalog.to_regclass(pg_catalog.format('%I.%I', home, child));
    END IF;
    IF present IS NULL THEN
        SELECT pg_catalog.format(' TABLESPACE %I', t.spcname) INTO place
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace
            WHERE c.oid = parent;
        BEGIN
            EXECUTE pg_catalog.format('CREATE TABLE %1$I.%2$I (LIKE %1$I.sensor_aggregates INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)%3$s',
                    home, child, place);
        EXCEPTION WHEN duplicate_table OR unique_violation THEN
            -- Somebody who does not take the lock above. Its own 42P07 would be read as: detached.
            RAISE EXCEPTION 'weir_ensure_year: another session made % at the same time', child
                USING ERRCODE = '40001', HINT = 'Begin a new transaction.';
        END;
        EXECUTE pg_catalog.format('ALTER TABLE %1$I.sensor_aggregates ATTACH PARTITION %1$I.%2$I FOR VALUES FROM (%3$L) TO (%4$L)', home, child,
                pg_catalog.make_timestamptz(CASE WHEN year > 0 THEN year ELSE year - 1 END, 1, 1, 0, 0, 0, 'UTC'),
                pg_catalog.make_timestamptz(CASE WHEN year + 1 > 0 THEN year + 1 ELSE year END, 1, 1, 0, 0, 0, 'UTC'));
        RETURN;
    END IF;
    SELECT i.inhparent IS NOT NULL, c.relkind IN ('r', 'p', 'f') AND c.relowner = p.relowner INTO attached, detached
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_class p ON p.oid = parent
        LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid AND i.inhparent = parent AND NOT i.inhdetachpending
        WHERE c.oid = present;
    IF attached IS NULL THEN
        -- Names are looked up as they are now, rows of the catalog as the transaction sees them.
        RAISE EXCEPTION 'weir_ensure_year: the year % was made after this transaction began', year
            USING ERRCODE = '40001', HINT = 'Begin a new transaction.';
    END IF;
    IF NOT attached AND NOT detached THEN
        RAISE EXCEPTION 'weir_ensure_year: % has the name of the partition of the year %, and is neither it nor a detached one',
            pg_catalog.pg_describe_object('pg_catalog.pg_class'::pg_catalog.regclass, present, 0), year
            USING ERRCODE = '42710',
                  HINT = 'Drop it or rename it. A detached year keeps the owner of sensor_aggregates, or gets another name.';
    END IF;
    IF NOT attached THEN
        RAISE EXCEPTION 'weir_ensure_year: % exists and is no partition of sensor_aggregates', child
            USING ERRCODE = '42P07', HINT = 'Attach it again, or rename it to have the year made anew.';
    END IF;
END
$ensure_year$;
