package org.spoolway.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Accounts;
import org.spoolway.layout.EntryName;
import org.spoolway.problem.Problem;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.Result;
import org.spoolway.schema.SchemaJson;
import org.spoolway.wording.Printable;

/**
 * Looks at a claimed entry: kind first, then owner, then one bounded read; from then on only that
 * copy counts.
 */
final class Examiner {

  private final Access access;
  private final Accounts accounts;
  private final ClaimReader reader = new ClaimReader();

  Examiner(Access access, Accounts accounts) {
    this.access = access;
    this.accounts = accounts;
  }

  /**
   * What the file system shows of an entry; equal looks mean that it has not changed.
   *
   * @param owner who owns it
   * @param regular whether it is a plain file
   * @param links how many names it has
   * @param size its size in bytes
   * @param modified when its content changed
   */
  record Look(Result.Owner owner, boolean regular, int links, long size, FileTime modified) {}

  /** What came out. */
  sealed interface Verdict {
    /** It is a request. */
    @SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
    record Accept(Request request, byte[] content, String sha256) implements Verdict {}

    /** It is not one yet: its writer may not be done. */
    record NotYet(Problem problem, String message) implements Verdict {}

    /** It cannot be looked into now, which is not its writer's fault. */
    record Later() implements Verdict {}

    /** It is none, and will be none. */
    record Refuse(
        Problem problem, String message, @Nullable Request request, @Nullable String sha256)
        implements Verdict {}
  }

  Look look(Claim claim) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(
            claim.file(),
            "unix:uid,nlink,size,lastModifiedTime,isRegularFile",
            LinkOption.NOFOLLOW_LINKS);
    int uid = attribute(attributes, "uid", Integer.class);
    return new Look(
        new Result.Owner(uid, accounts.userName(uid)),
        attribute(attributes, "isRegularFile", Boolean.class),
        attribute(attributes, "nlink", Integer.class),
        attribute(attributes, "size", Long.class),
        attribute(attributes, "lastModifiedTime", FileTime.class));
  }

  /** A claim is decided. */
  void forget(Claim claim) {
    reader.forget(claim.file());
  }

  private static <T> T attribute(Map<String, Object> attributes, String name, Class<T> type) {
    return type.cast(Objects.requireNonNull(attributes.get(name), name));
  }

  Verdict examine(Claim claim, Look look) throws IOException {
    if (!look.regular()) {
      return refuse(
          Problem.NOT_A_REGULAR_FILE,
          "cannot take " + claim.shown() + ": it is not a regular file");
    }
    if (!access.mayOwn(claim.origin(), look.owner().uid())) {
      return refuse(
          Problem.OWNER_NOT_ALLOWED,
          "cannot take "
              + claim.shown()
              + ": its owner "
              + look.owner().user()
              + " is not one of origin "
              + claim.origin());
    }
    if (look.links() > 1) {
      return new Verdict.NotYet(
          Problem.NOT_A_REGULAR_FILE,
          "cannot take " + claim.shown() + ": it has " + look.links() + " names");
    }
    return claim.meaning().form() == EntryName.Form.TOUCH
        ? touched(claim, look)
        : document(claim, look);
  }

  private Verdict touched(Claim claim, Look look) {
    if (look.size() > 0) {
      return refuse(
          Problem.CONTENT_UNDER_TOUCH_NAME,
          "cannot take " + claim.shown() + ": it has content, and its name is for an empty file");
    }
    EntryName meaning = claim.meaning();
    if (meaning.action() == null) {
      throw new IllegalStateException("a touched name has an action");
    }
    Request request = Request.of(meaning.action(), meaning.version());
    String sha256 = sha256(claim.name().getBytes(StandardCharsets.UTF_8));
    return permitted(claim, request, new byte[0], sha256);
  }

  private Verdict document(Claim claim, Look look) throws IOException {
    if (look.size() > Request.MAX_BYTES) {
      return refuse(
          Problem.REQUEST_MALFORMED,
          "cannot read " + claim.shown() + ": it is larger than " + Request.MAX_BYTES + " bytes");
    }
    ClaimReader.Reading reading;
    try {
      reading = reader.read(claim.origin(), claim.file());
    } catch (NoSuchFileException removed) {
      throw removed;
    } catch (IOException e) {
      return new Verdict.NotYet(
          Problem.REQUEST_UNREADABLE,
          "cannot read " + claim.shown() + ": " + Printable.line(e.toString()));
    }
    if (reading instanceof ClaimReader.Reading.Read read) {
      return parsed(claim, read.content());
    }
    return reading instanceof ClaimReader.Reading.Busy
        ? new Verdict.Later()
        : new Verdict.NotYet(
            Problem.REQUEST_UNREADABLE,
            "cannot read "
                + claim.shown()
                + ": it cannot be opened in time, as when its writer holds a lease on it");
  }

  private Verdict parsed(Claim claim, byte[] content) {
    try {
      return permitted(claim, SchemaJson.request(content), content, sha256(content));
    } catch (SchemaJson.Malformed e) {
      return new Verdict.NotYet(
          Problem.REQUEST_MALFORMED, "cannot read " + claim.shown() + ": " + e.getMessage());
    }
  }

  private Verdict permitted(Claim claim, Request request, byte[] content, String sha256) {
    String missing = missing(request);
    String idle = missing == null ? idle(request) : null;
    if (missing != null || idle != null) {
      String observed = missing != null ? "it does not say " + missing : "it names " + idle;
      String message = "cannot take " + claim.shown() + ": " + observed;
      return new Verdict.Refuse(Problem.REQUEST_MALFORMED, message, request, sha256);
    }
    Problem problem = access.problem(claim.origin(), request);
    return problem == null
        ? new Verdict.Accept(request, content, sha256)
        : new Verdict.Refuse(
            problem,
            "cannot "
                + request.action().wireName()
                + " through origin "
                + claim.origin()
                + ": "
                + access.reason(problem),
            request,
            sha256);
  }

  private static @Nullable String missing(Request request) {
    Request.Params about = request.parameters();
    return switch (request.action()) {
      case CANCEL -> about.id() == null ? "which request to take back, in `params.id`" : null;
      case RESTORE -> about.snapshot() == null ? "which snapshot, in `params.snapshot`" : null;
      default -> null;
    };
  }

  /** What the action has no use for: whoever names it expects something that will not happen. */
  private static @Nullable String idle(Request request) {
    Request.Params about = request.parameters();
    String action = request.action().wireName();
    if (about.version() != null && !request.action().takesVersion()) {
      return "a version, which " + action + " does not take";
    } else if (about.snapshot() != null && request.action() != Action.RESTORE) {
      return "a snapshot, which " + action + " does not take";
    } else if (about.data() != null && request.action() != Action.ROLLBACK) {
      return "what becomes of the data, which " + action + " does not take";
    } else if (about.id() != null && request.action() != Action.CANCEL) {
      return "another request, which " + action + " does not take";
    } else if (about.id() != null && about.id().equals(request.id())) {
      return "itself as the request to cancel";
    }
    return null;
  }

  private static Verdict refuse(Problem problem, String message) {
    return new Verdict.Refuse(problem, message, null, null);
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
