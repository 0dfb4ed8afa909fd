package org.spoolway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.NamedAccount;
import org.spoolway.source.ArchiveNames;
import org.spoolway.source.Channel;
import org.spoolway.source.Place;
import org.spoolway.source.Source;
import org.spoolway.trust.MinisignKey;
import org.spoolway.trust.TrustedKey;
import org.spoolway.trust.TrustedKey.UnusableKeyException;
import org.spoolway.trust.TrustedKeys;
import org.spoolway.wording.Quoted;

/** The meaning of {@code [source]}. */
final class SourceReader {

  private static final int SHOWN_OF_KEY = 40;
  private static final String HTTP =
      " (http:// only to this host itself, since anybody on the way could change it)";
  private static final String GITHUB = "https://github.com/";
  private static final String GITHUB_API = "https://api.github.com";

  private enum Type {
    GIT,
    ARCHIVE,
    GITHUB,
    DIRECTORY;

    /** Whether it is archives that lie there. */
    boolean hasArchives() {
      return this == ARCHIVE || this == GITHUB;
    }
  }

  private final TomlTable table;
  private final String name;
  private final boolean mustNameUsers;

  /**
   * Reads nothing yet.
   *
   * @param name what the deployment is called
   * @param mustNameUsers whether whoever runs programs must be named
   */
  SourceReader(TomlTable table, String name, boolean mustNameUsers) {
    this.table = table;
    this.name = name;
    this.mustNameUsers = mustNameUsers;
  }

  Source read() {
    table.require("type", "url");
    Type type = table.oneOf("type", Words.of(Type.values()), Set.of(), Type.GIT);
    Channel channel = table.oneOf("channel", Words.of(Channel.values()), Set.of(), Channel.STABLE);
    String pin = table.text("pin", "such as \"3.*\", \"3.1.*\" or \"3.1.4\"", Forms::isPin);
    Place place = place(type);
    refuseUnless(type.hasArchives(), "file", "proxy", "trustRoot");
    refuseUnless(type != Type.GIT, "maxSize", "timeout");
    refuseUnless(type == Type.GITHUB, "api", "tokenFile");
    refuseUnless(type == Type.DIRECTORY, "executable", "user");
    TrustedKeys trust = new TrustedKeys(keys(type));
    return new Source(place, channel, pin, trust, trustRoot(trust));
  }

  private void refuseUnless(boolean fits, String... names) {
    DeploymentReader.refuseUnless(fits, table, "source", names);
  }

  /** Keys of other types are read too, so that they are known, and refused as another type's. */
  private Place place(Type type) {
    String url = url(type);
    Duration limit =
        DeploymentReader.timeout(table, "timeout", type == Type.DIRECTORY ? "10s" : "1h");
    long most = DeploymentReader.size(table, "maxSize", "2 GiB", bytes -> bytes > 0);
    Place.Directory directory = directory(url, type, limit, most);
    Place.Archives archives = archives(url, type, limit, most);
    return switch (type) {
      case GIT -> new Place.Repository(url);
      case ARCHIVE, GITHUB -> archives;
      case DIRECTORY -> directory;
    };
  }

  private String url(Type type) {
    return switch (type) {
      case GIT ->
          url("https://…, ssh://…, file:///… or user@host:path" + HTTP, Forms::isRepository);
      case ARCHIVE ->
          url("https://… or file:///…, a directory of archives" + HTTP, Forms::isArchives);
      case GITHUB -> url("such as \"https://github.com/OWNER/REPOSITORY\"", Forms::isForge);
      case DIRECTORY ->
          url("an absolute path such as \"/srv/notes/candidates\"", Forms::isDirectory);
    };
  }

  private String url(String expected, Predicate<String> form) {
    return table.text("url", expected, form, "");
  }

  private Place.Directory directory(String url, Type type, Duration limit, long most) {
    String executable =
        table.text(
            "executable",
            "the path of a program in a release, such as \"bin/notes\"",
            Forms::isExecutable,
            name);
    List<String> asked = type == Type.DIRECTORY ? List.of(executable) : List.of();
    String user =
        DeploymentReader.user(table, mustNameUsers, "asks candidates for their version", asked);
    if (user != null && NamedAccount.isRoot(user)) {
      table.wrong(
          "user",
          table.path("user")
              + " is root; name an account without any privilege, such as \"nobody\"");
    }
    return new Place.Directory(
        url, Forms.directory(url).orElse(Path.of("/")), executable, user, limit, most);
  }

  private Place.Archives archives(String url, Type type, Duration limit, long most) {
    String file =
        table.text(
            "file",
            "the name of an archive with {version} in it, such as \"notes-{version}.tar.gz\"",
            ArchiveNames::isPattern);
    String proxy = table.text("proxy", "such as \"http://proxy.example.org:3128\"", Forms::isProxy);
    return new Place.Archives(
        url,
        file == null ? ArchiveNames.of(name) : new ArchiveNames(file),
        most,
        limit,
        proxy == null ? null : URI.create(proxy),
        forge(url, type));
  }

  private Place.@Nullable Forge forge(String url, Type type) {
    Path token =
        table.value(
            "tokenFile",
            "an absolute path such as \"/etc/spoolway/secrets/github\"",
            DeploymentReader.text(Forms::root));
    String api = table.text("api", "such as \"https://git.example.org/api/v1\"", Forms::isArchives);
    if (type != Type.GITHUB) {
      return null;
    } else if (api == null && !url.isEmpty() && !url.startsWith(GITHUB)) {
      table.wrong(
          "url",
          table.path("api")
              + " is missing, such as \"https://git.example.org/api/v1\" for Gitea and Forgejo");
    }
    return new Place.Forge(URI.create(api == null ? GITHUB_API : api), token);
  }

  /** Two answers to the question whose word counts would be one too many. */
  private @Nullable Path trustRoot(TrustedKeys trust) {
    Path root =
        table.value(
            "trustRoot",
            "an absolute path such as \"/etc/spoolway/trust/notes.root.json\"",
            DeploymentReader.text(Forms::root));
    if (root != null && !trust.isEmpty()) {
      table.wrong(
          "trustRoot",
          table.path("trustRoot")
              + " says who signs the list of releases, and "
              + table.path("trust")
              + " who signs each of them: name one of the two");
    }
    return root;
  }

  private List<TrustedKey> keys(Type type) {
    List<TrustedKey> keys = new ArrayList<>();
    for (String key :
        table.list("trust", "a list of public keys", DeploymentReader.text(Optional::of))) {
      try {
        TrustedKey read = TrustedKey.parse(key);
        refuseOther(type, key, read);
        keys.add(read);
      } catch (UnusableKeyException unusable) {
        wrong(key, unusable.observed());
      }
    }
    return keys;
  }

  /** One that could never have signed anything here must not pass for protection. */
  private void refuseOther(Type type, String key, TrustedKey read) {
    if (type == Type.GIT && read instanceof MinisignKey) {
      wrong(key, "a key of minisign; tags of git are signed by SSH or OpenPGP keys");
    } else if (type != Type.GIT && !(read instanceof MinisignKey)) {
      String signed = type == Type.DIRECTORY ? "candidates" : "archives";
      wrong(key, "no key of minisign, which " + signed + " are signed by");
    }
  }

  private void wrong(String key, String observed) {
    String shown = key.length() <= SHOWN_OF_KEY ? key : key.substring(0, SHOWN_OF_KEY) + "…";
    table.wrong(
        "trust", table.path("trust") + " has " + Quoted.of(shown) + ", which is " + observed);
  }
}
