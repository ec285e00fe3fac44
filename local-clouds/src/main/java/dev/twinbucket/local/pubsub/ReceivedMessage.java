package dev.twinbucket.local.pubsub;

import java.util.OptionalInt;

/**
 * A message leased to whoever pulled it.
 *
 * @param ackId names the lease
 * @param deliveryAttempt present if the subscription has a dead-letter policy
 */
public record ReceivedMessage(String ackId, PubsubMessage message, OptionalInt deliveryAttempt) {}
