package dev.twinbucket.store.adapter;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The {@code Content-Encoding} of an object apart from that of its transport. */
public final class ContentEncodings {
  private static final String TRANSPORT = "aws-chunked";

  private ContentEncodings() {}

  /**
   * Without {@code aws-chunked}, which some servers store although it describes only how the upload
   * travelled; a value that does not name it stays as it is.
   */
  public static String stored(String header) {
    if (!header.contains(TRANSPORT)) {
      return header;
    }
    return Arrays.stream(header.split(",", -1))
        .map(String::strip)
        .filter(coding -> !coding.equals(TRANSPORT) && !coding.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
