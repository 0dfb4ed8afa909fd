package org.spoolway.host.postgres;

import java.io.IOException;

/**
 * Tells whether a database was written, from the server's own counts of rows that were added,
 * changed and removed, catalogues included: a change of the schema is one too. The counts outlive a
 * restart of the server, and begin anew after its crash; then the word differs, which errs on the
 * safe side. A transaction that was rolled back counts as well. What ANALYZE writes does not.
 */
final class WriteCounters {

  /** The word, as an expression of a query in the database that is meant. */
  static final String WORD =
      """
      (SELECT concat_ws(':', (SELECT oid FROM pg_database WHERE datname = current_database()),
        (SELECT extract(epoch FROM stats_reset) FROM pg_stat_database
          WHERE datname = current_database()),
        md5(string_agg(concat_ws(',', s.relid, n_tup_ins, n_tup_upd, n_tup_del), ';'
          ORDER BY s.relid)))
      FROM pg_stat_all_tables s JOIN pg_class c ON c.oid = s.relid
      WHERE NOT c.relisshared AND c.relpersistence <> 't'
        AND (s.schemaname, s.relname) NOT IN (('pg_catalog', 'pg_statistic'),
          ('pg_catalog', 'pg_statistic_ext_data'))
        AND n_tup_ins + n_tup_upd + n_tup_del > 0)""";

  private WriteCounters() {}

  static String word(Psql psql, String database) throws SqlFailure, IOException {
    return psql.lookIn(database, "SELECT to_json(" + WORD + ")", String.class)
        .orElseThrow(() -> new IOException("the server says nothing of what it has counted"));
  }
}
