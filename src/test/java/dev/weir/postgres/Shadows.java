package dev.weir.postgres;

import dev.weir.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a role that may only create objects in a schema can put there against a piece of SQL that names functions, operators, types or
 * tables without their schema: for each name that the SQL holds, objects of that name which fit a call as well as pg_catalog's or better.
 * Code of theirs that runs as anybody but that role raises an error that begins with {@value #HIJACKED}.
 */
public final class Shadows {
    public static final String HIJACKED = "HIJACKED";

    /**
     * {@code shadow(...)} tries to run a statement and swallows what the server refuses: not every combination makes sense. Arguments of
     * every type that Weir's SQL has, for up to two arguments in all combinations, above that of the commonest; also as declared by
     * pg_catalog, which shadows where the schema is searched first.
     */
    private static final String PLACE =
            """
            DO $place$
            DECLARE
                home   CONSTANT text := %1$L;
                source CONSTANT text := %2$L;
                body   CONSTANT text := %3$L;
                word   text;
                types  text;
                result text;
                kinds  CONSTANT text[] := ARRAY['text','varchar','name','integer','bigint','boolean','oid','regclass','timestamptz','integer[]',
                    'date','interval'];
                few    CONSTANT text[] := ARRAY['text','name','integer','timestamptz'];
            BEGIN
                FOR word IN SELECT DISTINCT m[1] FROM regexp_matches(source, '[a-z_][a-z0-9_]*', 'g') m LOOP
                    IF word LIKE 'weir_ensure_%%' OR word LIKE 'weir_drop_%%' OR EXISTS (SELECT FROM pg_catalog.pg_proc WHERE proname = word AND pronamespace = 'pg_catalog'::regnamespace) THEN
                        FOR types, result IN
                            SELECT a, 'text' FROM unnest(kinds) a
                            UNION SELECT concat_ws(',', a, b), 'text' FROM unnest(kinds) a, unnest(kinds) b
                            UNION SELECT concat_ws(',', a, b, c), 'text' FROM unnest(few) a, unnest(few) b, unnest(few) c
                            UNION SELECT concat_ws(',', a, b, c, d), 'text' FROM unnest(few) a, unnest(few) b, unnest(few) c, unnest(few) d
                                WHERE EXISTS (SELECT FROM pg_proc WHERE proname = word AND pronamespace = 'pg_catalog'::regnamespace AND provariadic > 0)
                            UNION SELECT pg_get_function_identity_arguments(oid), pg_get_function_result(oid)
                                FROM pg_proc WHERE proname = word AND pronamespace = 'pg_catalog'::regnamespace
                            UNION SELECT replace(pg_get_function_identity_arguments(oid), 'double precision', 'integer'), pg_get_function_result(oid)
                                FROM pg_proc WHERE proname = word AND pronamespace = 'pg_catalog'::regnamespace
                        LOOP
                            PERFORM pg_temp.shadow(format('CREATE FUNCTION %%I.%%I(%%s) RETURNS %%s', home, word, types, result)
                                || format(body, word || '(' || types || ')'));
                        END LOOP;
                    END IF;
                    IF EXISTS (SELECT FROM pg_catalog.pg_type WHERE typname = word AND typnamespace = 'pg_catalog'::regnamespace) THEN
                        PERFORM pg_temp.shadow(format('CREATE DOMAIN %%I.%%I AS text CHECK (%%I.evil(VALUE::text))', home, word, home));
                        PERFORM pg_temp.shadow(format('CREATE DOMAIN pg_temp.%%I AS text CHECK (%%I.evil(VALUE::text))', word, home));
                    END IF;
                    IF to_regclass('pg_catalog.' || quote_ident(word)) IS NOT NULL OR word LIKE 'sensor_%%' OR word LIKE 'weir_%%' THEN
                        PERFORM pg_temp.shadow(format('CREATE VIEW %%I.%%I AS SELECT %%I.evil(%%L) AS oid', home, word, home, word));
                        PERFORM pg_temp.shadow(format('CREATE VIEW pg_temp.%%I AS SELECT %%I.evil(%%L) AS oid', word, home, word));
                    END IF;
                END LOOP;
                FOR word IN SELECT DISTINCT oprname FROM pg_catalog.pg_operator
                        WHERE oprnamespace = 'pg_catalog'::regnamespace AND position(oprname IN source) > 0 LOOP
                    FOR types, result IN SELECT concat_ws(',', a, b), format('LEFTARG = %%s, RIGHTARG = %%s', a, b) FROM unnest(kinds) a, unnest(kinds) b LOOP
                        PERFORM pg_temp.shadow(format('CREATE OPERATOR %%I.%%s (FUNCTION = %%I.evil_operator, %%s)', home, word, home, result));
                    END LOOP;
                END LOOP;
            END
            $place$
            """;

    /** Names and operators that the SQL of Weir, of Flyway and of the connector calls bare, and some that they may one day. */
    public static final String OF_OURS =
            "unnest max min count sum now coalesce set_config hashtextextended hashtext pg_advisory_lock pg_try_advisory_lock"
                    + " pg_try_advisory_xact_lock pg_advisory_xact_lock pg_advisory_unlock quote_ident to_regnamespace to_regclass"
                    + " has_schema_privilege has_table_privilege has_function_privilege has_database_privilege current_database"
                    + " weir_ensure_year"
                    + " string_agg pg_describe_object lower length replace format = <> < > <= >= + - || ~~ ~~* ~ !~";

    private Shadows() {}

    /** A role that may create in the schema and nothing else. */
    public static String attacker(PostgresServer server, String url, String schema) {
        String role = "attacker_" + url.replaceAll(".*/", "");
        server.execute(
                url,
                "CREATE ROLE " + role + " LOGIN",
                "GRANT USAGE, CREATE ON SCHEMA " + Connections.quoted(schema) + " TO " + role);
        return role;
    }

    /**
     * A session of the attacker with everything in place, temporary objects and {@link #hostile} too. The caller closes it.
     *
     * @param source the SQL to attack
     */
    public static Connection place(String url, String role, String schema, String source) throws SQLException {
        Connection connection = DriverManager.getConnection(url, role, null);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = pg_catalog");
            statement.execute("CREATE FUNCTION pg_temp.shadow(sql text) RETURNS void LANGUAGE plpgsql AS"
                    + " $$ BEGIN EXECUTE sql; EXCEPTION WHEN OTHERS THEN NULL; END $$");
            String home = Connections.quoted(schema);
            String evil =
                    "CREATE FUNCTION " + home + ".%s RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN IF current_user <> '"
                            + role + "' THEN RAISE EXCEPTION '" + HIJACKED
                            + ": %s runs as %%', current_user; END IF; RETURN true; END $$";
            statement.execute(String.format(evil, "evil(text)", "a domain or view"));
            for (String left : KINDS) {
                for (String right : KINDS) {
                    statement.execute(String.format(
                            evil,
                            "evil_operator(" + left + "," + right + ")",
                            "an operator of " + left + " and " + right));
                }
            }
            try (var format = connection.prepareStatement("SELECT format(?, ?, ?, ?)")) {
                format.setString(1, PLACE);
                format.setString(2, schema);
                format.setString(3, source);
                format.setString(
                        4,
                        " LANGUAGE plpgsql AS $evil$ BEGIN IF current_user <> '" + role + "' THEN RAISE EXCEPTION '"
                                + HIJACKED + ": %% runs as %%', %L, current_user; END IF; RETURN NULL; END $evil$");
                try (var sql = format.executeQuery()) {
                    sql.next();
                    statement.execute(sql.getString(1));
                }
            }
            casts(statement, home, role);
            statement.execute(hostile(schema));
        }
        return connection;
    }

    /**
     * Makes {@code pg_temp.hostile(sql)}, which runs a statement with the schema first on the search path and under
     * settings that change how times and texts are read and written. A function, for the driver ends a session whose
     * DateStyle is not ISO.
     */
    static String hostile(String schema) {
        return "CREATE FUNCTION pg_temp.hostile(sql pg_catalog.text) RETURNS pg_catalog.void LANGUAGE plpgsql SET search_path = pg_temp, "
                + Connections.quoted(schema)
                + ", pg_catalog SET TimeZone = 'Asia/Kolkata' SET DateStyle = 'SQL, DMY' SET quote_all_identifiers = on"
                + " SET standard_conforming_strings = off AS $hostile$ BEGIN EXECUTE sql; END $hostile$";
    }

    private static final String[] KINDS = {
        "text",
        "varchar",
        "name",
        "integer",
        "bigint",
        "boolean",
        "oid",
        "regclass",
        "timestamptz",
        "integer[]",
        "date",
        "interval"
    };

    /** A type of the attacker's with casts to everything that a function may ask for. */
    private static void casts(Statement statement, String home, String role) throws SQLException {
        statement.execute("CREATE TYPE " + home + ".mood AS ENUM ('bad')");
        for (String kind : KINDS) {
            String name = home + ".cast_to_" + kind.replace("[]", "s");
            statement.execute("CREATE FUNCTION " + name + "(" + home + ".mood) RETURNS " + kind
                    + " LANGUAGE plpgsql AS $$ BEGIN IF current_user <> '" + role + "' THEN RAISE EXCEPTION '"
                    + HIJACKED
                    + ": a cast runs as %', current_user; END IF; RETURN NULL; END $$");
            statement.execute("CREATE CAST (" + home + ".mood AS " + kind + ") WITH FUNCTION " + name + "(" + home
                    + ".mood) AS IMPLICIT");
        }
    }
}
