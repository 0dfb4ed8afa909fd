package org.spoolway.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
    GITHUB
  }

  private final TomlTable table;
  private final String name;

  /**
   * Reads nothing yet.
   *
   * @param name what the deployment is called
   */
  SourceReader(TomlTable table, String name) {
    this.table = table;
    this.name = name;
  }

  Source read() {
    table.require("type", "url");
    Type type = table.oneOf("type", Words.of(Type.values()), Set.of("directory"), Type.GIT);
    Channel channel = table.oneOf("channel", Words.of(Channel.values()), Set.of(), Channel.STABLE);
    String pin = table.text("pin", "such as \"3.*\", \"3.1.*\" or \"3.1.4\"", Forms::isPin);
    Place.Archives archives = archives(url(type), type);
    Place place = type == Type.GIT ? new Place.Repository(archives.url()) : archives;
    DeploymentReader.refuseUnless(
        type != Type.GIT, table, "source", "file", "maxSize", "timeout", "proxy");
    DeploymentReader.refuseUnless(type == Type.GITHUB, table, "source", "api", "tokenFile");
    TrustedKeys trust = new TrustedKeys(keys(type));
    return new Source(place, channel, pin, trust, trustRoot(type, trust));
  }

  private String url(Type type) {
    return switch (type) {
      case GIT ->
          url("https://…, ssh://…, file:///… or user@host:path" + HTTP, Forms::isRepository);
      case ARCHIVE ->
          url("https://… or file:///…, a directory of archives" + HTTP, Forms::isArchives);
      case GITHUB -> url("such as \"https://github.com/OWNER/REPOSITORY\"", Forms::isForge);
    };
  }

  private String url(String expected, Predicate<String> form) {
    return table.text("url", expected, form, "");
  }

  /** Read for a repository too, so that its keys are known, and refused as another type's. */
  private Place.Archives archives(String url, Type type) {
    String file =
        table.text(
            "file",
            "the name of an archive with {version} in it, such as \"notes-{version}.tar.gz\"",
            ArchiveNames::isPattern);
    String proxy = table.text("proxy", "such as \"http://proxy.example.org:3128\"", Forms::isProxy);
    return new Place.Archives(
        url,
        file == null ? ArchiveNames.of(name) : new ArchiveNames(file),
        DeploymentReader.size(table, "maxSize", "2 GiB", bytes -> bytes > 0),
        DeploymentReader.timeout(table, "timeout", "1h"),
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
  private @Nullable Path trustRoot(Type type, TrustedKeys trust) {
    DeploymentReader.refuseUnless(type != Type.GIT, table, "source", "trustRoot");
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
      wrong(key, "no key of minisign, which archives are signed by");
    }
  }

  private void wrong(String key, String observed) {
    String shown = key.length() <= SHOWN_OF_KEY ? key : key.substring(0, SHOWN_OF_KEY) + "…";
    table.wrong(
        "trust", table.path("trust") + " has " + Quoted.of(shown) + ", which is " + observed);
  }
}
