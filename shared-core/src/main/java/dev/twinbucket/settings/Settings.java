package dev.twinbucket.settings;

import dev.twinbucket.rule.RuleSet;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be configured. Credentials and endpoints of the clouds themselves are not
 * here: they come from the SDKs' own variables.
 *
 * @param rules what is replicated
 * @param endpoints the S3-compatible endpoints by the names that rules use
 * @param state where state is kept
 * @param deadLetterQueue URL of the SQS queue for what can never work
 * @param deadLetterTopic Pub/Sub topic for what can never work
 * @param workQueue URL of the SQS queue for continuations
 * @param workTopic Pub/Sub topic for continuations
 * @param smallObjectBytes up to which size an object is copied in one request each way, 0 to 64 MiB
 * @param largeObjects how larger ones are carried
 * @param logLevel the least important log lines that are still written
 * @param maxEventBytes up to which size a notification is read, 1 KiB to 16 MiB
 * @param functionTimeout after which Google cuts an invocation off, 1 to 3,600 seconds
 * @param googleCredentials a credential configuration for Google Cloud, as JSON; may hold a secret
 * @param awsWebIdentityAudience the audience of the identity token with which a role on AWS is
 *     taken on
 */
public record Settings(
    RuleSet rules,
    Map<String, Endpoint> endpoints,
    StateLocation state,
    Optional<String> deadLetterQueue,
    Optional<String> deadLetterTopic,
    Optional<String> workQueue,
    Optional<String> workTopic,
    int smallObjectBytes,
    LargeObjectSettings largeObjects,
    LogLevel logLevel,
    int maxEventBytes,
    Duration functionTimeout,
    Optional<String> googleCredentials,
    Optional<String> awsWebIdentityAudience) {

  /** The name of the rule that two variables make. */
  public static final String PAIR = "pair";

  /** Where {@link #smallObjectBytes} stands if nobody says otherwise. */
  public static final int DEFAULT_SMALL_OBJECT_BYTES = 8 << 20;

  /** Where {@link #maxEventBytes} stands if nobody says otherwise. */
  public static final int DEFAULT_MAX_EVENT_BYTES = 1 << 20;

  /** Where {@link #functionTimeout} stands if nobody says otherwise: the most that events get. */
  public static final Duration DEFAULT_FUNCTION_TIMEOUT = Duration.ofMinutes(9);

  static final int LARGEST_SMALL_OBJECT = 64 << 20;
  static final int SMALLEST_MAX_EVENT = 1 << 10;
  static final int LARGEST_MAX_EVENT = 16 << 20;

  public Settings {
    endpoints = Map.copyOf(endpoints);
  }

  /**
   * Reads the settings.
   *
   * @param environment of the process; a variable that does not begin with {@code TWINBUCKET_} is
   *     looked at only where a document names it
   * @param documents where documents come from that the environment only points at
   * @throws SettingsException with every problem that there is; nothing else is thrown
   */
  public static Settings read(Map<String, String> environment, DocumentSource documents) {
    return new SettingsReader(environment, documents).read();
  }

  /** Without what may be a secret. */
  @Override
  public String toString() {
    return "Settings[rules=%s, endpoints=%s, state=%s, smallObjectBytes=%d, logLevel=%s]"
        .formatted(rules.rules(), endpoints.keySet(), state, smallObjectBytes, logLevel);
  }
}
