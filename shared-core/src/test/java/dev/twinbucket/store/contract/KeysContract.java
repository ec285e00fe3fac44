package dev.twinbucket.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.object.KeyOrder;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException.InvalidRequest;
import dev.twinbucket.store.WriteCondition;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys are taken as they are, or refused by name. */
abstract class KeysContract extends ConditionsContract {
  static List<String> allKeys() {
    return OddKeys.all().toList();
  }

  static List<String> impossibleKeys() {
    return OddKeys.nowhere();
  }

  @ParameterizedTest
  @MethodSource("allKeys")
  void aKeyIsTakenExactlyAsItIs(String key) {
    ObjectLocation at = bucket.object(key);
    if (backend.cloud() == StoreBackend.Cloud.GCS && OddKeys.onlyOnS3().contains(key)) {
      assertRefusedBeforehand(at);
      return;
    }
    fails(
        backend.impossibleKeys().contains(key),
        "the key " + key,
        () -> {
          byte[] content = bytes("content of " + key);
          Provenance stamp = stamp(at, RICH, content);
          ObjectVersion written =
              put(at, content, ObjectAttributes.NONE, WriteCondition.ifAbsent(), stamp);
          assertThat(look(at).version().sameAs(written)).isTrue();
          assertThat(read(ReadRequest.current(at))).isEqualTo(content);
          assertThat(read(ReadRequest.range(at, look(at).version(), 3, 4)))
              .isEqualTo(Arrays.copyOfRange(content, 3, 7));
          assertThat(keys(store.list(ListRequest.first(bucket, "")))).containsExactly(key);
          update(look(at), ObjectAttributes.NONE);
          store.delete(at, WriteCondition.ifUnchanged(look(at).version()));
          assertThat(store.observe(at)).isInstanceOf(Observation.Absent.class);
        });
  }

  @ParameterizedTest
  @MethodSource("impossibleKeys")
  void aKeyThatNoCloudHoldsIsRefusedBeforeAnyRequest(String key) {
    assertRefusedBeforehand(bucket.object(key));
  }

  private void assertRefusedBeforehand(ObjectLocation at) {
    long before = backend.requests().orElse(0);
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> store.observe(at),
            () -> store.read(ReadRequest.current(at)),
            () -> put(at, V1, ObjectAttributes.NONE, WriteCondition.ifAbsent()),
            () -> store.delete(at, WriteCondition.ifUnchanged(someVersion())))) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              InvalidRequest.class, e -> assertThat(e.kind()).isEqualTo(InvalidRequest.Kind.KEY));
    }
    assertThat(backend.requests().orElse(0)).isEqualTo(before);
  }

  @Test
  void oddKeysLiveSideBySideAndAreListedInTheOrderOfTheirBytes() {
    List<String> keys =
        OddKeys.portable().stream()
            .filter(key -> !backend.impossibleKeys().contains(key))
            .sorted(KeyOrder.UTF_8)
            .toList();
    keys.forEach(key -> create(key, bytes("content of " + key)));
    unless(
        Deviation.LISTS_ODD_KEYS_WRONGLY,
        () -> assertThat(keys(store.list(ListRequest.first(bucket, "")))).isEqualTo(keys));
    for (String key : keys) {
      assertThat(look(bucket.object(key)).size()).isEqualTo(bytes("content of " + key).length);
    }
  }
}
