package org.spoolway.cli;

import org.jspecify.annotations.Nullable;
import org.spoolway.schema.Request;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What becomes of the data when a release is gone back from. */
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "keep|restore",
      description =
          "For a rollback: keep the data that were written since, or restore those of before the"
              + " update (default: restore while nothing was written).",
      converter = Words.class)
  private Request.@Nullable Data data;

  Request.@Nullable Data data() {
    return data;
  }

  private static final class Words implements ITypeConverter<Request.Data> {
    @Override
    public Request.Data convert(String word) {
      try {
        return Request.Data.ofWireName(word);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
