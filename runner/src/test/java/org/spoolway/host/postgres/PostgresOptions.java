package org.spoolway.host.postgres;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a test's cluster is like.
 *
 * @param local how those are known who come through the socket
 * @param disk whether writes are forced to the disk
 * @param password the superuser's, for connections to the loopback; empty when there are none
 * @param settings lines of {@code postgresql.conf}; text values with their quotes
 */
public record PostgresOptions(
    Local local, Disk disk, Optional<String> password, Map<String, String> settings) {

  /** How PostgreSQL knows who comes through its socket. */
  public enum Local {
    /** Whoever comes is who he says. */
    TRUST,
    /** A role is for the account of the same name. */
    PEER
  }

  /** What becomes of writes. A killed server loses nothing either way. */
  public enum Disk {
    /** They are left to the kernel, which is faster. */
    HASTY,
    /** They are forced, as in service: for figures. */
    DURABLE
  }

  /** Keeps what it was given. */
  public PostgresOptions {
    settings = Map.copyOf(settings);
  }

  /** The socket alone, for everybody, and no forced writes. */
  public static PostgresOptions usual() {
    return new PostgresOptions(Local.TRUST, Disk.HASTY, Optional.empty(), Map.of());
  }

  /** The same, but accounts have to be who they say. */
  public PostgresOptions withPeer() {
    return new PostgresOptions(Local.PEER, disk, password, settings);
  }

  /** The same, with forced writes. */
  public PostgresOptions durable() {
    return new PostgresOptions(local, Disk.DURABLE, password, settings);
  }

  /** The same, which also listens at a port of the loopback and wants passwords there. */
  public PostgresOptions withPassword(String superusers) {
    return new PostgresOptions(local, disk, Optional.of(superusers), settings);
  }

  /** The same with one more line of configuration, such as {@code wal_level = logical}. */
  public PostgresOptions with(String setting, String value) {
    Map<String, String> more = new TreeMap<>(settings);
    more.put(setting, value);
    return new PostgresOptions(local, disk, password, more);
  }

  /** What is added to {@code postgresql.conf}. Of two lines for one setting the last one counts. */
  String configuration(String socketDirectory, int port) {
    String asked =
        new TreeMap<>(settings)
            .entrySet().stream()
                .map(line -> line.getKey() + " = " + line.getValue() + "\n")
                .collect(Collectors.joining());
    // What a killed server shares in memory is to lie with its data, where it goes with them.
    return """
        listen_addresses = '%s'
        port = %d
        unix_socket_directories = '%s'
        dynamic_shared_memory_type = mmap
        password_encryption = 'scram-sha-256'
        fsync = %s
        """
            .formatted(
                password.isPresent() ? "127.0.0.1" : "",
                port,
                socketDirectory,
                disk == Disk.DURABLE ? "on" : "off")
        + asked;
  }

  /** The whole of {@code pg_hba.conf}. */
  String access() {
    return """
        local all all %s
        host all all 127.0.0.1/32 scram-sha-256
        """
        .formatted(local == Local.PEER ? "peer" : "trust");
  }
}
