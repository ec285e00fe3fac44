package dev.twinbucket.benchmarks;

import dev.twinbucket.local.gcs.LocalGcs;
import dev.twinbucket.local.s3.LocalS3;
import dev.twinbucket.local.s3.Versioning;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Both clouds, the source filled with objects of random bytes. */
final class Clouds implements AutoCloseable {
  static final String SOURCE = "source";
  private static final String TARGET = "target-";
  private static final String STATE = "state";

  private final Options options;
  private final byte[] content;
  private final LocalS3 s3 = LocalS3.builder().bucket(STATE).start();
  private final LocalGcs gcs = LocalGcs.start();

  Clouds(Options options) throws IOException {
    this.options = options;
    this.content = new byte[Math.toIntExact(options.bytes())];
    new Random(options.objects()).nextBytes(content);
    if (options.toGcs()) {
      s3.createBucket(SOURCE, Versioning.UNVERSIONED);
      for (int i = 0; i < options.objects(); i++) {
        s3.put(SOURCE, key(i), content);
      }
    } else {
      gcs.createBucket(SOURCE);
      SourceObjects.fill(gcs, SOURCE, options, content);
    }
  }

  static String key(int index) {
    return "folder/object-%06d".formatted(index);
  }

  LocalS3 s3() {
    return s3;
  }

  LocalGcs gcs() {
    return gcs;
  }

  /** Makes an empty bucket for one tool's work, and forgets what was counted before. */
  String newTarget(String tool) {
    String target = TARGET + tool;
    if (options.toGcs()) {
      gcs.createBucket(target);
    } else {
      s3.createBucket(target, Versioning.UNVERSIONED);
    }
    s3.resetRequests();
    gcs.resetRequests();
    return target;
  }

  Map<String, Long> s3Requests() {
    return named(s3.requests());
  }

  Map<String, Long> gcsRequests() {
    return named(gcs.requests());
  }

  private static Map<String, Long> named(Map<?, Long> requests) {
    return requests.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
  }

  /** Throws unless every object is there as it should be. */
  void verify(String tool, String target) {
    for (int i = 0; i < options.objects(); i++) {
      if (!bytes(target, key(i)).filter(found -> Arrays.equals(found, content)).isPresent()) {
        throw new IllegalStateException(tool + " did not bring over " + key(i));
      }
    }
  }

  private Optional<byte[]> bytes(String target, String key) {
    return options.toGcs()
        ? gcs.bytes(target, key)
        : s3.object(target, key).map(object -> object.bytes());
  }

  String stateLocation(String tool) {
    return "s3://" + STATE + "/" + tool + "/";
  }

  @Override
  public void close() {
    gcs.close();
    s3.close();
  }
}
