package dev.twinbucket.playground;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Google function in a process of its own, under the vendor's Functions Framework. */
final class FunctionProcess implements AutoCloseable {
  private static final String INVOKER = "com.google.cloud.functions.invoker.runner.Invoker";
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Process process;
  private final int port;

  private FunctionProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one and waits until it takes requests.
   *
   * @param function the function's class
   * @param environment added to this process's own
   */
  static FunctionProcess start(String function, String classPath, Map<String, String> environment)
      throws IOException, InterruptedException {
    return start(List.of("-cp", classPath, INVOKER, "--target", function), environment);
  }

  /**
   * Starts a packaged function as it is deployed, apart from the framework's own classes, and waits
   * until it takes requests.
   *
   * @param function the function's class
   * @param jar the packaged function
   * @param invoker the framework
   * @param environment added to this process's own
   */
  static FunctionProcess startPackaged(
      String function, Path jar, Path invoker, Map<String, String> environment)
      throws IOException, InterruptedException {
    return start(
        List.of("-jar", invoker.toString(), "--classpath", jar.toString(), "--target", function),
        environment);
  }

  private static FunctionProcess start(List<String> program, Map<String, String> environment)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(program);
    command.addAll(List.of("--port", Integer.toString(port)));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment);
    FunctionProcess started = new FunctionProcess(builder.start(), port);
    started.awaitPort();
    return started;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  private void awaitPort() throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        Thread.sleep(BETWEEN_LOOKS);
      }
    }
    close();
    throw new IOException("the Functions Framework did not start; its output above says why");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
