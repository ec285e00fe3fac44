package dev.twinbucket.local.s3;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An embedded S3 with the official client on it and a record of its notifications. */
final class TestingS3 implements AutoCloseable {
  static final String BUCKET = "tests";

  private final LocalS3 server;
  private final S3Client client;
  private final List<String> notifications = new CopyOnWriteArrayList<>();

  TestingS3() {
    this(LocalS3.builder().bucket(BUCKET).smallestPart(10));
  }

  TestingS3(LocalS3.Builder builder) {
    server = builder.start();
    server.onNotification((bucket, json) -> notifications.add(json));
    client = client(server);
  }

  static S3Client client(LocalS3 server) {
    return S3Client.builder()
        .endpointOverride(URI.create(server.endpoint()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIALOCAL", "secret")))
        .forcePathStyle(true)
        .build();
  }

  LocalS3 server() {
    return server;
  }

  S3Client client() {
    return client;
  }

  List<String> notifications() {
    return notifications;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
