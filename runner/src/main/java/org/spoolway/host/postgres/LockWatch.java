package org.spoolway.host.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Writes down, in a copy of a database, which statements lock tables that users work with: at the
 * end of each command that changes the schema it looks which locks its session holds. So it is
 * known and not guessed from words; {@code CREATE INDEX CONCURRENTLY} is no such statement. Only a
 * superuser can have the server call it.
 */
final class LockWatch {

  /** More than people would read. */
  private static final int MOST = 20;

  /** Those that keep others from writing, or from reading too. */
  private static final String MODES =
      "('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')";

  private static final String BEGIN =
      """
      CREATE SCHEMA spoolway_rehearsal;
      CREATE TABLE spoolway_rehearsal.watched AS
        SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relfilenode,
          pg_total_relation_size(c.oid) AS bytes
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('information_schema',
          'spoolway_rehearsal') AND n.nspname NOT LIKE 'pg\\_%%';
      CREATE TABLE spoolway_rehearsal.seen (number serial, transaction bigint, oid oid,
        statement text, mode text, rewritten boolean DEFAULT false);
      CREATE FUNCTION spoolway_rehearsal.look() RETURNS event_trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $spoolway$
        BEGIN
          INSERT INTO spoolway_rehearsal.seen (transaction, oid, statement, mode)
          SELECT DISTINCT pg_catalog.txid_current(), w.oid, tg_tag, l.mode
          FROM pg_catalog.pg_locks l JOIN spoolway_rehearsal.watched w ON w.oid = l.relation
          WHERE l.pid = pg_catalog.pg_backend_pid() AND l.granted AND l.mode IN %s
            AND NOT EXISTS (SELECT FROM spoolway_rehearsal.seen s
              WHERE s.transaction = pg_catalog.txid_current()
              AND s.oid = w.oid AND s.mode = l.mode);
          UPDATE spoolway_rehearsal.seen s SET rewritten = true
          FROM spoolway_rehearsal.watched w JOIN pg_catalog.pg_class c ON c.oid = w.oid
          WHERE s.oid = w.oid AND s.transaction = pg_catalog.txid_current()
            AND c.relfilenode <> w.relfilenode;
          UPDATE spoolway_rehearsal.watched w SET relfilenode = c.relfilenode
          FROM pg_catalog.pg_class c WHERE c.oid = w.oid AND c.relfilenode <> w.relfilenode;
        END $spoolway$;
      CREATE EVENT TRIGGER spoolway_rehearsal ON ddl_command_end
        EXECUTE FUNCTION spoolway_rehearsal.look();
      """
          .formatted(MODES);

  private static final String TOLD =
      """
      SELECT json_agg(line) FROM (
        SELECT s.statement || ' locks ' || w.name
          || CASE s.mode WHEN 'AccessExclusiveLock' THEN '' ELSE ' for writing' END
          || ' (' || pg_size_pretty(w.bytes)
          || CASE WHEN s.rewritten THEN ', written anew)' ELSE ')' END AS line
        FROM (SELECT DISTINCT ON (transaction, oid) * FROM spoolway_rehearsal.seen
            ORDER BY transaction, oid, mode = 'AccessExclusiveLock' DESC, number) AS s
          JOIN spoolway_rehearsal.watched w ON w.oid = s.oid
        ORDER BY s.number LIMIT %d) AS lines
      """
          .formatted(MOST);

  private LockWatch() {}

  /** Begins, with the tables that are there now. */
  static void begin(Psql psql, String copy, Duration limit) throws SqlFailure, IOException {
    psql.executeIn(copy, BEGIN, limit);
  }

  /** What was seen, a line for each statement and table; none where nobody could watch. */
  static List<String> told(Psql psql, String copy) throws SqlFailure, IOException {
    boolean watched =
        psql.lookIn(
                copy,
                "SELECT to_json(to_regclass('spoolway_rehearsal.seen') IS NOT NULL)",
                Boolean.class)
            .orElse(false);
    return watched
        ? List.of(psql.lookIn(copy, TOLD, String[].class).orElse(new String[0]))
        : List.of();
  }
}
