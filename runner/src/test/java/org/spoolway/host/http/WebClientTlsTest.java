package org.spoolway.host.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.http.ScriptedServer.Question;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class WebClientTlsTest extends WebFixture {

  private static final String HOST = "releases.example.org";
  private static final byte[] BYTES = noise(3_000_000);

  @TempDir static Path keys;
  private static TestCertificates certificates;
  private static SSLContext good;
  private static SSLContext trusting;
  private static ScriptedServer proxy;
  private static volatile int target;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = new TestCertificates(keys);
    trusting = certificates.client();
    good = certificates.issued("good", "ip:127.0.0.1,dns:" + HOST);
    proxy = ScriptedServer.of(WebClientTlsTest::pass);
  }

  @AfterAll
  static void closeProxy() throws IOException {
    proxy.close();
  }

  private WebClient client(URI proxy) {
    WebSettings settings = new WebSettings(cache(), MOST_BYTES, LONG, LONG, proxy);
    return new WebClient(settings, Clock.systemUTC(), trusting, LONG);
  }

  private ScriptedServer serve(SSLContext tls) throws IOException {
    return keep(ScriptedServer.overTls(tls, new ServedFile(BYTES)));
  }

  private String refused(SSLContext tls) throws Exception {
    ScriptedServer server = serve(tls);
    WebClient client = client(null);
    ProblemException e =
        assertThrows(
            ProblemException.class, () -> client.download(server.url("/"), into(), ERRAND));
    assertEquals(Problem.SOURCE_UNREACHABLE, e.problem());
    assertEquals(List.of(), server.questions());
    return e.getMessage();
  }

  @Test
  void aFileComesOverASecureConnection() throws Exception {
    ScriptedServer server = serve(good);
    assertTrue(client(null).download(server.url("/"), into(), ERRAND));
    assertArrayEquals(BYTES, Files.readAllBytes(into()));
  }

  @Test
  void anExpiredCertificateIsSaid() throws Exception {
    SSLContext expired =
        certificates.issued("expired", "ip:127.0.0.1", "-startdate", "-3d", "-validity", "1");
    assertEquals(
        "cannot fetch it: no secure connection: its certificate has expired", refused(expired));
  }

  @Test
  void aCertificateOfTomorrowIsSaid() throws Exception {
    SSLContext early = certificates.issued("early", "ip:127.0.0.1", "-startdate", "+2d");
    assertEquals(
        "cannot fetch it: no secure connection: its certificate is not valid yet", refused(early));
  }

  @Test
  void anUnknownIssuerIsSaid() throws Exception {
    SSLContext stranger = certificates.selfSigned("stranger", "ip:127.0.0.1");
    assertEquals(
        "cannot fetch it: no secure connection: this host does not know who issued its certificate",
        refused(stranger));
  }

  @Test
  void aCertificateOfAnotherHostIsSaid() throws Exception {
    SSLContext other = certificates.issued("other", "dns:elsewhere.example.org");
    String message = refused(other);
    assertTrue(
        message.startsWith(
            "cannot fetch it: no secure connection: its certificate is not of that name: "),
        message);
  }

  @Test
  void aPlainServerIsSaid() throws Exception {
    ScriptedServer server = serve(new ServedFile(BYTES));
    URI address = URI.create(server.url("/").toString().replace("http:", "https:"));
    WebClient client = client(null);
    ProblemException e =
        assertThrows(ProblemException.class, () -> client.document(address, ERRAND));
    assertTrue(e.getMessage().startsWith("cannot fetch it: no secure connection: "), e::toString);
  }

  @Test
  void noRedirectLeadsFromHttpsToHttp() throws Exception {
    ScriptedServer plain = serve(new ServedFile(BYTES));
    ScriptedServer server =
        keep(
            ScriptedServer.overTls(
                good,
                (question, output) ->
                    ScriptedServer.write(
                        output, "HTTP/1.1 301 Moved", "Location: " + plain.url("/"))));
    WebClient client = client(null);
    assertFails(
        Problem.SOURCE_UNREACHABLE,
        "it redirects from https to " + plain.url("/") + ", which is not followed",
        () -> client.document(server.url("/"), ERRAND));
    assertEquals(List.of(), plain.questions());
  }

  @Test
  void aProxyLeadsToOtherHosts() throws Exception {
    ScriptedServer server = serve(good);
    target = server.port();
    assertTrue(
        client(proxy.url("/"))
            .download(URI.create("https://" + HOST + "/app.zip"), into(), ERRAND));
    assertArrayEquals(BYTES, Files.readAllBytes(into()));
    assertEquals("CONNECT " + HOST + ":443 HTTP/1.1", proxy.lastQuestion().line());
    assertEquals("/app.zip", server.lastQuestion().path());
  }

  @Test
  void noProxyLeadsToThisHost() throws Exception {
    ScriptedServer server = serve(good);
    int before = proxy.questions().size();
    assertTrue(client(proxy.url("/")).download(server.url("/"), into(), ERRAND));
    assertEquals(before, proxy.questions().size());
  }

  @Test
  void aProxyThatRefusesIsSaid() {
    WebClient client = client(proxy.url("/"));
    ProblemException e =
        assertThrows(
            ProblemException.class,
            () -> client.document(URI.create("https://unknown.example.org/"), ERRAND));
    assertTrue(e.getMessage().contains("502"), e::toString);
  }

  private static void pass(Question question, OutputStream output) throws IOException {
    if (question.line().startsWith("CONNECT " + HOST + ":443 ")) {
      tunnel(question, output, target);
    } else {
      ScriptedServer.write(output, "HTTP/1.1 502 Bad Gateway");
    }
  }

  private static void tunnel(Question question, OutputStream output, int port) throws IOException {
    try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
      ScriptedServer.write(output, "HTTP/1.1 200 Connected");
      Thread back =
          new Thread(
              () -> {
                try {
                  question.rest().transferTo(target.getOutputStream());
                } catch (IOException e) {
                  // One of the two has hung up.
                }
              });
      back.start();
      InputStream input = target.getInputStream();
      input.transferTo(output);
    }
  }
}
