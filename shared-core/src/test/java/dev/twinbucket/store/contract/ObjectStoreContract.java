package dev.twinbucket.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every adapter must do. */
abstract class ObjectStoreContract {
  protected abstract ObjectStore store();

  protected abstract BucketLocation bucket();

  @Test
  void roundTrip() throws IOException {
    ObjectLocation at = bucket().object("a/b c+d%20é.txt");
    assertThat(store().observe(at)).isEqualTo(new Observation.Absent(at));
    ObjectAttributes attributes =
        new ObjectAttributes(
            new SystemHeaders(
                "text/plain",
                "no-cache",
                "attachment",
                "",
                "de",
                "Wed, 21 Oct 2026 07:28:00 GMT",
                "/x",
                "2026-01-01T00:00:00Z"),
            Map.of("plain", "value", "Mixed", "Ünï", "blank", " x "),
            Map.of("t1", "v1", "t 2", "v/2"));
    Provenance stamp =
        new Provenance(
            Provenance.originOf(at),
            ObjectVersion.named("1", "2"),
            new Crc32c(5),
            attributes.digest(),
            "w1");
    byte[] bytes = "hello".getBytes(StandardCharsets.UTF_8);
    ObjectVersion version =
        store()
            .put(
                new PutRequest(
                    at,
                    ByteBuffer.wrap(bytes),
                    Crc32c.of(ByteBuffer.wrap(bytes)),
                    attributes,
                    Optional.of(stamp),
                    WriteCondition.ifAbsent(),
                    Placement.DEFAULT));
    ObjectSnapshot seen = store().observe(at).object().orElseThrow();
    assertThat(seen.version().sameAs(version)).as(seen.version() + " " + version).isTrue();
    assertThat(seen.attributes()).isEqualTo(attributes);
    assertThat(seen.provenance()).contains(stamp);
    assertThat(seen.crc()).contains(Crc32c.of(ByteBuffer.wrap(bytes)));
    try (ObjectContent content = store().read(ReadRequest.current(at))) {
      assertThat(content.snapshot()).isEqualTo(seen);
      assertThat(content.body().readAllBytes()).isEqualTo(bytes);
    }
    try (ObjectContent content = store().read(ReadRequest.range(at, seen.version(), 1, 3))) {
      assertThat(content.snapshot().size()).isEqualTo(5);
      assertThat(content.body().readAllBytes()).asString().isEqualTo("ell");
    }
    ObjectVersion changed =
        store()
            .updateAttributes(
                new AttributesUpdate(
                    seen,
                    new ObjectAttributes(
                        new SystemHeaders(
                            "text/html", "", "", "", "", "", "", "2026-01-01T00:00:00Z"),
                        Map.of("plain", "other"),
                        Map.of()),
                    stamp,
                    Placement.DEFAULT));
    ObjectSnapshot after = store().observe(at).object().orElseThrow();
    assertThat(after.version().sameAs(changed)).isTrue();
    assertThat(after.attributes().userMetadata()).isEqualTo(Map.of("plain", "other"));
    assertThat(after.attributes().tags()).isEmpty();
    assertThat(after.attributes().system().contentType()).isEqualTo("text/html");
    assertThat(after.attributes().system().cacheControl()).isEmpty();
    assertThat(store().list(ListRequest.first(bucket(), "a/")).objects())
        .extracting(ListPage.Listed::key)
        .containsExactly(at.key());
    assertThatThrownBy(
            () ->
                store()
                    .delete(
                        at, WriteCondition.ifUnchanged(new ObjectVersion("77", "nope", "5", -1))))
        .isInstanceOf(StoreException.ConditionFailed.class);
    store().delete(at, WriteCondition.ifUnchanged(after.version()));
    assertThat(store().observe(at)).isEqualTo(new Observation.Absent(at));
    assertThatThrownBy(() -> store().read(ReadRequest.current(at)))
        .isInstanceOf(StoreException.ObjectNotFound.class);
    assertThatThrownBy(
            () ->
                store().observe(new BucketLocation(bucket().store(), "no-such-bucket").object("k")))
        .isInstanceOf(StoreException.BucketNotFound.class);
  }
}
