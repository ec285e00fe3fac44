package dev.twinbucket.local.http;

/**
 * What a fault rule can look at.
 *
 * @param method the HTTP method, in upper case
 * @param rawTarget path and query exactly as they were sent, nothing decoded
 * @param host the value of the Host header, empty when absent
 */
public record RequestLine(String method, String rawTarget, String host) {
  /** The part of the target before the first question mark, nothing decoded. */
  public String rawPath() {
    int question = rawTarget.indexOf('?');
    return question < 0 ? rawTarget : rawTarget.substring(0, question);
  }

  /** The part of the target after the first question mark, empty when there is none. */
  public String rawQuery() {
    int question = rawTarget.indexOf('?');
    return question < 0 ? "" : rawTarget.substring(question + 1);
  }
}
