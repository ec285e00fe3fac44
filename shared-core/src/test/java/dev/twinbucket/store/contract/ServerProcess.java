package dev.twinbucket.store.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An emulator that {@code emulators/install} has installed, as a process of its own. */
public final class ServerProcess implements AutoCloseable {
  /** Where the emulators were installed. */
  static final String HOME_PROPERTY = "emulators.home";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The installed file or folder of that name. */
  public static Path installed(String name) {
    Path path = Path.of(System.getProperty(HOME_PROPERTY, "")).resolve(name);
    if (!Files.exists(path)) {
      throw new IllegalStateException(path + " is missing; run emulators/install first");
    }
    return path;
  }

  /** A port of the loopback interface that was free just now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the command and waits until its port answers. */
  public static ServerProcess start(
      int port, Map<String, String> environment, List<String> command) {
    try {
      Path log = Files.createTempFile("emulator", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      ServerProcess server = new ServerProcess(process, port);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!server.answers()) {
        boolean exited = process.waitFor(100, TimeUnit.MILLISECONDS);
        if (exited || System.nanoTime() > deadline) {
          process.destroyForcibly();
          throw new IllegalStateException(command + " did not start:\n" + Files.readString(log));
        }
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server started", e);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The address for clients. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
