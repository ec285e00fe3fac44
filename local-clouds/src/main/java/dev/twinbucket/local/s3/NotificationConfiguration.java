package dev.twinbucket.local.s3;

import java.util.List;

/**
 * Which queues are told about what.
 *
 * @param queues the queue configurations, in the order in which they were put
 */
record NotificationConfiguration(List<Queue> queues) {
  static final NotificationConfiguration NONE = new NotificationConfiguration(List.of());

  NotificationConfiguration {
    queues = List.copyOf(queues);
  }

  /**
   * One queue configuration.
   *
   * @param id the configuration's id
   * @param arn the queue
   * @param events such as {@code s3:ObjectCreated:*}
   * @param prefix what keys must begin with, empty for all
   * @param suffix what keys must end with, empty for all
   */
  record Queue(String id, String arn, List<String> events, String prefix, String suffix) {
    Queue {
      events = List.copyOf(events);
    }

    boolean wants(EventType type, String key) {
      return key.startsWith(prefix)
          && key.endsWith(suffix)
          && events.stream().anyMatch(type::isMeantBy);
    }
  }
}
