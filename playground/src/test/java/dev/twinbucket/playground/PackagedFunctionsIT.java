package dev.twinbucket.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is deployed holds all that it needs, and nothing that must not be inside. */
class PackagedFunctionsIT {
  private static final Path LAMBDA = Path.of("../aws-lambda/target/twinbucket-lambda.zip");
  private static final Path FUNCTION =
      Path.of("../gcp-function/target/deployment/twinbucket-function.jar");
  private static final Path FUNCTION_ARCHIVE =
      Path.of("../gcp-function/target/twinbucket-function.zip");
  private static final Pattern VERSION = Pattern.compile("-\\d.*\\.jar$");

  @Test
  void theLambdaArchiveHoldsEachJarOnce() throws IOException {
    List<String> jars = files(LAMBDA);

    assertThat(jars).allMatch(name -> name.matches("lib/[^/]+\\.jar"));
    assertThat(jars.stream().map(name -> VERSION.matcher(name).replaceFirst("")))
        .doesNotHaveDuplicates()
        .contains("lib/aws-lambda", "lib/shared-core", "lib/s3", "lib/sqs", "lib/crac");
  }

  @Test
  void theLambdaArchiveHoldsNoTestsAndNoGrpcTransport() throws IOException {
    assertThat(files(LAMBDA))
        .noneMatch(
            name ->
                name.matches(
                    ".*(-tests|local-clouds|junit|mockito|assertj|netty|grpc-core|grpc-xds|grpc-alts"
                        + "|lambda-java-events|runtime-interface-client|apache-client-).*"));
  }

  @Test
  void theFunctionJarHoldsEachClassOnceAndNoTests() throws IOException {
    List<String> names = files(FUNCTION);

    assertThat(names)
        .doesNotHaveDuplicates()
        .contains(
            "dev/twinbucket/gcp/ReplicationFunction.class",
            "dev/twinbucket/gcp/PushFunction.class",
            "dev/twinbucket/gcp/BackgroundReplicationFunction.class")
        .noneMatch(
            name ->
                name.matches(
                        "(org/junit|org/mockito|dev/twinbucket/local|io/grpc/netty|io/grpc/xds)/.*")
                    || name.matches("dev/twinbucket/.*Test\\.class")
                    || name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
  }

  @Test
  void theFunctionsArchiveHoldsTheJarAtItsTop() throws IOException {
    assertThat(files(FUNCTION_ARCHIVE)).containsExactly("twinbucket-function.jar");
  }

  private static List<String> files(Path archive) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      return zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }
}
