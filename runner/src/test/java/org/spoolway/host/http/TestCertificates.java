package org.spoolway.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of an authority that is made for a test, by the JDK's own tool. */
final class TestCertificates {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String AUTHORITY = "authority";

  private final Path file;

  /** Makes the authority. */
  TestCertificates(Path directory) throws Exception {
    file = directory.resolve("keys.p12");
    generate(AUTHORITY, "-ext", "bc:c");
  }

  /** A server whose certificate the authority has issued. */
  SSLContext issued(String alias, String subjectNames, String... more) throws Exception {
    List<String> options = new ArrayList<>(List.of("-signer", AUTHORITY));
    options.addAll(List.of("-ext", "san=" + subjectNames));
    options.addAll(List.of(more));
    generate(alias, options.toArray(String[]::new));
    return server(alias);
  }

  /** A server whose certificate nobody has issued but itself. */
  SSLContext selfSigned(String alias, String subjectNames) throws Exception {
    generate(alias, "-ext", "san=" + subjectNames);
    return server(alias);
  }

  /** A client that trusts the authority and nobody else. */
  SSLContext client() throws Exception {
    KeyStore trusted = empty();
    trusted.setCertificateEntry(AUTHORITY, all().getCertificate(AUTHORITY));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private SSLContext server(String alias) throws Exception {
    Key key = all().getKey(alias, PASSWORD);
    KeyStore own = empty();
    own.setKeyEntry(alias, key, PASSWORD, all().getCertificateChain(alias));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private KeyStore all() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(file)) {
      store.load(input, PASSWORD);
    }
    return store;
  }

  private static KeyStore empty() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private void generate(String alias, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-alias", alias));
    command.addAll(List.of("-dname", "CN=" + alias, "-keystore", file.toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool: " + said);
    }
  }
}
