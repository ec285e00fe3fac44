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
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.PartBody;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadedPart;
import dev.twinbucket.store.WriteCondition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that are written in parts. */
abstract class UploadsContract extends UploadFixture {
  // One object of parts

  @Test
  void nothingIsVisibleBeforeTheCompletionAndThenEverythingIs() {
    uploads(
        () -> {
          ObjectLocation at = bucket.object("large");
          Provenance stamp = stamp(at, RICH, WHOLE);
          Upload upload = begin(at, RICH, Optional.of(stamp));
          List<UploadedPart> parts = sendAll(upload);
          assertThat(store.observe(at)).isInstanceOf(Observation.Absent.class);

          ObjectVersion written =
              complete(upload, parts, RICH, Optional.of(stamp), WriteCondition.ifAbsent());

          ObjectSnapshot seen = look(at);
          assertThat(seen.version().sameAs(written)).as("%s as written %s", seen, written).isTrue();
          assertThat(seen.size()).isEqualTo(WHOLE.length);
          assertThat(seen.provenance()).contains(stamp);
          assertThat(seen.attributes()).isEqualTo(RICH);
          assertThat(read(ReadRequest.current(at))).isEqualTo(WHOLE);
          assertThat(read(ReadRequest.range(at, seen.version(), FIRST.length - 3, 6)))
              .isEqualTo(Arrays.copyOfRange(WHOLE, FIRST.length - 3, FIRST.length + 3));
          assertThat(keys(store.list(ListRequest.first(bucket, "")))).containsExactly("large");
          assertThat(open()).isEmpty();
        });
  }

  @Test
  void theWholeHasTheChecksumOfItsBytesAndNoMd5() {
    uploads(
        Deviation.KEEPS_NO_WHOLE_CRC32C,
        () -> {
          ObjectLocation at = uploaded("checked");
          assertThat(look(at).crc()).contains(crc(WHOLE));
          assertThat(look(at).md5()).isEmpty();
        });
  }

  @Test
  void partsMayComeInAnyOrderAndAgain() {
    uploads(
        () -> {
          ObjectLocation at = bucket.object("mixed");
          Upload upload = begin(at);
          send(upload, 7, LAST);
          send(upload, 2, new byte[FIRST.length]);
          send(upload, 2, FIRST);
          complete(upload, uploads().parts(upload), WriteCondition.ifAbsent());
          assertThat(read(ReadRequest.current(at))).isEqualTo(WHOLE);
        });
  }

  @Test
  void whatHasArrivedIsListed() {
    uploads(
        () -> {
          Upload upload = begin(bucket.object("listed"));
          assertThat(uploads().parts(upload)).isEmpty();
          UploadedPart second = send(upload, 2, LAST);
          UploadedPart first = send(upload, 1, V1);
          List<UploadedPart> listed = uploads().parts(upload);
          assertThat(listed.stream().map(UploadsContract::bare).toList())
              .containsExactly(bare(first), bare(second));
          assertThat(first.crc()).contains(crc(V1));
          listed.forEach(
              part ->
                  part.crc()
                      .ifPresent(
                          crc -> assertThat(crc).isEqualTo(crc(part.number() == 1 ? V1 : LAST))));
        });
  }

  private static UploadedPart bare(UploadedPart part) {
    return new UploadedPart(part.number(), part.size(), part.etag(), Optional.empty());
  }

  @Test
  void aListingOfManyPartsIsWhole() {
    uploads(
        () -> {
          Upload upload = begin(bucket.object("many"));
          List<Callable<UploadedPart>> senders = new ArrayList<>();
          for (int number = 1; number <= 1003; number++) {
            int part = number;
            senders.add(() -> send(upload, part, new byte[] {(byte) part}));
          }
          try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<UploadedPart> sent : threads.invokeAll(senders)) {
              sent.get();
            }
          }
          assertThat(uploads().parts(upload).stream().map(UploadedPart::number))
              .containsExactlyElementsOf(IntStream.rangeClosed(1, 1003).boxed().toList());
          uploads().abort(upload);
        });
  }

  @Test
  void aPartOfABufferOnOrOffTheHeapIsSentAsPart() {
    uploads(
        () -> {
          ByteBuffer slice = ByteBuffer.wrap(WHOLE).slice(1, 10);
          ByteBuffer direct = ByteBuffer.allocateDirect(12).put(1, WHOLE, 1, 10);
          direct.position(1).limit(11);
          for (ByteBuffer content : List.of(slice, direct)) {
            ObjectLocation at = bucket.object("buffer-" + content.isDirect());
            Upload upload = begin(at);
            int position = content.position();
            UploadedPart part =
                uploads().putPart(upload, 1, new PartBody(content, Crc32c.of(content)));
            assertThat(content.position()).isEqualTo(position);
            byte[] sent = Arrays.copyOfRange(WHOLE, 1, 11);
            uploads().complete(completion(upload, List.of(part), sent, WriteCondition.ifAbsent()));
            assertThat(read(ReadRequest.current(at))).isEqualTo(sent);
          }
        });
  }

  @Test
  void attributesOfEveryKindArriveAsTheyAre() {
    uploads(
        Deviation.LOSES_UPLOAD_ATTRIBUTES,
        () -> {
          ObjectAttributes odd =
              new ObjectAttributes(
                  new SystemHeaders("text/plain", "", "", "", "", "", "", "2026-01-02T03:04:05Z"),
                  Map.of(
                      "Mixed-Case",
                      "x",
                      "plain",
                      "a=b;c%20d+e",
                      "accent",
                      "\u00e9\u4e2d",
                      "long",
                      "z".repeat(500)),
                  Map.of("tag", "one & two"));
          ObjectLocation at = bucket.object("described");
          Provenance stamp = stamp(at, odd, WHOLE);
          Upload upload = begin(at, odd, Optional.of(stamp));
          ObjectVersion written =
              complete(upload, sendAll(upload), odd, Optional.of(stamp), WriteCondition.ifAbsent());
          ObjectSnapshot seen = look(at);
          assertThat(seen.attributes()).isEqualTo(odd);
          assertThat(seen.provenance()).contains(stamp);
          assertThat(seen.version().sameAs(written)).isTrue();
        });
  }

  @Test
  void theStampMayComeWithTheCompletionWhereTheStoreSaysSo() {
    uploads(
        () -> {
          if (!store.capabilities().stampsAtCompletion()) {
            return;
          }
          ObjectLocation at = bucket.object("stamped-late");
          Upload upload = begin(at, RICH, Optional.empty());
          List<UploadedPart> parts = sendAll(upload);
          Provenance stamp = stamp(at, RICH, WHOLE);
          ObjectVersion written =
              complete(upload, parts, RICH, Optional.of(stamp), WriteCondition.ifAbsent());
          assertThat(look(at).provenance()).contains(stamp);
          assertThat(look(at).version().sameAs(written)).isTrue();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b+c%2F", "\u00e9\ud83d\ude00", "dir/sub/x", "quote\"<&>'"})
  void oddKeysAreUploadedToAsTheyAre(String key) {
    uploads(
        () -> {
          ObjectLocation at = uploaded(key);
          assertThat(read(ReadRequest.current(at))).isEqualTo(WHOLE);
          assertThat(keys(store.list(ListRequest.first(bucket, "")))).containsExactly(key);
        });
  }

  @Test
  void anUploadToABucketThatIsNotThereIsNotBegun() {
    uploads(
        Deviation.HIDES_MISSING_BUCKET,
        () ->
            assertThatThrownBy(
                    () -> begin(new BucketLocation(bucket.store(), "no-such-bucket").object("x")))
                .isInstanceOf(StoreException.BucketNotFound.class));
  }

  // Integrity

  @Test
  void aPartThatIsNotTheAnnouncedOneIsNotKept() {
    uploads(
        Deviation.ACCEPTS_WRONG_CHECKSUM,
        () -> {
          Upload upload = begin(bucket.object("damaged"));
          PartBody damaged = new PartBody(ByteBuffer.wrap(V1), crc(V2));
          assertThatThrownBy(() -> uploads().putPart(upload, 1, damaged))
              .isInstanceOf(StoreException.IntegrityMismatch.class);
          assertThat(uploads().parts(upload)).isEmpty();
        });
  }

  @Test
  void aWholeThatIsNotTheAnnouncedOneNeverBecomesVisible() {
    uploads(
        Deviation.ACCEPTS_WRONG_WHOLE,
        () -> {
          ObjectLocation at = bucket.object("damaged");
          Upload upload = begin(at);
          List<UploadedPart> parts = sendAll(upload);
          byte[] other = WHOLE.clone();
          other[5]++;
          assertThatThrownBy(
                  () ->
                      uploads()
                          .complete(completion(upload, parts, other, WriteCondition.ifAbsent())))
              .isInstanceOf(StoreException.IntegrityMismatch.class);
          assertThat(store.observe(at)).isInstanceOf(Observation.Absent.class);
          uploads().abort(upload);
          assertThat(open()).isEmpty();
        });
  }

  @Test
  void aWholeOfAnotherSizeNeverBecomesVisible() {
    uploads(
        () -> {
          ObjectLocation at = bucket.object("short");
          Upload upload = begin(at);
          List<UploadedPart> parts = sendAll(upload);
          assertThatThrownBy(() -> complete(upload, parts.subList(0, 1), WriteCondition.ifAbsent()))
              .isInstanceOf(StoreException.IntegrityMismatch.class);
          assertThat(store.observe(at)).isInstanceOf(Observation.Absent.class);
        });
  }

  @Test
  void aPartThatWasReplacedSinceIsNotTakenForTheOldOne() {
    uploads(
        () -> {
          ObjectLocation at = bucket.object("replaced");
          Upload upload = begin(at);
          List<UploadedPart> parts = sendAll(upload);
          send(upload, 2, Arrays.copyOf(V2, LAST.length));
          assertThatThrownBy(() -> complete(upload, parts, WriteCondition.ifAbsent()))
              .isInstanceOf(StoreException.class);
          assertThat(store.observe(at)).isInstanceOf(Observation.Absent.class);
        });
  }

  @Test
  void aSmallPartBeforeTheLastIsRefused() {
    uploads(
        Deviation.TAKES_SMALL_PARTS,
        () -> {
          ObjectLocation at = bucket.object("small-parts");
          Upload upload = begin(at);
          List<UploadedPart> parts = List.of(send(upload, 1, V1), send(upload, 2, V1));
          byte[] whole = bytes("version oneversion one");
          assertThatThrownBy(
                  () ->
                      uploads()
                          .complete(completion(upload, parts, whole, WriteCondition.ifAbsent())))
              .isInstanceOf(StoreException.InvalidRequest.class);
          assertThat(store.observe(at)).isInstanceOf(Observation.Absent.class);
        });
  }
}
