package org.spoolway.host.archive;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.source.ArchiveNames;
import org.spoolway.source.Place;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of the releases of a repository on GitHub, or on what answers as it does: Gitea and
 * Forgejo. See <a href="https://docs.github.com/en/rest/releases/releases">GitHub's
 * description</a>.
 *
 * <pre>
 * GET API/repos/OWNER/REPOSITORY/releases
 * [{"draft": false, "prerelease": false, "body": "What is new",
 *   "assets": [{"name": "notes-1.2.0.tar.gz", "id": 7, "updated_at": "…", "digest": "sha256:…",
 *               "url": "API/…", "browser_download_url": "https://…"}]}]
 * </pre>
 */
final class ForgeShelf implements Shelf {

  /** The newest ones; 100 is the most that GitHub tells at a time. */
  private static final String QUERY = "/releases?per_page=100";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SHA256 = "sha256:";

  private final URI list;
  private final boolean hasToken;
  private final ArchiveNames names;
  private final Web web;

  /** A file of a release, and what its maker says of that. */
  private record Asset(URI address, String content, String notes) {}

  private volatile Map<String, Asset> assets = Map.of();

  /**
   * Asks nothing yet.
   *
   * @param address of the repository, for people
   * @param names which versions its files tell
   */
  ForgeShelf(String address, Place.Forge forge, ArchiveNames names, Web web) {
    String api = forge.api().toString().replaceFirst("/+$", "");
    this.list = URI.create(api + "/repos" + repository(address) + QUERY);
    this.hasToken = forge.tokenFile() != null;
    this.names = names;
    this.web = web;
  }

  private static String repository(String address) {
    return URI.create(address).getRawPath().replaceFirst("(\\.git)?/*$", "");
  }

  @Override
  public Map<String, String> files(Errand errand) throws ProblemException {
    byte[] text =
        web.list(list, errand)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.SOURCE_UNREACHABLE,
                        "cannot "
                            + errand.action()
                            + ": there is no such repository, or none for all",
                        "Check `source.url` and `source.api`; one that is private needs"
                            + " `source.tokenFile`.",
                        null));
    try {
      assets = read(JSON.readTree(text));
    } catch (JacksonException | IllegalArgumentException e) {
      throw Problems.unreachable(errand.action(), "its answer is no list of releases");
    }
    Map<String, String> files = new HashMap<>();
    assets.forEach((name, asset) -> files.put(name, asset.content()));
    return files;
  }

  private Map<String, Asset> read(JsonNode releases) {
    if (!releases.isArray()) {
      throw new IllegalArgumentException("no list");
    }
    Map<String, Asset> found = new LinkedHashMap<>();
    for (JsonNode release : releases) {
      for (JsonNode asset : release.path("assets")) {
        String name = asset.path("name").asString("");
        if (isOffered(release, name)) {
          found.putIfAbsent(name, asset(release, asset));
        }
      }
    }
    return found;
  }

  /** A draft is for its makers; what the forge calls a pre-release is none that looks released. */
  private boolean isOffered(JsonNode release, String name) {
    boolean isTooEarly =
        release.path("prerelease").asBoolean(false)
            && names.version(name).filter(version -> !version.isPreRelease()).isPresent();
    return !release.path("draft").asBoolean(false) && !isTooEarly;
  }

  private Asset asset(JsonNode release, JsonNode asset) {
    String digest = asset.path("digest").asString("");
    String content =
        digest.startsWith(SHA256)
            ? digest.substring(SHA256.length())
            : String.join(
                " ",
                asset.path("id").asString(""),
                asset.path("uuid").asString(""),
                asset.path("size").asString(""),
                asset.path("updated_at").asString(""));
    // What is private is handed out by the API alone.
    String address = hasToken ? asset.path("url").asString("") : "";
    URI from =
        URI.create(address.isEmpty() ? asset.path("browser_download_url").asString("") : address);
    if ("https".equals(list.getScheme()) && !"https".equals(from.getScheme())) {
      // Whoever owns the forge must not have the runner ask this host's own servers.
      throw new IllegalArgumentException("an address of " + from.getScheme());
    }
    return new Asset(from, content, release.path("body").asString(""));
  }

  @Override
  public Optional<byte[]> read(String name, Errand errand) throws ProblemException {
    Optional<Asset> asset = find(name, errand);
    return asset.isEmpty() ? Optional.empty() : web.document(asset.get().address(), errand);
  }

  @Override
  public void forget() {
    assets = Map.of();
  }

  private Optional<Asset> find(String name, Errand errand) throws ProblemException {
    if (assets.isEmpty()) {
      files(errand);
    }
    return Optional.ofNullable(assets.get(name));
  }

  @Override
  public Optional<InputStream> open(String name, Errand errand) {
    return Optional.empty();
  }

  @Override
  public void bring(String name, String content, Path into, Errand errand) throws ProblemException {
    files(errand);
    Optional<Asset> asset = find(name, errand);
    if (asset.isEmpty() || !(content.equals(ANYTHING) || asset.get().content().equals(content))) {
      throw Problems.changed(errand.action(), name + " is gone, or another by now");
    }
    new Delivery(web, asset.get().address(), name).bring(content, into, errand);
  }

  @Override
  public String notes(String archive, Errand errand) throws ProblemException {
    return find(archive, errand).map(Asset::notes).orElse("");
  }
}
