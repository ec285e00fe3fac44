package dev.twinbucket.wiring;

import dev.twinbucket.settings.DocumentException;
import dev.twinbucket.settings.DocumentLocation;
import dev.twinbucket.settings.DocumentSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents from files. */
final class Documents implements DocumentSource {
  @Override
  public byte[] fetch(DocumentLocation location) {
    if (location instanceof DocumentLocation.File(String path)) {
      try (InputStream in = Files.newInputStream(Path.of(path))) {
        return in.readNBytes(LARGEST);
      } catch (IOException e) {
        throw new DocumentException("it cannot be read", e);
      }
    }
    throw new DocumentException("nothing of this kind can be read", null);
  }
}
