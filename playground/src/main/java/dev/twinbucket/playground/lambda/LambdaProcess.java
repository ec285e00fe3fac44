package dev.twinbucket.playground.lambda;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A Lambda execution environment in a process of its own: the vendor's runtime interface client
 * with an unpacked function as its working directory, from where it loads the handler as on Lambda
 * (the folder itself, and every jar of its {@code lib/}). Output and errors of the process go where
 * this process's own go. The client's native part exists for Linux only.
 */
public final class LambdaProcess implements AutoCloseable {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private final LocalRuntimeApi api;
  private final Process process;

  private LambdaProcess(LocalRuntimeApi api, Process process) {
    this.api = api;
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param function the unpacked function
   * @param handler the handler's name, such as {@code com.example.Handler::handleRequest}
   * @param runtime the jars of the runtime interface client and of what it needs
   * @param environment added to this process's own environment
   * @throws IOException if the process cannot be started
   */
  public static LambdaProcess start(
      Path function, String handler, List<Path> runtime, Map<String, String> environment)
      throws IOException {
    LocalRuntimeApi api = LocalRuntimeApi.start();
    String classPath =
        runtime.stream()
            .map(jar -> jar.toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-cp",
                classPath,
                CLIENT,
                handler)
            .directory(function.toFile())
            .inheritIO();
    builder.environment().putAll(environment);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "twinbucket-local");
    builder.environment().put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    builder.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769");
    builder.environment().put("_HANDLER", handler);
    builder.environment().put("LAMBDA_TASK_ROOT", function.toAbsolutePath().toString());
    try {
      Process process = builder.start();
      Thread.ofVirtual().start(() -> watch(process, api));
      return new LambdaProcess(api, process);
    } catch (IOException e) {
      api.close();
      throw e;
    }
  }

  private static void watch(Process process, LocalRuntimeApi api) {
    int status = process.onExit().join().exitValue();
    api.breakOff(new Answer.Failed("Runtime.ExitError", "The process ended with status " + status));
  }

  /** The process, to be watched. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** As {@link LocalRuntimeApi#invoke}. */
  public CompletableFuture<Answer> invoke(byte[] event, Duration timeout) {
    return api.invoke(event, timeout);
  }

  /** Stops the process and waits until it has ended. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    api.close();
  }
}
