package org.spoolway.schema;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spoolway.wording.Quoted;

/**
 * Sees to it that a record read from a file keeps the promise of its declaration: what is not
 * {@code @Nullable} is there. Without this a missing field would show as a failure far from its
 * cause.
 */
final class Completeness {

  private Completeness() {}

  /** Looks through records, lists and maps. */
  static void require(@Nullable Object document) throws SchemaJson.Malformed {
    if (document == null) {
      throw new SchemaJson.Malformed("it is null");
    }
    look(document, "");
  }

  private static void look(Object value, String path) throws SchemaJson.Malformed {
    if (value instanceof Record parent) {
      for (RecordComponent component : parent.getClass().getRecordComponents()) {
        Object child = valueOf(component, parent);
        String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
        if (child != null || !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
          lookAt(child, name);
        }
      }
    } else if (value instanceof List<?> items) {
      for (int i = 0; i < items.size(); i++) {
        lookAt(items.get(i), path + "[" + i + "]");
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        lookAt(entry.getValue(), path + "." + entry.getKey());
      }
    }
  }

  private static void lookAt(@Nullable Object value, String path) throws SchemaJson.Malformed {
    if (value == null) {
      throw new SchemaJson.Malformed(Quoted.of(path) + " is missing");
    }
    look(value, path);
  }

  private static @Nullable Object valueOf(RecordComponent component, Record parent) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(parent);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component.toString(), e);
    }
  }
}
