package dev.twinbucket.store.gcs;

import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpBackOffIOExceptionHandler;
import com.google.api.client.http.HttpBackOffUnsuccessfulResponseHandler;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.HttpUnsuccessfulResponseHandler;
import com.google.api.client.util.ExponentialBackOff;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.StorageOptions;
import dev.twinbucket.object.ObjectLocation;
import java.io.IOException;
import java.util.Map;

/**
 * Requests over the SDK's own transport and with its credentials, but with headers that the SDK
 * does not show or not leave as they are, and without its unpacking of gzip.
 */
final class GcsRawHttp {
  private static final int RETRIES = 2;
  private static final int FIRST_PAUSE_MILLIS = 200;
  private static final int LONGEST_PAUSE_MILLIS = 5_000;

  private final HttpTransport transport;
  private final HttpRequestFactory requests;
  private final String host;

  GcsRawHttp(StorageOptions options) {
    HttpTransportOptions http = (HttpTransportOptions) options.getTransportOptions();
    transport = http.getHttpTransportFactory().create();
    requests = transport.createRequestFactory(http.getHttpRequestInitializer(options));
    String root = options.getResolvedApiaryHost("storage");
    host = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
  }

  /** The XML API's GET of an object. */
  HttpResponse xml(ObjectLocation location, Map<String, String> headers) throws IOException {
    return get(
        host + "/" + location.bucket().bucket() + "/" + GcsKeys.path(location.key()), headers);
  }

  /** The JSON API's download of one generation. */
  HttpResponse media(ObjectLocation location, String generation, Map<String, String> headers)
      throws IOException {
    return get(
        host
            + "/download/storage/v1/b/"
            + location.bucket().bucket()
            + "/o/"
            + GcsKeys.segment(location.key())
            + "?alt=media&generation="
            + generation,
        headers);
  }

  /**
   * Sends a GET and gives back whatever is not an error.
   *
   * @return an answer whose headers are {@link XmlHeaders}
   */
  private HttpResponse get(String url, Map<String, String> headers) throws IOException {
    return send(requests.buildGetRequest(new GenericUrl(url, true)), headers);
  }

  /** The XML API's request that begins a multipart upload. */
  HttpResponse beginUpload(ObjectLocation location, Map<String, String> headers)
      throws IOException {
    String url =
        host + "/" + location.bucket().bucket() + "/" + GcsKeys.path(location.key()) + "?uploads";
    return send(requests.buildPostRequest(new GenericUrl(url, true), new EmptyContent()), headers);
  }

  private static HttpResponse send(HttpRequest request, Map<String, String> headers)
      throws IOException {
    request.getHeaders().setAcceptEncoding("gzip");
    headers.forEach(request.getHeaders()::set);
    request.setResponseHeaders(new XmlHeaders());
    request.setResponseReturnRawInputStream(true);
    request.setFollowRedirects(false);
    request.setNumberOfRetries(RETRIES);
    // The handler that is there renews an expired token.
    HttpUnsuccessfulResponseHandler renew = request.getUnsuccessfulResponseHandler();
    HttpUnsuccessfulResponseHandler backOff =
        new HttpBackOffUnsuccessfulResponseHandler(backOff())
            .setBackOffRequired(
                response ->
                    response.getStatusCode() >= 500
                        || response.getStatusCode() == 429
                        || response.getStatusCode() == 408);
    request.setUnsuccessfulResponseHandler(
        (sent, response, retryable) ->
            (renew != null && renew.handleResponse(sent, response, retryable))
                || backOff.handleResponse(sent, response, retryable));
    request.setIOExceptionHandler(new HttpBackOffIOExceptionHandler(backOff()));
    return request.execute();
  }

  private static ExponentialBackOff backOff() {
    return new ExponentialBackOff.Builder()
        .setInitialIntervalMillis(FIRST_PAUSE_MILLIS)
        .setMaxIntervalMillis(LONGEST_PAUSE_MILLIS)
        .build();
  }

  void close() throws IOException {
    transport.shutdown();
  }
}
