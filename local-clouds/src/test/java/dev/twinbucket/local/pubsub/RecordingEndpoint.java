package dev.twinbucket.local.pubsub;

import dev.twinbucket.local.http.LocalHttpServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A function's door: remembers every request and refuses the first few with 500. */
final class RecordingEndpoint implements AutoCloseable {

  /** What arrived. */
  record Received(Map<String, String> headers, String body) {}

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final LocalHttpServer server;

  RecordingEndpoint(int refusals) {
    this.server =
        LocalHttpServer.start(
            0,
            call -> {
              String body = new String(call.body().readAllBytes(), StandardCharsets.UTF_8);
              received.add(new Received(call.headers(), body));
              call.respond(received.size() <= refusals ? 500 : 204);
            });
  }

  URI uri() {
    return URI.create(server.endpoint() + "/");
  }

  List<Received> received() {
    return received;
  }

  @Override
  public void close() {
    server.close();
  }
}
