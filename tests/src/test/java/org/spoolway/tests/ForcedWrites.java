package org.spoolway.tests;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a runner may not do after a failed fsync: the kernel may have dropped what was not written
 * and says so once only, so that a second fsync of the same file proves nothing.
 */
final class ForcedWrites {

  private static final String JOURNALS = "/lib/app/journals";
  private static final String CLAIMS = "/spool/app/processing/";

  private ForcedWrites() {}

  /**
   * The operations that relied on a file although forcing it had failed before; and those that
   * failed to force one that is there still and was not written anew.
   */
  static List<DiskOperation> reliedOnVoidFiles(List<DiskOperation> trace) {
    Map<String, DiskOperation> failed = new LinkedHashMap<>();
    Map<String, DiskOperation> forcedAgain = new LinkedHashMap<>();
    List<DiskOperation> found = new ArrayList<>();
    for (DiskOperation operation : trace) {
      switch (operation.name()) {
        case "fsync" -> {
          if (failed.containsKey(operation.path())) {
            forcedAgain.put(operation.path(), operation);
          } else if (operation.failed()) {
            failed.put(operation.path(), operation);
          }
        }
        case "create" -> failed.remove(operation.path());
        case "unlink" -> {
          failed.remove(operation.path());
          // SQLite rolls back and forces a copy that is thrown away next.
          forcedAgain.remove(operation.path());
        }
        case "rename" -> {
          String[] names = operation.path().split(" -> ", 2);
          if (operation.done() && failed.remove(names[0]) != null) {
            found.add(operation);
          }
          failed.remove(names[names.length - 1]);
        }
        default -> {}
      }
    }
    found.addAll(forcedAgain.values());
    found.addAll(failed.values());
    return found;
  }

  /**
   * The journals and claims that were removed or put aside although the directory of their result
   * could not be forced: a power cut could take both.
   */
  static List<DiskOperation> removedBeforeTheResultWasForced(List<DiskOperation> trace) {
    Set<String> failed = new HashSet<>();
    List<DiskOperation> found = new ArrayList<>();
    for (DiskOperation operation : trace) {
      boolean ofResults = operation.path().startsWith("/spool/app/results/");
      if (operation.name().equals("fsyncdir") && ofResults) {
        if (operation.done()) {
          failed.remove(operation.path());
        } else {
          failed.add(operation.path());
        }
      } else if (isEndOfRequest(operation) && !failed.isEmpty()) {
        found.add(operation);
      }
    }
    return found;
  }

  /** The claims that were removed while a power cut could still take their journals. */
  static List<DiskOperation> removedBeforeTheJournalWasForced(List<DiskOperation> trace) {
    Set<String> unforced = new HashSet<>();
    Set<String> unnamed = new HashSet<>();
    List<DiskOperation> found = new ArrayList<>();
    for (DiskOperation operation : trace) {
      String path = operation.path();
      if (path.startsWith(JOURNALS + "/")) {
        String ticket = path.substring(JOURNALS.length() + 1);
        switch (operation.name()) {
          case "create" -> unforced.add(ticket);
          case "fsync" -> {
            if (operation.done() && unforced.remove(ticket)) {
              unnamed.add(ticket);
            }
          }
          default -> {}
        }
      } else if (path.equals(JOURNALS) && operation.name().equals("fsyncdir") && operation.done()) {
        unnamed.clear();
      } else if (path.startsWith(CLAIMS) && operation.name().equals("unlink") && operation.done()) {
        String ticket = path.substring(CLAIMS.length()).split("/", 2)[0];
        if (unforced.contains(ticket) || unnamed.contains(ticket)) {
          found.add(operation);
        }
      }
    }
    return found;
  }

  private static boolean isEndOfRequest(DiskOperation operation) {
    boolean journal = operation.path().startsWith(JOURNALS + "/");
    boolean claim = operation.path().startsWith(CLAIMS);
    return operation.done()
        && ((journal && operation.name().equals("unlink"))
            || (claim && operation.name().equals("rename")));
  }
}
