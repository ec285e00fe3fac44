package dev.twinbucket.playground;

import dev.twinbucket.local.pubsub.EventarcTrigger;
import dev.twinbucket.local.pubsub.RetryPolicy;
import dev.twinbucket.playground.lambda.LambdaProcess;
import java.io.Console;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The command: both clouds, both functions, samples, and then whatever the user wants to try. */
public final class Playground {
  private static final String HANDLER = "dev.twinbucket.aws.ReplicationHandler::handleRequest";
  private static final String FUNCTION = "dev.twinbucket.gcp.ReplicationFunction";

  private final Options options;
  private final PrintStream out;

  Playground(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs the command and exits with its status. */
  public static void main(String[] arguments) throws Exception {
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("playground: " + e.getMessage());
      System.err.print(Options.HELP);
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(Options.HELP);
      return;
    }
    System.exit(new Playground(options, System.out).run() ? 0 : 1);
  }

  boolean run() throws Exception {
    String classPath = System.getProperty("java.class.path");
    Path emptyFunction = Files.createTempDirectory("twinbucket-lambda");
    try (Clouds clouds = new Clouds(options);
        LambdaProcess lambda =
            LambdaProcess.start(emptyFunction, HANDLER, jars(classPath), clouds.environment());
        FunctionProcess function =
            FunctionProcess.start(FUNCTION, classPath, clouds.environment());
        EventarcTrigger trigger = new EventarcTrigger(function.url(), Set.of(), RetryPolicy.QUICK);
        SqsClient sqs = clouds.sqsClient();
        EventSourceMapping _ = new EventSourceMapping(sqs, clouds.queueUrl(), lambda);
        Users users = new Users(clouds)) {
      clouds.gcs().onChange(change -> trigger.accept(change.toCloudEvent()));
      List<Sample> samples = new ArrayList<>(Samples.builtIn());
      samples.addAll(Samples.large(options.largeMib()));
      options.folder().map(Samples::of).ifPresent(samples::addAll);
      boolean allWell =
          new Show(users, out, isTerminal()).run(samples) && clouds.deadLetters() == 0;
      out.println(allWell ? "Both buckets are equal." : "NOT everything arrived.");
      if (!options.exit()) {
        invite(clouds);
        new CountDownLatch(1).await();
      }
      return allWell;
    } finally {
      Files.delete(emptyFunction);
    }
  }

  private void invite(Clouds clouds) {
    out.printf(
        """

        Serving on. Whatever you put, overwrite or delete on one side follows on the other:

          export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION=us-east-1
          aws --endpoint-url %1$s s3 cp README.md s3://%3$s/
          curl %2$s/storage/v1/b/%4$s/o

          curl -X POST --data-binary @README.md "%2$s/upload/storage/v1/b/%4$s/o?uploadType=media&name=hello"
          aws --endpoint-url %1$s s3 ls --recursive s3://%3$s/

          export CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE=%2$s/storage/v1/ CLOUDSDK_AUTH_DISABLE_CREDENTIALS=true
          gcloud storage ls gs://%4$s/

        Ctrl-C ends it.
        """,
        clouds.s3().endpoint(), clouds.gcs().endpoint(), Clouds.LEFT, Clouds.RIGHT);
  }

  /** JDK 22 to 24 always have a console, JDK 25 again has none where there is no terminal. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static List<Path> jars(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList();
  }
}
