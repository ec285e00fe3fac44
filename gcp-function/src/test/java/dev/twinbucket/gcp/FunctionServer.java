package dev.twinbucket.gcp;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.twinbucket.local.http.HttpCall;
import dev.twinbucket.local.http.LocalHttpServer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Serves one function over HTTP, as the Functions Framework does. */
final class FunctionServer implements AutoCloseable {
  private final HttpFunction function;
  private final LocalHttpServer server;

  FunctionServer(HttpFunction function) {
    this.function = function;
    this.server = LocalHttpServer.start(0, this::handle);
  }

  URI uri() {
    return URI.create(server.endpoint() + "/");
  }

  private void handle(HttpCall call) throws IOException {
    Answer answer = new Answer();
    try {
      function.service(new Question(call), answer);
    } catch (Exception e) {
      call.respond(500, "text/plain", e.toString());
      return;
    }
    call.set("Content-Type", answer.contentType.orElse("text/plain"));
    call.respond(answer.status, answer.body.toByteArray());
  }

  @Override
  public void close() {
    server.close();
  }

  private record Question(HttpCall call) implements HttpRequest {
    @Override
    public String getMethod() {
      return call.method();
    }

    @Override
    public String getUri() {
      return call.line().rawTarget();
    }

    @Override
    public String getPath() {
      return call.rawPath();
    }

    @Override
    public Optional<String> getQuery() {
      return Optional.of(call.rawQuery());
    }

    @Override
    public Map<String, List<String>> getQueryParameters() {
      throw new UnsupportedOperationException("no function of ours asks");
    }

    @Override
    public Map<String, HttpPart> getParts() {
      throw new UnsupportedOperationException("no function of ours asks");
    }

    @Override
    public Optional<String> getContentType() {
      return call.header("Content-Type");
    }

    @Override
    public long getContentLength() {
      return call.header("Content-Length").map(Long::valueOf).orElse(-1L);
    }

    @Override
    public Optional<String> getCharacterEncoding() {
      return Optional.empty();
    }

    @Override
    public InputStream getInputStream() {
      return call.body();
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(call.body(), StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, List<String>> getHeaders() {
      Map<String, List<String>> headers = new HashMap<>();
      call.headers().forEach((name, value) -> headers.put(name, List.of(value)));
      return headers;
    }

    @Override
    public Optional<String> getFirstHeader(String name) {
      return call.header(name);
    }
  }

  private static final class Answer implements HttpResponse {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status = 200;
    private Optional<String> contentType = Optional.empty();

    @Override
    public void setStatusCode(int code) {
      status = code;
    }

    @Override
    public void setStatusCode(int code, String message) {
      status = code;
    }

    @Override
    public void setContentType(String type) {
      contentType = Optional.of(type);
    }

    @Override
    public Optional<String> getContentType() {
      return contentType;
    }

    @Override
    public void appendHeader(String header, String value) {
      throw new UnsupportedOperationException("no function of ours asks");
    }

    @Override
    public Map<String, List<String>> getHeaders() {
      throw new UnsupportedOperationException("no function of ours asks");
    }

    @Override
    public OutputStream getOutputStream() {
      return body;
    }

    @Override
    public BufferedWriter getWriter() {
      return new BufferedWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));
    }
  }
}
