package org.spoolway.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was asked: the content of one file in an inbox, or the meaning of a touched name. A request
 * chooses a verb and a version; what is fetched, trusted and run comes from the deployment file
 * alone.
 *
 * @param schema {@link #SCHEMA}, or null, which means the same
 * @param id the idempotency key within the origin, or null to take one from the file's name
 * @param action what to do
 * @param params what the action is about, or null
 * @param reason shown to people, or null
 * @param requestedBy who pressed the button, for display only, or null
 * @param dryRun whether to plan and change nothing
 * @param plan the hash of a plan shown before: refused if it is not the plan any more; or null
 * @param notBefore holds this request back until then, and nobody behind it; or null
 * @param expires when it is not worth carrying out any more; or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Request(
    @Nullable String schema,
    @Nullable RequestId id,
    Action action,
    @Nullable Params params,
    @Nullable String reason,
    @Nullable String requestedBy,
    boolean dryRun,
    @Nullable String plan,
    @Nullable Instant notBefore,
    @Nullable Instant expires) {

  /** The value of {@code schema}. */
  public static final String SCHEMA = "spoolway/request/v1";

  /** The largest request, in bytes. */
  public static final int MAX_BYTES = 65_536;

  /** How deep its containers may nest. */
  public static final int MAX_DEPTH = 32;

  /**
   * What an action is about.
   *
   * @param version the release to go to, for {@code update} and {@code rollback}; or null
   * @param id the request to take back, for {@code cancel}; or null
   * @param origin whose request that is, when it is not the asker's own; or null
   * @param snapshot the snapshot's name, for {@code restore}; or null
   * @param data what becomes of the data, for {@code rollback}; or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Params(
      @Nullable Version version,
      @Nullable RequestId id,
      @Nullable String origin,
      @Nullable String snapshot,
      @Nullable Data data) {

    /** No parameters. */
    public static final Params NONE = version(null);

    /** Only a version, which may be null. */
    public static Params version(@Nullable Version version) {
      return new Params(version, null, null, null, null);
    }

    /** Only a snapshot. */
    public static Params snapshot(String snapshot) {
      return new Params(null, null, null, snapshot, null);
    }

    /** Only another request, perhaps of another origin. */
    public static Params request(RequestId id, @Nullable String origin) {
      return new Params(null, id, origin, null, null);
    }

    /** For a rollback: where to, and what becomes of the data, each null for its own choice. */
    public static Params rollback(@Nullable Version version, @Nullable Data data) {
      return new Params(version, null, null, null, data);
    }
  }

  /** What becomes of the data when a release is gone back from that has been written to. */
  public enum Data {
    /** They stay, if the release that is gone back to suits them. */
    KEEP,
    /** Those of before the update come back; what replaces them is kept aside. */
    RESTORE;

    /**
     * What a name in a request means.
     *
     * @throws IllegalArgumentException for any other
     */
    public static Data ofWireName(String name) {
      for (Data data : values()) {
        if (data.wireName().equals(name)) {
          return data;
        }
      }
      throw new IllegalArgumentException("it is neither keep nor restore");
    }

    /** The name used in requests. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A request of one verb, as {@code touch} makes it. */
  public static Request of(Action action, @Nullable Version version) {
    Params params = version == null ? null : Params.version(version);
    return new Request(SCHEMA, null, action, params, null, null, false, null, null, null);
  }

  /** The same request under an id. */
  public Request withId(RequestId given) {
    return new Request(
        schema, given, action, params, reason, requestedBy, dryRun, plan, notBefore, expires);
  }

  /** Whether it is worth carrying out no more. */
  public boolean isExpired(Instant now) {
    return expires != null && !expires.isAfter(now);
  }

  /** Whether its time has not come. One that has expired waits for nothing. */
  public boolean isHeld(Instant now) {
    return notBefore != null && notBefore.isAfter(now) && !isExpired(now);
  }

  /** The parameters, {@link Params#NONE} when there are none. */
  public Params parameters() {
    return params == null ? Params.NONE : params;
  }
}
