package dev.twinbucket.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.WriteCondition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A server, a bucket for each test, and what the tests of a store are made of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreFixture {
  static final byte[] V1 = bytes("version one");
  static final byte[] V2 = bytes("version two, which is longer");
  static final ObjectAttributes RICH =
      new ObjectAttributes(
          new SystemHeaders(
              "text/plain; charset=utf-8",
              "public, max-age=3600",
              "attachment; filename=\"a b.txt\"",
              "",
              "de",
              "Wed, 21 Oct 2026 07:28:00 GMT",
              "/elsewhere",
              "2026-01-02T03:04:05Z"),
          Map.of("colour", "green", "two-words", "a  b; c=d, e"),
          Map.of());

  final AtomicInteger writes = new AtomicInteger();
  StoreBackend backend;
  ObjectStore store;
  BucketLocation bucket;

  /** Starts the server, or finds it running. */
  abstract StoreBackend start() throws Exception;

  @BeforeAll
  void startBackend() throws Exception {
    backend = start();
    store = backend.store();
  }

  @AfterAll
  void stopBackend() {
    if (backend != null) {
      backend.close();
    }
  }

  @BeforeEach
  void createBucket() {
    bucket = backend.newBucket(false);
  }

  interface Check {
    void run() throws Exception;
  }

  /** Runs the check, or asserts that it fails if the server declares that deviation. */
  void unless(Deviation deviation, Check check) {
    fails(backend.deviations().contains(deviation), deviation.name(), check);
  }

  /** The same for a check that fails on servers that declare any of the deviations. */
  void unless(List<Deviation> deviations, Check check) {
    unless(
        deviations.stream()
            .filter(backend.deviations()::contains)
            .findFirst()
            .orElse(deviations.getFirst()),
        check);
  }

  static void fails(boolean declared, String what, Check check) {
    Throwable failure = null;
    try {
      check.run();
    } catch (Exception | AssertionError e) {
      failure = e;
    }
    if (declared) {
      assertThat(failure)
          .as("%s is declared as a deviation, but works: take it off the list", what)
          .isNotNull();
    } else if (failure != null) {
      throw new AssertionError(what + ": " + failure.getMessage(), failure);
    }
  }

  ObjectLocation create(String key, byte[] content) {
    ObjectLocation at = bucket.object(key);
    put(at, content, ObjectAttributes.NONE, WriteCondition.ifAbsent());
    return at;
  }

  ObjectVersion put(
      ObjectLocation at, byte[] content, ObjectAttributes attributes, WriteCondition condition) {
    return put(at, content, attributes, condition, null);
  }

  ObjectVersion put(
      ObjectLocation at,
      byte[] content,
      ObjectAttributes attributes,
      WriteCondition condition,
      Provenance stamp) {
    return store.put(
        new PutRequest(
            at,
            ByteBuffer.wrap(content),
            crc(content),
            attributes,
            Optional.ofNullable(stamp),
            condition,
            Placement.DEFAULT));
  }

  static PutRequest request(
      ObjectLocation at, byte[] content, Crc32c crc, WriteCondition condition) {
    return new PutRequest(
        at,
        ByteBuffer.wrap(content),
        crc,
        ObjectAttributes.NONE,
        Optional.empty(),
        condition,
        Placement.DEFAULT);
  }

  ObjectVersion update(ObjectSnapshot current, ObjectAttributes attributes) {
    return store.updateAttributes(
        new AttributesUpdate(
            current, attributes, stamp(current.location(), attributes, V1), Placement.DEFAULT));
  }

  ObjectSnapshot look(ObjectLocation at) {
    return store.observe(at).object().orElseThrow(() -> new AssertionError(at + " is absent"));
  }

  byte[] read(ReadRequest request) throws IOException {
    try (ObjectContent content = store.read(request)) {
      return content.body().readAllBytes();
    }
  }

  Provenance stamp(ObjectLocation at, ObjectAttributes attributes, byte[] content) {
    return new Provenance(
        Provenance.originOf(at),
        someVersion(),
        crc(content),
        attributes.digest(),
        "write-" + writes.incrementAndGet());
  }

  ObjectVersion someVersion() {
    return backend.cloud() == StoreBackend.Cloud.S3
        ? new ObjectVersion("", "0123456789abcdef0123456789abcdef", "revision", 1_700_000_000L)
        : ObjectVersion.named("1700000000000000", "1");
  }

  static List<String> keys(ListPage page) {
    return page.objects().stream().map(ListPage.Listed::key).toList();
  }

  static Crc32c crc(byte[] content) {
    return Crc32c.of(ByteBuffer.wrap(content));
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
