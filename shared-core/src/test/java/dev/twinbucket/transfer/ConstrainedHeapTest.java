package dev.twinbucket.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.local.gcs.BucketSettings;
import dev.twinbucket.local.gcs.LocalGcs;
import dev.twinbucket.local.s3.LocalS3;
import dev.twinbucket.local.s3.Versioning;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.gcs.GcsObjectStore;
import dev.twinbucket.store.gcs.GcsStoreSettings;
import dev.twinbucket.store.s3.S3Credentials;
import dev.twinbucket.store.s3.S3ObjectStore;
import dev.twinbucket.store.s3.S3Quirks;
import dev.twinbucket.store.s3.S3StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with a small heap moves an object many times larger, over HTTP, in both directions, at
 * full concurrency. The embedded clouds are in this process, the one under test is another.
 */
class ConstrainedHeapTest {
  private static final int HEAP_MIB = 64;
  private static final int SIZE = 384 << 20;

  @Test
  void anObjectOfManyTimesTheHeapCrossesInBothDirections(@TempDir Path folder)
      throws IOException, InterruptedException {
    byte[] content = new byte[SIZE];
    new SplittableRandom(7).nextBytes(content);
    Crc32c crc = Crc32c.of(ByteBuffer.wrap(content));
    try (LocalS3 s3 = LocalS3.start();
        LocalGcs gcs = LocalGcs.start()) {
      s3.createBucket("left", Versioning.UNVERSIONED);
      gcs.createBucket("right", BucketSettings.DEFAULT);
      s3.put("left", "there", content);

      String there = child(s3, gcs, "left-to-right", "there");

      assertThat(there).contains("\"outcome\":\"copied\"").contains("\"proof\"");
      try (ObjectStore right =
          GcsObjectStore.open(
              GcsStoreSettings.from(Map.of(GcsStoreSettings.EMULATOR_VARIABLE, gcs.endpoint())))) {
        holds(right, new BucketLocation("gs", "right").object("there"), crc);
      }
      s3.delete("left", "there");

      String back = child(s3, gcs, "right-to-left", "there");

      assertThat(back).contains("\"outcome\":\"copied\"");
      assertThat(s3.openUploads("left")).isEmpty();
      try (ObjectStore left =
          S3ObjectStore.open(
              new S3StoreSettings(
                  Optional.of(URI.create(s3.endpoint())),
                  Optional.of(s3.region()),
                  S3StoreSettings.Addressing.AUTOMATIC,
                  new S3Credentials.Keys("id", "secret", Optional.empty()),
                  S3Quirks.NONE))) {
        holds(left, new BucketLocation("s3", "left").object("there"), crc);
      }
    }
  }

  private static void holds(ObjectStore store, ObjectLocation location, Crc32c crc) {
    ObjectSnapshot there = store.observe(location).object().orElseThrow();
    assertThat(there.size()).isEqualTo(SIZE);
    assertThat(there.crc()).hasValue(crc);
  }

  private static String child(LocalS3 s3, LocalGcs gcs, String direction, String key)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                CarriesOneObject.class.getName(),
                direction,
                key,
                Integer.toString(SIZE)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "TWINBUCKET_LEFT", "s3://left",
                "TWINBUCKET_RIGHT", "gs://right",
                "TWINBUCKET_DIRECTION", direction,
                "TWINBUCKET_STATE", "memory:",
                "AWS_ENDPOINT_URL_S3", s3.endpoint(),
                "AWS_REGION", s3.region(),
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "STORAGE_EMULATOR_HOST", gcs.endpoint()));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    System.out.println(
        output.lines().filter(line -> line.startsWith("heap")).findFirst().orElse(output));
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
