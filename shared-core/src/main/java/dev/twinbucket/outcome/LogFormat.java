package dev.twinbucket.outcome;

/** What the place that collects the lines makes of them. */
public enum LogFormat {
  /** The line's own members, nothing else. */
  PLAIN,
  /**
   * CloudWatch: metrics are embedded in the line, in the namespace {@code Twinbucket}.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
   *     metric format</a>
   */
  CLOUDWATCH,
  /**
   * Cloud Logging: {@code severity} and {@code message} are members of the line.
   *
   * @see <a href="https://cloud.google.com/logging/docs/structured-logging">Structured logging</a>
   */
  GOOGLE
}
