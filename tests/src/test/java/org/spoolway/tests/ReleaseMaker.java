package org.spoolway.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes archives of the sample application's releases by the sample's own script, and keys. */
final class ReleaseMaker {

  private static final Path PUBLISH = Path.of("../samples/release/publish").toAbsolutePath();

  private final SampleApplication application;
  private final Path keys;
  private final Path releases;

  /** Works below a home. */
  ReleaseMaker(Home home, SampleApplication application) throws IOException {
    this.application = application;
    this.keys = Files.createDirectories(home.path().resolve("keys"));
    this.releases = Files.createDirectories(home.path().resolve("releases"));
  }

  /** Where its archives lie. */
  Path releases() {
    return releases;
  }

  /** Makes a key of minisign without a password, and tells its public line. */
  String makeKey(String owner) throws IOException {
    Program.output(keys, "minisign", "-G", "-W", "-p", owner + ".pub", "-s", owner + ".key");
    return Files.readAllLines(keys.resolve(owner + ".pub")).get(1);
  }

  /** The number of a key. */
  String id(String owner) throws IOException {
    return Files.readAllLines(keys.resolve(owner + ".pub")).get(0).replaceAll(".* ", "");
  }

  /** The file with the public key. */
  String publicKey(String owner) {
    return keys.resolve(owner + ".pub").toString();
  }

  /** The file with the secret key. */
  String secretKey(String owner) {
    return keys.resolve(owner + ".key").toString();
  }

  /**
   * Tags a release and publishes its archive.
   *
   * @param key whose signature it has; null for none
   */
  void publish(String version, String key, String format) {
    application.release(version, new Release().schema(version.equals("1.0.0") ? 1 : 2));
    pack(version, key, format);
  }

  /** Publishes the archive of a release that is tagged. */
  void pack(String version, String key, String format) {
    List<String> command = new ArrayList<>(packing(version, format));
    if (key != null) {
      command.addAll(List.of("--key", secretKey(key)));
    }
    command.add(application.repository().gitDirectory().getParent().toString());
    Program.run(releases, Map.of(), command).outOfSuccess();
  }

  /** The script's command for a release that is tagged, but for keys and repository. */
  List<String> packing(String version, String format) {
    List<String> command = new ArrayList<>(List.of(PUBLISH.toString(), "--name", "app"));
    command.addAll(List.of("--version", version, "--format", format, "--out", releases.toString()));
    return command;
  }
}
