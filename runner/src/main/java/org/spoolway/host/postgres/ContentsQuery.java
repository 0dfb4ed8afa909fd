package org.spoolway.host.postgres;

import java.io.IOException;
import java.util.stream.Collectors;
import org.spoolway.host.Database.Contents;

/**
 * Asks what is in a database. Its form is told by a word: columns, constraints, views and the
 * labels of enumerations, and what migration tools have written down. Indexes, functions and rights
 * are no part of it: an administrator may add some without making the data unfit for a release.
 * Rows are told as the server has counted them.
 */
final class ContentsQuery {

  private static final String QUERY =
      """
      SELECT json_build_object('mark', %4$s, 'schema',
        coalesce(md5(string_agg(line, E'\\n' ORDER BY line COLLATE "C")), 'empty'),
        'rows', coalesce((SELECT json_agg(json_build_object('table', schemaname || '.' || relname,
            'added', n_tup_ins, 'changed', n_tup_upd, 'removed', n_tup_del))
          FROM (SELECT * FROM pg_stat_user_tables
            ORDER BY n_tup_ins + n_tup_upd + n_tup_del DESC LIMIT %3$d) AS most), '[]'))
      FROM (
        SELECT concat_ws(' ', 'column', n.nspname, c.relname, a.attname,
          format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)) AS line
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
          LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped AND %1$s
        UNION ALL
        SELECT concat_ws(' ', 'constraint', n.nspname, c.relname, k.conname,
          pg_get_constraintdef(k.oid))
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE %1$s
        UNION ALL
        SELECT concat_ws(' ', 'view', n.nspname, c.relname, pg_get_viewdef(c.oid))
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('v', 'm') AND %1$s
        UNION ALL
        SELECT concat_ws(' ', 'label', n.nspname, t.typname, e.enumsortorder, e.enumlabel)
        FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
          JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE %1$s
        UNION ALL
        SELECT concat_ws(' ', 'migrations', n.nspname, c.relname,
          query_to_xml(format('SELECT * FROM %%I.%%I ORDER BY 1', n.nspname, c.relname),
            false, false, '')::text)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND lower(c.relname) IN (%2$s) AND %1$s
      ) AS everything
      """;

  private static final String OWN =
      "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'";

  private ContentsQuery() {}

  /** Asks it, with the mark, at once. */
  static Contents ask(Psql psql, String database) throws SqlFailure, IOException {
    String tables =
        Contents.MIGRATION_TABLES.stream().map(Sql::text).collect(Collectors.joining(", "));
    String query = QUERY.formatted(OWN, tables, Contents.MOST_TABLES, WriteCounters.WORD);
    return psql.lookIn(database, query, Contents.class)
        .orElseThrow(() -> new IOException("the server says nothing of what is in it"));
  }
}
