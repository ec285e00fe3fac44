package dev.twinbucket.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Defines the mutated classes, and every other class of this project anew around them; all else
 * comes from the parent.
 */
final class MutantLoader extends ClassLoader {
  private static final String PROJECT = "dev.twinbucket.";

  private final Map<String, byte[]> mutated;

  private MutantLoader(Map<String, byte[]> mutated) {
    super(MutantLoader.class.getClassLoader());
    this.mutated = mutated;
  }

  /**
   * Compiles a mutant.
   *
   * @param sources where the production sources are
   * @throws IllegalStateException if an edit does not fit the source, or does not compile
   */
  static MutantLoader of(Mutant mutant, Path sources) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Mutant.Edit edit : mutant.edits()) {
      String text = texts.computeIfAbsent(edit.source(), source -> read(sources, source));
      texts.put(edit.source(), edit.applyTo(text));
    }
    return new MutantLoader(compile(texts));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PROJECT)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        byte[] code = code(name);
        loaded = defineClass(name, code, 0, code.length);
      }
      return loaded;
    }
  }

  private byte[] code(String name) throws ClassNotFoundException {
    byte[] changed = mutated.get(name);
    if (changed != null) {
      return changed;
    }
    try (var original = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (original == null) {
        throw new ClassNotFoundException(name);
      }
      return original.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static String read(Path sources, String source) {
    try {
      return Files.readString(sources.resolve("dev/twinbucket/" + source + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> compile(Map<String, String> texts) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
        InMemory memory = new InMemory(standard)) {
      List<JavaFileObject> units = new ArrayList<>();
      texts.forEach((source, text) -> units.add(new Source(source, text)));
      boolean good =
          compiler
              .getTask(
                  complaints,
                  memory,
                  null,
                  List.of("-proc:none", "-nowarn", "-implicit:none", "-cp", classPath()),
                  null,
                  units)
              .call();
      if (!good) {
        throw new IllegalStateException("does not compile: " + complaints);
      }
      return memory.classes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the core was loaded from, whatever the class path of this process is hidden behind. */
  private static String classPath() {
    try {
      return Path.of(
              dev.twinbucket.Replicator.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A source that is nowhere on disk. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String source, String text) {
      super(URI.create("string:///dev/twinbucket/" + source + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Takes what is compiled. */
  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> outputs = new HashMap<>();

    InMemory(JavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      outputs.put(className, output);
      return new SimpleJavaFileObject(
          URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() {
          return output;
        }
      };
    }

    Map<String, byte[]> classes() {
      Map<String, byte[]> classes = new HashMap<>();
      outputs.forEach((name, output) -> classes.put(name, output.toByteArray()));
      return classes;
    }
  }
}
