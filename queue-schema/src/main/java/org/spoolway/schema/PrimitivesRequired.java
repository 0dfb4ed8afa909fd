package org.spoolway.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** A number or flag that is missing would silently become 0 or false; this makes it an error. */
final class PrimitivesRequired extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    return member.getRawType().isPrimitive()
        ? Boolean.TRUE
        : super.hasRequiredMarker(config, member);
  }
}
