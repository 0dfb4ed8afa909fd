package org.spoolway.host.directory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.spoolway.durable.Checksum;
import org.spoolway.host.archive.ChecksumList;
import org.spoolway.host.directory.Contents.Item;
import org.spoolway.host.directory.Contents.Kind;
import org.spoolway.schema.Version;
import org.spoolway.trust.MinisignKey;
import org.spoolway.trust.MinisignSignature;
import org.spoolway.trust.SignatureException;
import org.spoolway.trust.TrustedKeys;

/**
 * Who has signed a candidate. A candidate is called {@code PROGRAM-VERSION} then, and the trusted
 * comment has to name it so.
 *
 * <pre>
 * notes-1.2.0                      a program
 * notes-1.2.0.minisig              its signature, with the trusted comment file:notes-1.2.0
 * notes-1.2.0/SHA256SUMS           of a tree: all its other files, by their paths
 * notes-1.2.0/SHA256SUMS.minisig   the list's signature, with the trusted comment file:notes-1.2.0/SHA256SUMS
 * </pre>
 */
final class CandidateSignature {

  private static final String LIST = "SHA256SUMS";

  private static final int LONGEST_LIST = 16 << 20;

  private CandidateSignature() {}

  /**
   * Finds out who it was.
   *
   * @param copy of which nobody can change anything meanwhile
   * @throws SignatureException when nobody has signed all of it whose word counts
   */
  static MinisignKey signer(PrivateCopy copy, Entry entry, TrustedKeys trust)
      throws SignatureException, IOException {
    return entry.kind() == Entry.Kind.TREE
        ? ofTree(copy, entry.name(), trust)
        : ofProgram(copy, entry.name(), trust);
  }

  /**
   * The version that a candidate's name tells, which its maker has signed with it.
   *
   * @param executable the program in a release, by its path
   */
  static Version version(String name, String executable) throws SignatureException {
    String before = Path.of(executable).getFileName() + "-";
    return (name.startsWith(before)
            ? Version.ofTag(name.substring(before.length()))
            : Version.parse(""))
        .orElseThrow(
            () ->
                new SignatureException(
                    "it is not called "
                        + before
                        + "VERSION, so that its signature names a version"));
  }

  private static MinisignKey ofProgram(PrivateCopy copy, String name, TrustedKeys trust)
      throws SignatureException, IOException {
    MinisignSignature signature = read(copy.signature(), name + CandidateDirectory.SIGNATURE);
    MinisignKey key = signature.signer(name, trust);
    try (InputStream program =
        Files.newInputStream(copy.release().resolve(copy.contents().items().firstKey()))) {
      signature.requireContent(program, key);
    }
    return key;
  }

  private static MinisignKey ofTree(PrivateCopy copy, String name, TrustedKeys trust)
      throws SignatureException, IOException {
    Path list = copy.release().resolve(LIST);
    MinisignSignature signature =
        read(
            copy.release().resolve(LIST + CandidateDirectory.SIGNATURE),
            name + "/" + LIST + CandidateDirectory.SIGNATURE);
    MinisignKey key = signature.signer(name + "/" + LIST, trust);
    byte[] listed;
    try (InputStream content = Files.newInputStream(list)) {
      listed = content.readNBytes(LONGEST_LIST + 1);
    }
    if (listed.length > LONGEST_LIST) {
      throw new SignatureException(name + "/" + LIST + " is longer than 16 MiB");
    }
    signature.requireContent(new ByteArrayInputStream(listed), key);
    requireListed(copy, ChecksumList.parseTree(new String(listed, StandardCharsets.UTF_8)));
    return key;
  }

  private static MinisignSignature read(Path file, String name)
      throws SignatureException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] text = in.readNBytes(MinisignSignature.MOST_BYTES + 1);
      if (text.length > MinisignSignature.MOST_BYTES) {
        throw new SignatureException(name + " is too long for a signature");
      }
      return MinisignSignature.parse(text);
    } catch (NoSuchFileException notSigned) {
      throw new SignatureException("it is not signed: there is no " + name);
    }
  }

  private static void requireListed(PrivateCopy copy, Map<String, String> hashes)
      throws SignatureException, IOException {
    for (Map.Entry<String, Item> item : copy.contents().items().entrySet()) {
      String path = item.getKey();
      boolean isOfSignature = path.equals(LIST) || path.equals(LIST + CandidateDirectory.SIGNATURE);
      if (item.getValue().kind() != Kind.DIRECTORY && !isOfSignature) {
        String hash = hashes.get(path);
        if (hash == null) {
          throw new SignatureException(path + " in it is not listed in " + LIST);
        } else if (!hash.equals(content(copy, path, item.getValue()))) {
          throw new SignatureException(path + " in it is not what " + LIST + " says");
        }
      }
    }
    for (String path : hashes.keySet()) {
      Item item = copy.contents().items().get(path);
      // In place of a file a directory of that name would be as good as none.
      if (item == null || item.kind() == Kind.DIRECTORY) {
        throw new SignatureException(path + " is listed in " + LIST + " and not there");
      }
    }
  }

  /**
   * A link is listed with what it leads to, as {@code sha256sum} does; what is no file has none.
   */
  private static String content(PrivateCopy copy, String path, Item item) throws IOException {
    Path file = copy.release().resolve(path);
    if (item.isFile()) {
      return item.content();
    }
    return Files.isRegularFile(file) ? Checksum.of(file) : "";
  }
}
