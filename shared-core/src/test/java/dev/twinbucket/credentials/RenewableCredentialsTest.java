package dev.twinbucket.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.twinbucket.time.TestingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class RenewableCredentialsTest {
  private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");

  private final TestingClock clock = new TestingClock(START);
  private final AtomicInteger fetches = new AtomicInteger();
  private Optional<Duration> lifetime = Optional.of(Duration.ofHours(1));
  private boolean isDown;
  private String key = "";
  private final RenewableCredentials credentials = new RenewableCredentials(this::fetch, clock);

  private AwsCredentials fetch() {
    int number = fetches.incrementAndGet();
    if (isDown) {
      throw SdkClientException.create("down");
    }
    AwsSessionCredentials.Builder next =
        AwsSessionCredentials.builder()
            .accessKeyId(key.isEmpty() ? "id-" + number : key)
            .secretAccessKey("secret")
            .sessionToken("token");
    lifetime.ifPresent(time -> next.expirationTime(clock.instant().plus(time)));
    return next.build();
  }

  private String id() {
    return credentials.resolveCredentials().accessKeyId();
  }

  private static AwsServiceException refusal(int status, String code) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }

  /** A service that takes one key only; every key that was shown to it is listed. */
  private String call(List<String> shown, String taken) {
    return credentials.asking(
        () -> {
          String id = id();
          shown.add(id);
          if (!id.equals(taken)) {
            throw refusal(403, "InvalidAccessKeyId");
          }
          return "done";
        });
  }

  @Test
  void theyAreFetchedOnceAndKept() {
    assertThat(id()).isEqualTo("id-1");
    clock.advance(Duration.ofMinutes(54));
    assertThat(id()).isEqualTo("id-1");
    assertThat(fetches).hasValue(1);
  }

  @Test
  void theyAreFetchedAnewBeforeTheyExpire() {
    id();
    clock.advance(Duration.ofMinutes(55));

    assertThat(id()).isEqualTo("id-2");
  }

  @Test
  void aFetchThatFailsLeavesThoseInUseThatAreStillValid() {
    id();
    clock.advance(Duration.ofMinutes(55));
    isDown = true;

    assertThat(id()).isEqualTo("id-1");
    assertThat(id()).isEqualTo("id-1");
    assertThat(fetches).as("one attempt a minute, not one a request").hasValue(2);
    isDown = false;
    clock.advance(Duration.ofMinutes(1));
    assertThat(id()).isEqualTo("id-3");
  }

  @Test
  void theyAreNotUsedOnceTheyMayExpireOnTheWay() {
    id();
    isDown = true;
    clock.advance(Duration.ofMinutes(60).minusSeconds(30));

    assertThatExceptionOfType(SdkClientException.class).isThrownBy(this::id);
    isDown = false;
    assertThat(id()).as("the next one who asks is served").isEqualTo("id-3");
  }

  @Test
  void thoseThatDoNotSayWhenTheyExpireAreReadAgainAfterAWhile() {
    lifetime = Optional.empty();
    id();
    clock.advance(Duration.ofMinutes(15));

    assertThat(id()).isEqualTo("id-2");
  }

  @Test
  void aRefusalBringsOthersAndTheCallIsMadeOnceMore() {
    List<String> shown = new ArrayList<>();
    call(new ArrayList<>(), "id-1");
    clock.advance(Duration.ofMinutes(2));

    assertThat(call(shown, "id-2")).isEqualTo("done");
    assertThat(shown).containsExactly("id-1", "id-2");
  }

  @Test
  void aPermissionThatIsMissingCostsOneFetchAMinute() {
    id();
    for (int i = 0; i < 50; i++) {
      List<String> shown = new ArrayList<>();
      assertThatExceptionOfType(AwsServiceException.class).isThrownBy(() -> call(shown, "none"));
      assertThat(shown).hasSizeLessThanOrEqualTo(2);
      clock.advance(Duration.ofSeconds(6));
    }

    // Five minutes.
    assertThat(fetches).hasValueLessThanOrEqualTo(6);
  }

  @Test
  void theSameKeysAgainAreNoReasonToAskAgain() {
    key = "for-ever";
    id();
    clock.advance(Duration.ofMinutes(2));
    List<String> shown = new ArrayList<>();

    assertThatExceptionOfType(AwsServiceException.class).isThrownBy(() -> call(shown, "none"));
    assertThat(shown).hasSize(1);
    assertThat(fetches).hasValue(2);
  }

  @Test
  void whoeverIsRefusedWithOldOnesTriesTheNewOnesAtOnce() {
    id();
    clock.advance(Duration.ofMinutes(2));
    List<String> shown = new ArrayList<>();
    call(new ArrayList<>(), "id-2");

    String answer =
        credentials.asking(
            () -> {
              shown.add(id());
              if (shown.size() == 1) {
                // Meanwhile another thread's refusal has renewed them.
                clock.advance(Duration.ofMinutes(2));
                call(new ArrayList<>(), "id-3");
                throw refusal(400, "ExpiredToken");
              }
              return "done";
            });

    assertThat(answer).isEqualTo("done");
    assertThat(shown).containsExactly("id-2", "id-3");
    assertThat(fetches).hasValue(3);
  }

  @ParameterizedTest
  @CsvSource({
    "403,AccessDenied,true",
    "403,'',true",
    "401,'',true",
    "400,ExpiredToken,true",
    "400,ExpiredTokenException,true",
    "400,'',true",
    "400,EntityTooLarge,false",
    "404,NoSuchKey,false",
    "412,PreconditionFailed,false",
    "503,SlowDown,false",
  })
  void onlyWhatOtherCredentialsCouldChangeIsARefusalOfTheCaller(
      int status, String code, boolean refused) {
    assertThat(Refusals.isOfCaller(refusal(status, code))).isEqualTo(refused);
  }

  @Test
  void anyNumberOfThreadsFetchThemOnce() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> ids = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        ids.add(threads.submit(this::id));
      }
      for (Future<String> id : ids) {
        assertThat(id.get()).isEqualTo("id-1");
      }
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void theyDoNotShow() {
    id();

    assertThat(credentials.toString()).doesNotContain("secret", "token", "id-1");
  }
}
