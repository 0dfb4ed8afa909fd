package org.spoolway.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.spoolway.GoldenFiles;
import org.spoolway.schema.SchemaJson;

/** The published schemas and the readers accept and refuse the same files of a channel. */
class ChannelFormsTest {

  private static final GoldenFiles CHANNELS =
      new GoldenFiles(
          "channel", Files::readString, file -> ChannelFile.parse(Files.readAllBytes(file)));
  private static final GoldenFiles ROOTS =
      new GoldenFiles("root", Files::readString, file -> RootFile.parse(Files.readAllBytes(file)));

  @TestFactory
  Stream<DynamicTest> validChannelsAreAcceptedBySchemaAndReader() throws IOException {
    return CHANNELS.areAccepted();
  }

  @TestFactory
  Stream<DynamicTest> invalidChannelsAreRefusedBySchemaAndReader() throws IOException {
    return CHANNELS.areRefused(SchemaJson.Malformed.class);
  }

  @TestFactory
  Stream<DynamicTest> validRootsAreAcceptedBySchemaAndReader() throws IOException {
    return ROOTS.areAccepted();
  }

  @TestFactory
  Stream<DynamicTest> invalidRootsAreRefusedBySchemaAndReader() throws IOException {
    return ROOTS.areRefused(SchemaJson.Malformed.class);
  }
}
