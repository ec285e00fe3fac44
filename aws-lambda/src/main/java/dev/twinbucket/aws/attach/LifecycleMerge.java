package dev.twinbucket.aws.attach;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;

/** Our rule among a bucket's lifecycle rules: those of others stay as they are. */
final class LifecycleMerge {
  private LifecycleMerge() {}

  /** The rules with ours last, or without any of ours if it has nothing to abort. */
  static List<LifecycleRule> with(List<LifecycleRule> current, Attachment ours) {
    List<LifecycleRule> merged = new ArrayList<>(without(current, ours.id()));
    ours.abortUploadsAfterDays()
        .ifPresent(
            days ->
                merged.add(
                    LifecycleRule.builder()
                        .id(ours.id())
                        .status(ExpirationStatus.ENABLED)
                        .filter(filter -> filter.prefix(ours.prefix()))
                        .abortIncompleteMultipartUpload(abort -> abort.daysAfterInitiation(days))
                        .build()));
    return List.copyOf(merged);
  }

  /** Whether the rules hold what {@link #with} would write, however S3 spells it. */
  static boolean holds(List<LifecycleRule> current, Attachment ours) {
    List<LifecycleRule> found =
        current.stream().filter(rule -> ours.id().equals(rule.id())).toList();
    if (ours.abortUploadsAfterDays().isEmpty()) {
      return found.isEmpty();
    }
    return found.size() == 1
        && found.getFirst().status() == ExpirationStatus.ENABLED
        && prefixOf(found.getFirst()).equals(ours.prefix())
        && found.getFirst().abortIncompleteMultipartUpload() != null
        && Integer.valueOf(ours.abortUploadsAfterDays().getAsInt())
            .equals(found.getFirst().abortIncompleteMultipartUpload().daysAfterInitiation());
  }

  /** Whether the rules hold none of ours. */
  static boolean holdsNone(List<LifecycleRule> current, String id) {
    return current.size() == without(current, id).size();
  }

  private static String prefixOf(LifecycleRule rule) {
    return Optional.ofNullable(rule.filter()).map(LifecycleRuleFilter::prefix).orElse("");
  }

  /** The rules of others. */
  static List<LifecycleRule> without(List<LifecycleRule> current, String id) {
    return current.stream().filter(rule -> !id.equals(rule.id())).toList();
  }
}
