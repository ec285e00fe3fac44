package dev.twinbucket.local.sqs;

import dev.twinbucket.local.http.FaultScript;
import dev.twinbucket.local.http.LocalHttpServer;
import dev.twinbucket.local.s3.QueueSender;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Embedded standard queues on 127.0.0.1 for the official SDKs and the aws command line: visibility
 * timeout, delay, long polling, receive counts, dead-letter queues, message attributes with their
 * digests. FIFO queues and signatures are not modelled. Safe for use by several threads. Closing it
 * forgets everything.
 */
public final class LocalSqs implements AutoCloseable, QueueSender {
  private final Queues queues;
  private final SqsService service;
  private final LocalHttpServer server;

  private LocalSqs(int port, InstantSource clock, String region) {
    this.queues = new Queues(clock, region);
    this.service = new SqsService(queues, this::endpoint);
    this.server = LocalHttpServer.start(port, service);
  }

  /** Queues of region us-east-1 on a free port, with the system's clock. */
  public static LocalSqs start() {
    return start(0, InstantSource.system(), "us-east-1");
  }

  /**
   * Starts a server.
   *
   * @param port the port to listen on, 0 for a free one
   * @param clock decides when messages become visible; long polls wait in real time all the same
   * @param region the region in the queues' ARNs
   */
  public static LocalSqs start(int port, InstantSource clock, String region) {
    return new LocalSqs(port, clock, region);
  }

  /** The address for clients, such as {@code http://127.0.0.1:40123}. */
  public String endpoint() {
    return server.endpoint();
  }

  /** The port that the server listens on. */
  public int port() {
    return server.port();
  }

  /** The faults to inject into calls. */
  public FaultScript faults() {
    return server.faults();
  }

  /**
   * Creates a queue.
   *
   * @param attributes such as VisibilityTimeout, by their names in the API
   * @return the queue's URL
   */
  public String createQueue(String name, Map<String, String> attributes) {
    queues.create(name, attributes);
    return url(name);
  }

  /**
   * Creates a dead-letter queue named like the queue with {@code -dlq} behind it, and the queue.
   *
   * @param maxReceiveCount how often a message is received before it goes there
   * @return the queue's URL
   */
  public String createQueueWithDeadLetters(
      String name, int maxReceiveCount, Map<String, String> attributes) {
    queues.create(name + "-dlq", Map.of());
    String policy =
        "{\"deadLetterTargetArn\":\""
            + arn(name + "-dlq")
            + "\",\"maxReceiveCount\":"
            + maxReceiveCount
            + "}";
    queues.create(name, attributes);
    queues.change(name, Map.of("RedrivePolicy", policy));
    return url(name);
  }

  /** The URL that a queue of this name has. */
  public String url(String name) {
    return service.url(name);
  }

  /** The ARN that a queue of this name has. */
  public String arn(String name) {
    return queues.arn(name);
  }

  /** How many messages a queue holds, by state. */
  public QueueDepth depth(String name) {
    return queues.depth(name);
  }

  /** The bodies of all messages of a queue, whatever their state, oldest first. */
  public List<String> bodies(String name) {
    return queues.bodies(name);
  }

  @Override
  public boolean exists(String queueArn) {
    return queues.nameOfArn(queueArn).isPresent();
  }

  @Override
  public void send(String queueArn, String body) {
    String name =
        queues
            .nameOfArn(queueArn)
            .orElseThrow(() -> new IllegalArgumentException("No such queue: " + queueArn));
    queues.send(name, body, Map.of(), Optional.empty());
  }

  @Override
  public void close() {
    server.close();
  }
}
