package org.spoolway.migration;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code [migrate] sql}: which files of a release are its migrations, and as whom they are applied.
 *
 * @param glob a directory below the release, a slash and a pattern of names with {@code *} and
 *     {@code ?}
 * @param role whom PostgreSQL knows who applies them as; null for libpq's own choice, the account's
 *     name
 * @param passfile where libpq finds that role's password; null for none
 */
public record SqlFiles(String glob, @Nullable String role, @Nullable Path passfile) {

  /** The directory, from the release's root. */
  public String directory() {
    return glob.substring(0, glob.lastIndexOf('/'));
  }

  /** Whether a name in that directory is a migration's; as in a shell, hidden files are not. */
  public boolean matches(String name) {
    StringBuilder expression = new StringBuilder();
    for (char c : glob.substring(glob.lastIndexOf('/') + 1).toCharArray()) {
      switch (c) {
        case '*' -> expression.append(".*");
        case '?' -> expression.append('.');
        default -> expression.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return !name.startsWith(".")
        && Pattern.compile(expression.toString(), Pattern.DOTALL).matcher(name).matches();
  }
}
