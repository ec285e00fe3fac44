package dev.twinbucket.settings.source;

import dev.twinbucket.settings.DocumentException;
import dev.twinbucket.settings.DocumentSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Documents in files. */
final class FileDocuments {
  private FileDocuments() {}

  static byte[] fetch(String path) {
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      return in.readNBytes(DocumentSource.LARGEST + 1);
    } catch (IOException | InvalidPathException e) {
      throw new DocumentException(e.getClass().getSimpleName(), e);
    }
  }
}
