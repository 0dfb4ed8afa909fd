package org.spoolway.hostfile;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Text with placeholders such as {@code @ROOT@}: a form that means nothing to systemd, Caddy, nginx
 * or a shell.
 */
public final class Template {

  private static final Pattern PLACEHOLDER = Pattern.compile("@([A-Z][A-Z0-9_]*)@");

  private final String name;
  private final String text;

  /**
   * A template.
   *
   * @param name for messages
   */
  public Template(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /** What stands for a placeholder; asked once for each place where it stands. */
  @FunctionalInterface
  public interface Values {
    /** The value, or null when there is none of that name. */
    @Nullable String of(String placeholder);
  }

  /**
   * The text with every placeholder replaced. A value is not looked through for more.
   *
   * @throws ProblemException {@code HOST_FILE_REFUSED} for a placeholder without a value, or a
   *     value that would begin another line
   */
  public String render(Values values) throws ProblemException {
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder rendered = new StringBuilder();
    while (matcher.find()) {
      String value = values.of(matcher.group(1));
      if (value == null) {
        throw refused("nothing stands for " + matcher.group());
      }
      if (value.lines().count() > 1 || value.endsWith("\n") || value.endsWith("\r")) {
        throw refused("what stands for " + matcher.group() + " has several lines");
      }
      matcher.appendReplacement(rendered, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(rendered).toString();
  }

  /** The same, from a map. */
  public String render(Map<String, String> values) throws ProblemException {
    return render(values::get);
  }

  private ProblemException refused(String observed) {
    return new ProblemException(
        Problem.HOST_FILE_REFUSED, "cannot render " + name + ": " + observed);
  }
}
