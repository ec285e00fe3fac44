package dev.twinbucket.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.state.StateException;
import dev.twinbucket.state.StateStore;
import dev.twinbucket.store.Upload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointTextTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00.123Z");

  @Test
  void whatWasWrittenIsReadBack() {
    Checkpoint checkpoint = largest("k", "id");

    assertThat(CheckpointText.read(CheckpointText.write(checkpoint))).isEqualTo(checkpoint);
    Checkpoint least =
        new Checkpoint(
            ObjectVersion.named("1", "2"),
            "likeness",
            new BucketLocation("gs", "b").object("k"),
            Optional.empty(),
            Proof.READ_AND_DESTINATION,
            Checkpoint.Phase.SUM,
            Optional.empty(),
            List.of(),
            "w.1",
            NOW,
            Optional.empty(),
            1,
            0,
            0,
            0,
            Ranges.untouched(new TransferPlan(7, 3)));
    assertThat(CheckpointText.read(CheckpointText.write(least))).isEqualTo(least);
  }

  @Test
  void theLargestRowFitsIntoEveryStateStore() {
    String worstKey = "\u0007".repeat(1024);
    String row = CheckpointText.write(largest(worstKey, "i".repeat(1024)));

    assertThat(row.getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(StateStore.LONGEST_VALUE);
    System.out.println("largest row of a transfer: " + row.length() + " bytes");
  }

  @Test
  void aDamagedRowIsAnErrorAndNeverTheAbsenceOfATransfer() {
    for (String text :
        List.of("", "{}", "[]", "{\"v\":2}", "{\"v\":1}", "{\"v\":1,\"size\":1,\"partSize\":0}")) {
      assertThatThrownBy(() -> CheckpointText.read(text)).isInstanceOf(StateException.class);
    }
  }

  private static Checkpoint largest(String key, String id) {
    TransferPlan plan = new TransferPlan(5L << 40, 525L << 20);
    List<Range> ranges = new ArrayList<>();
    Lease lease = Lease.of("o".repeat(13), NOW, "m".repeat(64));
    int left = plan.parts();
    for (int i = 1; i < Ranges.MOST; i++) {
      ranges.add(
          switch (i % 5) {
            case 0 -> new Range(7, new Range.Done(Optional.of(new Crc32c(i))));
            case 1 -> new Range(7, Range.FRESH);
            default -> new Range(7, new Range.Taken(lease));
          });
      left -= 7;
    }
    ranges.add(new Range(left, new Range.Done(Optional.empty())));
    ObjectLocation destination = new BucketLocation("gs", "b".repeat(222)).object(key);
    Upload upload =
        new Upload(destination, destination.bucket().object(".twinbucket/staging/n"), id);
    return new Checkpoint(
        new ObjectVersion("v".repeat(1024), "e".repeat(40), "r".repeat(16), 1),
        "likeness",
        destination,
        Optional.of(new Crc32c(1)),
        Proof.SOURCE_AND_DESTINATION,
        Checkpoint.Phase.MOVE,
        Optional.of(upload),
        List.of(upload, upload, upload, upload),
        "w.1",
        NOW,
        Optional.of(lease),
        128,
        3,
        1,
        12_345,
        new Ranges(plan, ranges));
  }
}
