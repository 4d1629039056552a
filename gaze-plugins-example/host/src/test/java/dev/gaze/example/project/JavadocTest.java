package dev.gaze.example.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything an application or plugin can see says what it is. The Javadoc tool checks the rest. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JavadocTest {
    private static final Pattern EXPORTS = Pattern.compile("exports\\s+([\\w.]+)\\s*;");

    @ParameterizedTest
    @ValueSource(strings = {"gaze-api", "gaze-comfy"})
    void every_exported_type_method_parameter_and_component_is_documented(String module) throws IOException {
        Path sources = Checkout.top().resolve(module).resolve("src/main/java");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> missing = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(exported(sources)));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Undocumented(docs, unit, missing).scan(unit, null);
            }
        }
        assertThat(missing).isEmpty();
    }

    private static List<Path> exported(Path sources) throws IOException {
        List<Path> found = new ArrayList<>();
        Matcher exports = EXPORTS.matcher(Files.readString(sources.resolve("module-info.java")));
        while (exports.find()) {
            try (Stream<Path> files =
                    Files.list(sources.resolve(exports.group(1).replace('.', '/')))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.endsWith("package-info.java"))
                        .forEach(found::add);
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }

    private static final class Undocumented extends TreePathScanner<Void, Void> {
        private final DocTrees docs;
        private final CompilationUnitTree unit;
        private final List<String> missing;

        Undocumented(DocTrees docs, CompilationUnitTree unit, List<String> missing) {
            this.docs = docs;
            this.unit = unit;
            this.missing = missing;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (!visible(type.getModifiers(), getCurrentPath())) {
                return null;
            }
            DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
            if (comment == null) {
                tell(type.getSimpleName().toString(), "has no comment");
            } else if (type.getKind() == Tree.Kind.RECORD) {
                Set<String> components = type.getMembers().stream()
                        .filter(VariableTree.class::isInstance)
                        .map(VariableTree.class::cast)
                        .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                        .map(field -> field.getName().toString())
                        .collect(Collectors.toCollection(TreeSet::new));
                components.removeAll(params(comment));
                components.forEach(name -> tell(type.getSimpleName() + "." + name, "has no @param"));
            }
            return super.visitClass(type, nothing);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            boolean constructor = method.getReturnType() == null;
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().endsWith("Override"));
            if (overrides || !visible(method.getModifiers(), getCurrentPath())) {
                return null;
            }
            DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
            String name = method.getName() + "(…)";
            if (comment == null) {
                tell(name, "has no comment");
                return null;
            }
            Set<String> parameters = method.getParameters().stream()
                    .map(parameter -> parameter.getName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            parameters.removeAll(params(comment));
            if (!(constructor && inRecord())) {
                parameters.forEach(parameter -> tell(name, "has no @param " + parameter));
            }
            if (!constructor
                    && !method.getReturnType().toString().equals("void")
                    && comment.getBlockTags().stream().noneMatch(ReturnTree.class::isInstance)) {
                tell(name, "has no @return");
            }
            return null;
        }

        private boolean inRecord() {
            return getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
        }

        /** Members of interfaces are public without saying so. */
        private static boolean visible(ModifiersTree modifiers, TreePath path) {
            Set<Modifier> flags = modifiers.getFlags();
            if (flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED)) {
                return true;
            }
            TreePath parent = path.getParentPath();
            return parent != null
                    && parent.getLeaf().getKind() == Tree.Kind.INTERFACE
                    && !flags.contains(Modifier.PRIVATE);
        }

        private static Set<String> params(DocCommentTree comment) {
            return comment.getBlockTags().stream()
                    .filter(ParamTree.class::isInstance)
                    .map(tag -> ((ParamTree) tag).getName().toString())
                    .collect(Collectors.toSet());
        }

        private void tell(String what, String lacks) {
            missing.add(Path.of(unit.getSourceFile().getName()).getFileName() + ": " + what + " " + lacks);
        }
    }
}
