package org.spoolway.host.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spoolway.host.FakeCommands;
import org.spoolway.hostfile.HostConfiguration.Unit;
import org.spoolway.layout.HostDir;
import org.spoolway.layout.StateDir;

class UnitPropertiesTest {

  @Test
  void eachUnitHasABlockOfItsOwn() {
    assertEquals(
        List.of(
            new UnitProperties(Map.of("Id", "a.service", "Result", "")),
            new UnitProperties(Map.of("Id", "b.service", "Description", "x=y"))),
        UnitProperties.parse("Id=a.service\nResult=\n\nId=b.service\nDescription=x=y\n"));
  }

  @Test
  void aWarningInBetweenIsNoPropertyAndSeparatesNothing() {
    assertEquals(
        List.of(new UnitProperties(Map.of("Id", "a.service", "Result", "success"))),
        UnitProperties.parse("Id=a.service\nthe unit file has changed on disk\nResult=success\n"));
  }

  @Test
  void ofNothingThereIsNoUnitAndOfOneNothingIsKnown() {
    assertEquals(List.of(), UnitProperties.parse(""));
    assertEquals("", UnitProperties.parseOne("").get("Id"));
  }

  @Test
  void aUnitIsToldAsSystemdSeesIt() {
    FakeCommands commands = new FakeCommands();
    commands.on(
        "systemctl",
        FakeCommands.printing("LoadState=loaded\nActiveState=failed\nUnitFileState=static\n", 0));
    SystemdConfiguration host =
        new SystemdConfiguration(commands, new StateDir(Path.of("/nowhere")), HostDir.system());
    assertEquals(new Unit("loaded", "static", "failed"), host.unit("a.service"));
    commands.on("systemctl", FakeCommands.printing("", 1));
    assertEquals(new Unit("", "", ""), host.unit("a.service"));
  }
}
