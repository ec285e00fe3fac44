package dev.twinbucket.aws.attach;

import dev.twinbucket.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the three forms in which the handler is called:
 *
 * <ul>
 *   <li>CloudFormation's custom resource request, with its settings in {@code ResourceProperties};
 *   <li>Terraform's {@code aws_lambda_invocation} with {@code lifecycle_scope = "CRUD"}, which adds
 *       {@code tf.action} and {@code tf.prev_input} to the settings;
 *   <li>an operator's call: the settings and {@code "action": "attach"} or {@code "detach"}.
 * </ul>
 *
 * <p>Settings are named {@code bucket, prefix, configurationId, target, targetArn,
 * abortUploadsAfterDays}; CloudFormation writes each with a capital and every number as text.
 */
final class RequestReader {
  private RequestReader() {}

  /**
   * The request in this call.
   *
   * @throws IllegalArgumentException if it is none, in words for the person who wrote the template
   */
  static Request read(JsonObject call) {
    if (call.has("RequestType")) {
      return cloudFormation(call);
    }
    Optional<JsonObject> terraform = call.object("tf");
    String action =
        terraform
            .flatMap(tf -> tf.string("action"))
            .or(() -> call.string("action"))
            .orElseThrow(() -> new IllegalArgumentException("the call names no action"));
    return switch (action) {
      case "attach", "create" -> new Request.Attach(attachment(call), Optional.empty());
      case "update" ->
          new Request.Attach(
              attachment(call),
              terraform.flatMap(tf -> tf.object("prev_input")).map(RequestReader::attachment));
      case "detach", "delete" -> new Request.Detach(attachment(call));
      default ->
          throw new IllegalArgumentException(
              "the action must be attach, detach, create, update or delete");
    };
  }

  private static Request cloudFormation(JsonObject call) {
    JsonObject properties =
        call.object("ResourceProperties")
            .orElseThrow(() -> new IllegalArgumentException("ResourceProperties are missing"));
    return switch (call.string("RequestType").orElse("")) {
      // After an update with another physical ID, CloudFormation itself deletes the previous one.
      case "Create", "Update" -> new Request.Attach(attachment(properties), Optional.empty());
      case "Delete" -> new Request.Detach(attachment(properties));
      default -> throw new IllegalArgumentException("RequestType must be Create, Update or Delete");
    };
  }

  private static Attachment attachment(JsonObject settings) {
    return new Attachment(
        required(settings, "bucket"),
        setting(settings, "prefix").orElse(""),
        required(settings, "configurationId"),
        target(settings),
        days(settings));
  }

  private static Target target(JsonObject settings) {
    return switch (required(settings, "target")) {
      case "queue" -> new Target.Queue(required(settings, "targetArn"));
      case "topic" -> new Target.Topic(required(settings, "targetArn"));
      case "function" -> new Target.Function(required(settings, "targetArn"));
      case "eventbridge" -> new Target.EventBridge();
      default ->
          throw new IllegalArgumentException(
              "the target must be queue, topic, function or eventbridge");
    };
  }

  private static OptionalInt days(JsonObject settings) {
    Optional<String> text = setting(settings, "abortUploadsAfterDays");
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(text.get()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("abortUploadsAfterDays must be a whole number", e);
    }
  }

  private static String required(JsonObject settings, String name) {
    return setting(settings, name)
        .orElseThrow(() -> new IllegalArgumentException("the setting " + name + " is missing"));
  }

  /** A setting that is there and not empty, under either spelling, numbers as text. */
  private static Optional<String> setting(JsonObject settings, String name) {
    String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return settings
        .get(name)
        .or(() -> settings.get(capital))
        .flatMap(value -> value.asString().or(() -> value.asLong().map(String::valueOf)))
        .filter(text -> !text.isEmpty());
  }
}
