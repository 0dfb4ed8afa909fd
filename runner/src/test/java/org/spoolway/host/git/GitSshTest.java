package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Over a real SSH server, to which the runner's user has a key. */
class GitSshTest extends GitFixture {

  private final String realHome = System.getProperty("user.home");
  private final SshServer server = SshServer.setUpDefaultServer();
  private Path ssh;

  /** The kinds of key that people have. */
  enum Kind {
    RSA,
    ED25519;

    KeyPair generate() throws Exception {
      return this == RSA
          ? KeyUtils.generateKeyPair(KeyPairProvider.SSH_RSA, 2048)
          : KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
    }

    String file() {
      return this == RSA ? "id_rsa" : "id_ed25519";
    }
  }

  @AfterEach
  void stop() throws Exception {
    System.setProperty("user.home", realHome);
    server.stop(true);
  }

  @ParameterizedTest
  @EnumSource
  void aReleaseComesFromAKnownHostToAKnownKey(Kind kind) throws Exception {
    PublicKey host = serve(kind);
    Files.writeString(ssh.resolve("known_hosts"), knownHost(host));
    repository.write("file", "over ssh").release("v1.0.0");

    assertEquals("over ssh", Files.readString(fetchAndExport("1.0.0").resolve("file")));
  }

  @Test
  void aHostThatIsNotKnownIsNotTrustedWhateverTheConfigurationSays() throws Exception {
    serve(Kind.RSA);
    Files.writeString(ssh.resolve("config"), "Host *\n  StrictHostKeyChecking no\n");

    ProblemException e = assertProblem(Problem.SOURCE_UNREACHABLE, source::candidates);

    assertTrue(e.getMessage().contains("host key"), e.getMessage());
    assertFalse(Files.exists(ssh.resolve("known_hosts")), "nothing is learnt by itself");
  }

  @Test
  void aHostWithAnotherKeyThanIsKnownIsNotTrusted() throws Exception {
    serve(Kind.RSA);
    Files.writeString(ssh.resolve("known_hosts"), knownHost(Kind.RSA.generate().getPublic()));

    ProblemException e = assertProblem(Problem.SOURCE_UNREACHABLE, source::candidates);

    assertTrue(e.getMessage().contains("host key"), e.getMessage());
  }

  @Test
  void aUserWithoutAKeyIsNotLetInAndNotAsked() throws Exception {
    PublicKey host = serve(Kind.RSA);
    Files.writeString(ssh.resolve("known_hosts"), knownHost(host));
    Files.delete(ssh.resolve(Kind.RSA.file()));

    ProblemException e = assertProblem(Problem.SOURCE_UNREACHABLE, source::candidates);

    assertTrue(e.getMessage().contains("Cannot log in"), e.getMessage());
  }

  private PublicKey serve(Kind kind) throws Exception {
    ssh = Files.createDirectories(scratch.resolve("home/.ssh"));
    System.setProperty("user.home", scratch.resolve("home").toString());
    KeyPair user = kind.generate();
    try (OutputStream file = Files.newOutputStream(ssh.resolve(kind.file()))) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(user, null, null, file);
    }
    KeyPair host = kind.generate();
    server.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.setKeyPairProvider(KeyPairProvider.wrap(host));
    server.setPublickeyAuthenticator(
        (name, key, session) -> KeyUtils.compareKeys(key, user.getPublic()));
    server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
    server.start();
    source = sourceAt("ssh://git@127.0.0.1:" + server.getPort() + repository.directory());
    return host.getPublic();
  }

  private String knownHost(PublicKey key) {
    return "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key) + "\n";
  }
}
