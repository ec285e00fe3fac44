package dev.twinbucket.local.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps bytes in files of a folder. A file goes away when nothing refers to its content. */
final class DiskContentStore implements ContentStore {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Path folder;
  private final AtomicLong next = new AtomicLong();

  DiskContentStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public Content keep(InputStream in) throws IOException {
    Path file = folder.resolve("content-" + next.incrementAndGet());
    long length = Files.copy(in, file);
    FileContent content = new FileContent(file, length);
    CLEANER.register(content, () -> delete(file));
    return content;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class FileContent implements Content {
    private final Path file;
    private final long length;

    private FileContent(Path file, long length) {
      this.file = file;
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void write(OutputStream out, long offset, long count) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        WritableByteChannel sink = Channels.newChannel(out);
        long done = 0;
        while (done < count) {
          done += channel.transferTo(offset + done, count - done, sink);
        }
      }
    }
  }
}
