package dev.twinbucket.local.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.local.delivery.ShakyDelivery.Wrongs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShakyDeliveryTest {

  private static final List<Integer> SENT = IntStream.range(0, 500).boxed().toList();

  private static List<Integer> arrivals(Wrongs wrongs, long seed) {
    List<Integer> arrived = new ArrayList<>();
    ShakyDelivery<Integer> shaky = new ShakyDelivery<>(arrived::add, wrongs, seed);
    SENT.forEach(shaky);
    shaky.flush();
    assertThat(shaky.held()).isZero();
    assertThat(arrived.size()).isEqualTo(SENT.size() - shaky.dropped() + shaky.duplicated());
    return arrived;
  }

  @Test
  void withoutWrongsEverythingArrivesOnceAndInOrder() {
    assertThat(arrivals(Wrongs.NONE, 1)).isEqualTo(SENT);
  }

  @Test
  void atLeastOnceDoublesAndReordersButLosesNothing() {
    List<Integer> arrived = arrivals(Wrongs.AT_LEAST_ONCE, 2);
    assertThat(arrived).containsAll(SENT).hasSizeGreaterThan(SENT.size());
    assertThat(arrived.stream().distinct().toList()).isNotEqualTo(SENT);
  }

  @Test
  void aLossyChannelLosesSome() {
    assertThat(arrivals(new Wrongs(0.2, 0, 0), 3))
        .hasSizeBetween(SENT.size() / 2, SENT.size() - 1)
        .isSubsetOf(SENT);
  }

  @Test
  void equalSeedsGiveEqualRuns() {
    Wrongs wrongs = new Wrongs(0.1, 0.2, 0.4);
    assertThat(arrivals(wrongs, 4))
        .isEqualTo(arrivals(wrongs, 4))
        .isNotEqualTo(arrivals(wrongs, 5));
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThatThrownBy(() -> new Wrongs(Double.NaN, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
