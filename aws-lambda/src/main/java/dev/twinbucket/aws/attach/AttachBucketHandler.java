package dev.twinbucket.aws.attach;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.Limits;
import dev.twinbucket.object.Escaping;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The Lambda function that attaches an existing S3 bucket to a deployment and detaches it: it
 * merges this deployment's entry into the bucket's notification and lifecycle configuration, and
 * takes it out again, and leaves whatever others put there as it was. Attaching twice is attaching
 * once; detaching what is not attached, or a bucket that is gone, succeeds.
 *
 * <p>It is called as a CloudFormation custom resource, by Terraform, or by hand; {@code
 * docs/iam.md} lists the permissions. A CloudFormation request is always answered, also with a
 * failure; to the other callers a failure is thrown.
 */
public final class AttachBucketHandler implements RequestStreamHandler {
  private final BucketConfigurations buckets;
  private final CloudFormationAnswer cloudFormation;

  /** The handler as Lambda makes it: region, credentials and endpoint from the environment. */
  public AttachBucketHandler() {
    // Path style serves bucket names with dots too, which no TLS certificate covers as a host.
    this(S3Client.builder().forcePathStyle(true).build(), HttpClient.newHttpClient());
  }

  AttachBucketHandler(S3Client s3, HttpClient http) {
    this.buckets = new BucketConfigurations(s3);
    this.cloudFormation = new CloudFormationAnswer(http);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    JsonObject call =
        Json.parse(input.readNBytes(Limits.EVENT.bytes() + 1), Limits.EVENT)
            .asObject()
            .orElseThrow(() -> new IllegalArgumentException("the call must be a JSON object"));
    if (!call.has("ResponseURL")) {
      output.write(Json.writeBytes(JsonObject.builder().put("attachment", carryOut(call)).build()));
      return;
    }
    String physicalId = call.string("PhysicalResourceId").orElse("unattached");
    Optional<String> failure = Optional.empty();
    try {
      physicalId = carryOut(call);
    } catch (IllegalArgumentException | IllegalStateException | SdkException e) {
      failure = Optional.of(Escaping.forLog(String.valueOf(e.getMessage())));
    }
    answer(call, physicalId, failure);
  }

  /** Does what is asked and says what it was done to. */
  private String carryOut(JsonObject call) {
    return switch (RequestReader.read(call)) {
      case Request.Attach(Attachment ours, Optional<Attachment> previous) -> {
        buckets.attach(ours);
        // Only now: the other way round, changes in between would go unheard.
        previous.filter(earlier -> !ours.replaces(earlier)).ifPresent(buckets::detach);
        yield name(ours);
      }
      case Request.Detach(Attachment ours) -> {
        buckets.detach(ours);
        yield name(ours);
      }
    };
  }

  private void answer(JsonObject call, String physicalId, Optional<String> failure)
      throws IOException {
    try {
      cloudFormation.send(call, physicalId, failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted before CloudFormation was answered", e);
    }
  }

  private static String name(Attachment attachment) {
    return attachment.bucket() + "/" + attachment.id();
  }
}
