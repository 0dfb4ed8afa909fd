package org.spoolway.host.postgres;

import java.time.Duration;

/**
 * Who is connected. A database can neither be copied nor renamed while anybody is, so connections
 * are refused first, then the sessions there are ended, then something is done: in any other order
 * somebody could come back in between.
 */
final class Sessions {

  private Sessions() {}

  /** Lets nobody in, superusers neither. */
  static String refuse(String database) {
    return "ALTER DATABASE " + Sql.name(database) + " ALLOW_CONNECTIONS false;\n";
  }

  /** Lets everybody in whom the access list lets in. */
  static String allow(String database) {
    return "ALTER DATABASE " + Sql.name(database) + " ALLOW_CONNECTIONS true;\n";
  }

  /** Ends all sessions in a database, and waits until they have ended. */
  static String end(String database, Duration patience) {
    return endWhere("datname = " + Sql.text(database), patience);
  }

  /**
   * Ends what a runner that was killed has left at work, and waits until it has ended: the server
   * goes on with a statement whose client is gone, and a copy could appear after it was looked for.
   */
  static String endOwn(String application, Duration patience) {
    return endWhere(
        "application_name = " + Sql.text(application) + " AND usename = current_user", patience);
  }

  /** Autovacuum gives way by itself to whoever copies or renames. */
  private static String endWhere(String condition, Duration patience) {
    return """
        DO $spoolway$
        DECLARE
          deadline timestamptz := clock_timestamp() + interval '%d milliseconds';
          still_there text;
        BEGIN
          LOOP
            PERFORM pg_stat_clear_snapshot();
            PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE %s AND pid <> pg_backend_pid()
                AND backend_type IS DISTINCT FROM 'autovacuum worker';
            SELECT string_agg(format('%%s of %%s%%s', pid, usename,
                CASE application_name WHEN '' THEN '' ELSE ' (' || application_name || ')' END), ', ')
              INTO still_there FROM pg_stat_activity
              WHERE %s AND pid <> pg_backend_pid()
                AND backend_type IS DISTINCT FROM 'autovacuum worker';
            EXIT WHEN still_there IS NULL;
            IF clock_timestamp() > deadline THEN
              RAISE EXCEPTION USING ERRCODE = '55006',
                MESSAGE = 'sessions were told to end and are still there: ' || still_there;
            END IF;
            PERFORM pg_sleep(0.005);
          END LOOP;
        END $spoolway$;
        """
        .formatted(patience.toMillis(), condition, condition);
  }
}
