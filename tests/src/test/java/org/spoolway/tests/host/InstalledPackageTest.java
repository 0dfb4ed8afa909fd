package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The package on a host that has neither Java nor a deployment. */
class InstalledPackageTest {

  @RegisterExtension final Hosts hosts = new Hosts();

  @Test
  void runsWithItsOwnJavaAndFailsNoUnit() {
    Container host = hosts.boot();

    host.installPackage();

    assertNotEquals(0, host.run("sh", "-c", "command -v java").exit());
    assertTrue(host.run("spoolway", "--version").outOfSuccess().contains("."));
    assertEquals("running", host.state(), () -> host.run("systemctl", "--failed").all());
    host.powerCut();
    host.boot();
    assertEquals("running", host.state(), () -> host.run("systemctl", "--failed").all());
  }
}
