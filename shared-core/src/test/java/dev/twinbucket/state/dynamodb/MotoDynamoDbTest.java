package dev.twinbucket.state.dynamodb;

import dev.twinbucket.state.StateStore;
import dev.twinbucket.state.StateStoreContract;
import dev.twinbucket.store.contract.ServerProcess;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The contract on moto's DynamoDB, which reads condition expressions by a parser of its own. */
@Tag("emulator")
class MotoDynamoDbTest extends StateStoreContract {
  private static final AwsCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));

  private static final AtomicInteger TABLES = new AtomicInteger();

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    int port = ServerProcess.freePort();
    server =
        ServerProcess.start(
            port,
            Map.of(),
            List.of(
                ServerProcess.installed("moto/bin/moto_server").toString(),
                "-H",
                "127.0.0.1",
                "-p",
                Integer.toString(port)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected StateStore open(Clock clock) {
    int number = TABLES.incrementAndGet();
    String table = "state-" + number;
    DynamoDbClient client =
        DynamoDbClients.builder(Optional.of("eu-central-1"), KEYS)
            .endpointOverride(URI.create(server.endpoint()))
            .build();
    client.createTable(
        create ->
            create
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder()
                        .attributeName(RowItem.KEY)
                        .keyType(KeyType.HASH)
                        .build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName(RowItem.KEY)
                        .attributeType(ScalarAttributeType.S)
                        .build()));
    return new DynamoDbStateStore(client, KEYS, table, clock, new Random(number));
  }
}
