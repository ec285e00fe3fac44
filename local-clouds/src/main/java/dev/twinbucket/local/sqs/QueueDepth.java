package dev.twinbucket.local.sqs;

/**
 * How many messages a queue holds.
 *
 * @param visible can be received
 * @param inFlight were received and are neither deleted nor visible again
 * @param delayed were sent with a delay that is not over
 */
public record QueueDepth(int visible, int inFlight, int delayed) {
  /** All messages, whatever their state. */
  public int total() {
    return visible + inFlight + delayed;
  }
}
