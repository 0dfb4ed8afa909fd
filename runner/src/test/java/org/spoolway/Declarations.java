package org.spoolway;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.spoolway.SourceTree.Source;

/**
 * What one source file declares: its methods, its public types, and what it offers without Javadoc.
 */
final class Declarations extends TreePathScanner<Void, Void> {
  /** A method or constructor, with the lines from its first modifier to its closing brace. */
  record Method(String place, int lines) {}

  private final Source source;
  private final List<Method> methods = new ArrayList<>();
  private final List<String> publicTypes = new ArrayList<>();
  private final List<String> undocumented = new ArrayList<>();

  private Declarations(Source source) {
    this.source = source;
  }

  static Declarations of(Source source) {
    var declarations = new Declarations(source);
    declarations.scan(source.unit(), null);
    return declarations;
  }

  List<Method> methods() {
    return methods;
  }

  /** The public types that lie in no other type. */
  List<String> publicTypes() {
    return publicTypes;
  }

  /** The public types, and the public methods that override nothing, which lack Javadoc. */
  List<String> undocumented() {
    return undocumented;
  }

  @Override
  public Void visitClass(ClassTree type, Void unused) {
    boolean topLevel = parent(getCurrentPath()).getLeaf() instanceof CompilationUnitTree;
    if (topLevel && isExposed(getCurrentPath())) {
      publicTypes.add(type.getSimpleName().toString());
      requireJavadoc(type, type.getSimpleName());
    }
    return super.visitClass(type, null);
  }

  @Override
  public Void visitMethod(MethodTree method, Void unused) {
    methods.add(new Method(place(method, method.getName()), lines(method)));
    boolean constructor = method.getReturnType() == null;
    if (!constructor && !overrides(method) && isExposed(getCurrentPath())) {
      requireJavadoc(method, method.getName());
    }
    return super.visitMethod(method, null);
  }

  /** Whether other packages can name a declaration: it and all types around it are public. */
  private static boolean isExposed(TreePath declaration) {
    if (declaration.getLeaf() instanceof CompilationUnitTree) {
      return true;
    }
    var parent = parent(declaration);
    return isPublic(declaration.getLeaf(), parent.getLeaf()) && isExposed(parent);
  }

  private static boolean isPublic(Tree declaration, Tree parent) {
    ModifiersTree modifiers;
    if (declaration instanceof ClassTree type) {
      modifiers = type.getModifiers();
    } else if (declaration instanceof MethodTree method) {
      modifiers = method.getModifiers();
    } else {
      return false;
    }
    boolean inInterface =
        parent.getKind() == Kind.INTERFACE || parent.getKind() == Kind.ANNOTATION_TYPE;
    return inInterface
        ? !modifiers.getFlags().contains(Modifier.PRIVATE)
        : modifiers.getFlags().contains(Modifier.PUBLIC);
  }

  private static boolean overrides(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
  }

  private void requireJavadoc(Tree declaration, CharSequence name) {
    if (source.docs().getDocComment(getCurrentPath()) == null) {
      undocumented.add(place(declaration, name));
    }
  }

  private int lines(Tree declaration) {
    var positions = source.docs().getSourcePositions();
    return line(positions.getEndPosition(source.unit(), declaration)) - firstLine(declaration) + 1;
  }

  private String place(Tree declaration, CharSequence name) {
    return source.path().getFileName() + ":" + firstLine(declaration) + " " + name;
  }

  private int firstLine(Tree declaration) {
    return line(source.docs().getSourcePositions().getStartPosition(source.unit(), declaration));
  }

  private int line(long position) {
    return (int) source.unit().getLineMap().getLineNumber(position);
  }

  private static TreePath parent(TreePath path) {
    return path.getParentPath();
  }
}
