package org.spoolway.schema;

import org.spoolway.wording.Quoted;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a document that does not fit its record, in words for people. */
final class Mismatch {

  private Mismatch() {}

  static SchemaJson.Malformed of(JsonText text, JacksonException e) {
    int offset = e.getLocation() == null ? -1 : (int) e.getLocation().getCharOffset();
    String place = offset < 0 ? "" : text.place(offset);
    return new SchemaJson.Malformed(what(e) + place);
  }

  private static String what(JacksonException e) {
    if (e instanceof UnexpectedEndOfInputException) {
      return "it ends in the middle";
    }
    String path = path(e);
    if (path.isEmpty()) {
      return "it is not the JSON it should be";
    }
    return e instanceof UnrecognizedPropertyException
        ? "unknown field " + Quoted.of(path)
        : Quoted.of(path) + " does not hold what it should";
  }

  private static String path(JacksonException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }
}
