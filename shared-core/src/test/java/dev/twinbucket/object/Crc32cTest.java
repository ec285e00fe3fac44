package dev.twinbucket.object;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Crc32cTest {
  private static final long SEED = Long.getLong("twinbucket.seed", 20261121L);

  @Test
  void theCheckValueOfTheAlgorithmIsRight() {
    Crc32c crc = Crc32c.of(ByteBuffer.wrap("123456789".getBytes(US_ASCII)));

    assertThat(crc.value()).isEqualTo(0xE3069283);
    assertThat(crc.base64()).isEqualTo("4waSgw==");
    assertThat(Crc32c.of(ByteBuffer.allocate(0))).isEqualTo(Crc32c.EMPTY);
  }

  @Test
  void appendingIsTheSameAsReadingBothAtOnce() {
    System.out.println("Crc32cTest: -Dtwinbucket.seed=" + SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(5000)];
      random.nextBytes(bytes);
      int cut = random.nextInt(bytes.length + 1);
      Crc32c head = Crc32c.of(ByteBuffer.wrap(bytes, 0, cut));
      Crc32c tail = Crc32c.of(ByteBuffer.wrap(bytes, cut, bytes.length - cut));

      assertThat(head.append(tail, bytes.length - cut))
          .isEqualTo(Crc32c.of(ByteBuffer.wrap(bytes)));
    }
  }

  @Test
  void appendingIsAssociativeFarBeyondWhatCouldBeRead() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 500; i++) {
      Crc32c a = new Crc32c(random.nextInt());
      Crc32c b = new Crc32c(random.nextInt());
      Crc32c c = new Crc32c(random.nextInt());
      long lengthB = random.nextLong(1L << 45);
      long lengthC = random.nextLong(1L << 45);

      assertThat(a.append(b, lengthB).append(c, lengthC))
          .isEqualTo(a.append(b.append(c, lengthC), lengthB + lengthC));
    }
  }

  @Test
  void appendingNothingChangesNothing() {
    Crc32c crc = new Crc32c(0x12345678);

    assertThat(crc.append(Crc32c.EMPTY, 0)).isEqualTo(crc);
    assertThat(Crc32c.EMPTY.append(crc, 17)).isEqualTo(crc);
    assertThatThrownBy(() -> crc.append(crc, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theCloudsSpellingIsReadBack() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 1000; i++) {
      Crc32c crc = new Crc32c(random.nextInt());
      assertThat(Crc32c.parse(crc.base64())).isEqualTo(crc);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "AAAAAAA=", "!!!!", "4waSgw==-3"})
  void whatIsNoChecksumIsRefused(String text) {
    assertThatThrownBy(() -> Crc32c.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
