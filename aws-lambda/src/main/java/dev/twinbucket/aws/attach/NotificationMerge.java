package dev.twinbucket.aws.attach;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfigurationFilter;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3KeyFilter;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

/**
 * Our entry in a bucket's notification configuration: what others put there stays as it is and in
 * its order.
 */
final class NotificationMerge {
  /** Everything after which a replica may have to change. */
  static final List<String> EVENTS =
      List.of(
          "s3:ObjectCreated:*",
          "s3:ObjectRemoved:*",
          "s3:ObjectTagging:*",
          "s3:ObjectRestore:Completed",
          "s3:LifecycleExpiration:*");

  private NotificationMerge() {}

  /** The configuration with our entry in it, in place of an earlier one of the same name. */
  static NotificationConfiguration with(NotificationConfiguration current, Attachment ours) {
    NotificationConfiguration others = without(current, ours.id());
    NotificationConfiguration.Builder merged = others.toBuilder();
    NotificationConfigurationFilter filter = filter(ours.prefix());
    switch (ours.target()) {
      case Target.Queue(String arn) ->
          merged.queueConfigurations(
              plus(
                  others.queueConfigurations(),
                  QueueConfiguration.builder()
                      .id(ours.id())
                      .queueArn(arn)
                      .eventsWithStrings(EVENTS)
                      .filter(filter)
                      .build()));
      case Target.Topic(String arn) ->
          merged.topicConfigurations(
              plus(
                  others.topicConfigurations(),
                  TopicConfiguration.builder()
                      .id(ours.id())
                      .topicArn(arn)
                      .eventsWithStrings(EVENTS)
                      .filter(filter)
                      .build()));
      case Target.Function(String arn) ->
          merged.lambdaFunctionConfigurations(
              plus(
                  others.lambdaFunctionConfigurations(),
                  LambdaFunctionConfiguration.builder()
                      .id(ours.id())
                      .lambdaFunctionArn(arn)
                      .eventsWithStrings(EVENTS)
                      .filter(filter)
                      .build()));
      case Target.EventBridge() ->
          merged.eventBridgeConfiguration(EventBridgeConfiguration.builder().build());
    }
    return merged.build();
  }

  /**
   * Whether our entry is in the configuration as we would write it, and nowhere else. S3 gives
   * entries back in its own spelling ({@code Prefix} for {@code prefix}), so what they mean is
   * compared.
   */
  static boolean holds(NotificationConfiguration current, Attachment ours) {
    Set<Entry> expected =
        switch (ours.target()) {
          case Target.Queue(String arn) ->
              Set.of(new Entry(arn, Set.copyOf(EVENTS), ours.prefix()));
          case Target.Topic(String arn) ->
              Set.of(new Entry(arn, Set.copyOf(EVENTS), ours.prefix()));
          case Target.Function(String arn) ->
              Set.of(new Entry(arn, Set.copyOf(EVENTS), ours.prefix()));
          case Target.EventBridge() -> Set.of();
        };
    return entries(current, ours.id()).equals(expected)
        && (!(ours.target() instanceof Target.EventBridge)
            || current.eventBridgeConfiguration() != null);
  }

  /** Whether none of our entries is in the configuration. */
  static boolean holdsNone(NotificationConfiguration current, String id) {
    return entries(current, id).isEmpty();
  }

  private static Set<Entry> entries(NotificationConfiguration current, String id) {
    Set<Entry> entries = new HashSet<>();
    for (QueueConfiguration entry : current.queueConfigurations()) {
      if (id.equals(entry.id())) {
        entries.add(Entry.of(entry.queueArn(), entry.eventsAsStrings(), entry.filter()));
      }
    }
    for (TopicConfiguration entry : current.topicConfigurations()) {
      if (id.equals(entry.id())) {
        entries.add(Entry.of(entry.topicArn(), entry.eventsAsStrings(), entry.filter()));
      }
    }
    for (LambdaFunctionConfiguration entry : current.lambdaFunctionConfigurations()) {
      if (id.equals(entry.id())) {
        entries.add(Entry.of(entry.lambdaFunctionArn(), entry.eventsAsStrings(), entry.filter()));
      }
    }
    return entries;
  }

  /**
   * The configuration without our entry. EventBridge, once on, stays on: it has no name, so nobody
   * can tell who else relies on it by now, and without a rule that matches it does nothing.
   */
  static NotificationConfiguration without(NotificationConfiguration current, String id) {
    return current.toBuilder()
        .queueConfigurations(minus(current.queueConfigurations(), QueueConfiguration::id, id))
        .topicConfigurations(minus(current.topicConfigurations(), TopicConfiguration::id, id))
        .lambdaFunctionConfigurations(
            minus(current.lambdaFunctionConfigurations(), LambdaFunctionConfiguration::id, id))
        .build();
  }

  private static NotificationConfigurationFilter filter(String prefix) {
    if (prefix.isEmpty()) {
      return null;
    }
    // The API's own spelling. The SDK's constant is written "Prefix", as S3 answers, and not every
    // implementation takes that.
    FilterRule rule = FilterRule.builder().name("prefix").value(prefix).build();
    return NotificationConfigurationFilter.builder()
        .key(key -> key.filterRules(List.of(rule)))
        .build();
  }

  private static <T> List<T> plus(List<T> others, T ours) {
    List<T> all = new ArrayList<>(others);
    all.add(ours);
    return all;
  }

  private static <T> List<T> minus(List<T> all, Function<T, String> idOf, String id) {
    return all.stream().filter(entry -> !id.equals(idOf.apply(entry))).toList();
  }

  /** What an entry means, whatever its kind. */
  private record Entry(String arn, Set<String> events, String prefix) {
    static Entry of(String arn, List<String> events, NotificationConfigurationFilter filter) {
      String prefix =
          Optional.ofNullable(filter)
              .map(NotificationConfigurationFilter::key)
              .map(S3KeyFilter::filterRules)
              .orElse(List.of())
              .stream()
              .map(rule -> rule.nameAsString().toLowerCase(Locale.ROOT) + "=" + rule.value())
              .collect(Collectors.joining("&"));
      return new Entry(arn, Set.copyOf(events), prefix.replaceFirst("^prefix=", ""));
    }
  }
}
