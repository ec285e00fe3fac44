package dev.twinbucket.object;

import java.util.List;

/**
 * The headers that both clouds know, or that one knows and the other must keep for it. Empty text
 * means that there is none.
 *
 * @param contentType the media type; a store that knows none says {@value #DEFAULT_CONTENT_TYPE}
 * @param cacheControl {@code Cache-Control}
 * @param contentDisposition {@code Content-Disposition}
 * @param contentEncoding {@code Content-Encoding}, without the transport's {@code aws-chunked}
 * @param contentLanguage {@code Content-Language}
 * @param expires {@code Expires} as its author wrote it; native to S3 alone
 * @param websiteRedirect S3's website redirect location; native to S3 alone
 * @param customTime GCS's custom time, RFC 3339; native to GCS alone
 */
public record SystemHeaders(
    String contentType,
    String cacheControl,
    String contentDisposition,
    String contentEncoding,
    String contentLanguage,
    String expires,
    String websiteRedirect,
    String customTime) {

  /** What both clouds serve when nobody named a type. */
  public static final String DEFAULT_CONTENT_TYPE = "application/octet-stream";

  /** No header but the default content type. */
  public static final SystemHeaders NONE =
      new SystemHeaders(DEFAULT_CONTENT_TYPE, "", "", "", "", "", "", "");

  public SystemHeaders {
    if (contentType.isEmpty()) {
      contentType = DEFAULT_CONTENT_TYPE;
    }
  }

  List<String> inOrder() {
    return List.of(
        contentType,
        cacheControl,
        contentDisposition,
        contentEncoding,
        contentLanguage,
        expires,
        websiteRedirect,
        customTime);
  }
}
