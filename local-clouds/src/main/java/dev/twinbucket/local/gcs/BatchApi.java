package dev.twinbucket.local.gcs;

import dev.twinbucket.local.http.QueryParameters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Several JSON API requests in one. Uploads and downloads cannot be batched.
 *
 * @see <a href="https://cloud.google.com/storage/docs/batch">Batch requests</a>
 */
final class BatchApi {

  private static final String PREFIX = "/batch";
  private static final int MAX_CALLS = 100;

  private final JsonApi json;
  private final RequestCounts counts;

  BatchApi(JsonApi json, RequestCounts counts) {
    this.json = json;
    this.counts = counts;
  }

  static boolean owns(String rawPath) {
    return rawPath.equals(PREFIX) || rawPath.equals(PREFIX + "/storage/v1");
  }

  GcsReply handle(GcsRequest batch) throws IOException {
    counts.count(GcsOperation.BATCH);
    String boundary = MimeParts.boundaryOf(batch.header("content-type").orElse(""));
    List<MimeParts.Part> parts = MimeParts.parse(batch.decodedBody().readAllBytes(), boundary);
    if (parts.size() > MAX_CALLS) {
      throw GcsError.invalid("The batch request contains more than " + MAX_CALLS + " calls.");
    }
    String answerBoundary = "batch_" + UUID.randomUUID();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    for (MimeParts.Part part : parts) {
      GcsReply reply = one(part.body().bytes(), batch);
      write(answer, "--" + answerBoundary + "\r\nContent-Type: application/http\r\n");
      String id = part.header("content-id").orElse("");
      if (!id.isEmpty()) {
        String bare = id.startsWith("<") ? id.substring(1) : id;
        write(
            answer, "Content-ID: " + (id.startsWith("<") ? "<" : "") + "response-" + bare + "\r\n");
      }
      write(answer, "\r\nHTTP/1.1 " + reply.status() + " " + phrase(reply.status()) + "\r\n");
      for (Map.Entry<String, String> header : reply.headers().entrySet()) {
        write(answer, header.getKey() + ": " + header.getValue() + "\r\n");
      }
      write(answer, "Content-Length: " + reply.length().orElseThrow() + "\r\n\r\n");
      reply.body().writeTo(answer);
      write(answer, "\r\n");
    }
    write(answer, "--" + answerBoundary + "--\r\n");
    return GcsReply.bytes(200, "multipart/mixed; boundary=" + answerBoundary, answer.toByteArray());
  }

  private GcsReply one(byte[] request, GcsRequest batch) throws IOException {
    try {
      return json.handle(parse(request, batch));
    } catch (GcsError e) {
      return JsonApi.errorReply(e);
    } catch (IllegalArgumentException e) {
      return JsonApi.errorReply(GcsError.invalid(e.getMessage()));
    }
  }

  private static GcsRequest parse(byte[] request, GcsRequest batch) {
    // The head is ASCII; ISO 8859-1 keeps byte and character positions equal.
    String text = new String(request, StandardCharsets.ISO_8859_1);
    int blank = text.indexOf("\r\n\r\n");
    String head = blank < 0 ? text : text.substring(0, blank);
    int bodyAt = blank < 0 ? request.length : blank + 4;
    List<String> lines = head.lines().toList();
    String[] start = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ", -1);
    if (start.length < 2) {
      throw GcsError.invalid("Failed to parse batch request part.");
    }
    String target = start[1].replaceFirst("^https?://[^/]+", "");
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    if (!path.startsWith("/storage/v1/")) {
      throw GcsError.invalid("Only metadata requests of the JSON API can be batched.");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    String method =
        headers.getOrDefault("x-http-method-override", start[0]).toUpperCase(Locale.ROOT);
    QueryParameters query =
        QueryParameters.parse(question < 0 ? "" : target.substring(question + 1));
    if (query.first("alt").filter("media"::equals).isPresent()) {
      throw GcsError.invalid("Downloads cannot be batched.");
    }
    return new GcsRequest(
        method,
        path,
        query,
        headers,
        new ByteArrayInputStream(request, bodyAt, request.length - bodyAt),
        batch.endpoint());
  }

  private static String phrase(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 204 -> "No Content";
      case 404 -> "Not Found";
      case 412 -> "Precondition Failed";
      default -> "Status";
    };
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
