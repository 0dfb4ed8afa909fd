package org.spoolway.host.archive;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.problem.ProblemException;

/** Where archives lie, with what belongs to them. */
interface Shelf {

  /** Stands for whatever is under a name: who asks for it compares it. */
  String ANYTHING = "";

  /** Forgets what was seen. */
  default void forget() {}

  /**
   * What lies there; fetches no content.
   *
   * @return file names, each with what tells its content from any other under that name
   * @throws ProblemException {@code SOURCE_UNREACHABLE}
   */
  Map<String, String> files(Errand errand) throws ProblemException;

  /**
   * Reads a small file.
   *
   * @return empty when there is none of this name
   */
  Optional<byte[]> read(String name, Errand errand) throws ProblemException;

  /** What is said of an archive where it lies, by whoever can write there; empty for nothing. */
  default String notes(String archive, Errand errand) throws ProblemException {
    return "";
  }

  /**
   * Opens a file that lies on this host; empty where files have to be brought first.
   *
   * @throws ProblemException {@code SOURCE_CHANGED} when it is gone
   */
  Optional<InputStream> open(String name, Errand errand) throws ProblemException;

  /**
   * Brings a file.
   *
   * @param content by which {@link #files} told it, or {@link #ANYTHING}
   * @param into does not exist yet, unless an earlier try has left a part of it beside it
   * @throws ProblemException {@code SOURCE_CHANGED} when it is gone or another by now
   */
  void bring(String name, String content, Path into, Errand errand) throws ProblemException;
}
