package org.spoolway.host.postgres;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows of a database besides what is in it; none of that is copied with it.
 *
 * @param oid its number, which it keeps when it is renamed
 * @param access who may do what with it; null for what holds when nobody has said anything
 * @param settings what sessions in it begin with
 * @param place encoding and collation, which a fresh database must be made with
 */
record DatabaseFacts(
    long oid,
    String name,
    String owner,
    boolean allowsConnections,
    int connectionLimit,
    String tablespace,
    @Nullable String comment,
    @Nullable List<Grant> access,
    List<Setting> settings,
    List<Label> labels,
    Place place) {

  /**
   * One privilege.
   *
   * @param grantee null for everybody
   */
  record Grant(String grantor, @Nullable String grantee, String privilege, boolean grantable) {}

  /**
   * What sessions begin with.
   *
   * @param role whose sessions; null for all
   * @param settings each {@code name=value}, lists as the server writes them
   */
  record Setting(@Nullable String role, List<String> settings) {}

  /** What a module for mandatory access control has said of it. */
  record Label(String provider, String label) {}

  /** How it sorts and what its characters are; providers are {@code c}, {@code i} and {@code b}. */
  record Place(
      String encoding,
      String collate,
      String ctype,
      @Nullable String provider,
      @Nullable String locale,
      @Nullable String rules) {}

  private static final String QUERY =
      """
      SELECT json_build_object(
        'oid', d.oid::bigint, 'name', d.datname, 'owner', pg_get_userbyid(d.datdba),
        'allowsConnections', d.datallowconn, 'connectionLimit', d.datconnlimit,
        'tablespace', t.spcname, 'comment', shobj_description(d.oid, 'pg_database'),
        'access', CASE WHEN d.datacl IS NULL THEN NULL ELSE coalesce(
          (SELECT json_agg(json_build_object(
             'grantor', pg_get_userbyid(a.grantor),
             'grantee', CASE a.grantee WHEN 0 THEN NULL ELSE pg_get_userbyid(a.grantee) END,
             'privilege', a.privilege_type, 'grantable', a.is_grantable)
             ORDER BY a.grantor, a.grantee, a.privilege_type)
           FROM aclexplode(d.datacl) a), '[]') END,
        'settings', coalesce(
          (SELECT json_agg(json_build_object(
             'role', CASE s.setrole WHEN 0 THEN NULL ELSE pg_get_userbyid(s.setrole) END,
             'settings', s.setconfig) ORDER BY s.setrole)
           FROM pg_db_role_setting s WHERE s.setdatabase = d.oid), '[]'),
        'labels', coalesce(
          (SELECT json_agg(json_build_object('provider', l.provider, 'label', l.label)
             ORDER BY l.provider)
           FROM pg_shseclabel l
           WHERE l.objoid = d.oid AND l.classoid = 'pg_database'::regclass), '[]'),
        'place', json_build_object(
          'encoding', pg_encoding_to_char(d.encoding), 'collate', d.datcollate,
          'ctype', d.datctype, 'provider', to_jsonb(d) ->> 'datlocprovider',
          'locale', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'),
          'rules', to_jsonb(d) ->> 'daticurules'))
      FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace
      WHERE\s""";

  static Optional<DatabaseFacts> named(Psql psql, String name)
      throws SqlFailure, java.io.IOException {
    return psql.look(QUERY + "d.datname = " + Sql.text(name), DatabaseFacts.class);
  }

  static Optional<DatabaseFacts> numbered(Psql psql, long oid)
      throws SqlFailure, java.io.IOException {
    return psql.look(QUERY + "d.oid = " + oid, DatabaseFacts.class);
  }
}
