package dev.twinbucket.settings;

import dev.twinbucket.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads who asks at an endpoint. No message of this class ever holds a value that it read. */
final class CredentialsReader {
  private static final Pattern VARIABLE_PREFIX = Pattern.compile("[A-Z][A-Z0-9_]{0,60}");
  private static final Pattern PROFILE = Pattern.compile("[^\\s\\p{Cntrl}\\]\\[]{1,128}");

  private final Variables variables;
  private final DocumentReader documents;
  private final Problems problems;

  CredentialsReader(Variables variables, DocumentReader documents, Problems problems) {
    this.variables = variables;
    this.documents = documents;
    this.problems = problems;
  }

  Optional<EndpointCredentials> read(Fields fields) {
    Optional<String> environment = fields.text("environment");
    Optional<String> secret = fields.text("secret");
    Optional<String> profile = fields.text("profile");
    int before = problems.count();
    fields.refuseRest();
    long given = List.of(environment, secret, profile).stream().filter(Optional::isPresent).count();
    if (given != 1 && problems.count() == before) {
      problems.add(
          fields.where(),
          given + " of environment, secret and profile",
          "exactly one of them",
          "Keys themselves do not belong in the document");
    }
    if (given != 1) {
      return Optional.empty();
    }
    if (environment.isPresent()) {
      return fromVariables(fields.where("environment"), environment.get());
    }
    return profile.isPresent()
        ? fromProfile(fields.where("profile"), profile.get())
        : fromSecret(fields.where("secret"), secret.orElseThrow());
  }

  private Optional<EndpointCredentials> fromVariables(String where, String prefix) {
    if (!VARIABLE_PREFIX.matcher(prefix).matches()) {
      problems.add(
          where,
          "something else",
          "what the names of two variables begin with: NAME for NAME_ACCESS_KEY_ID and"
              + " NAME_SECRET_ACCESS_KEY");
      return Optional.empty();
    }
    Optional<String> id = required(where, prefix + "_ACCESS_KEY_ID");
    Optional<String> key = required(where, prefix + "_SECRET_ACCESS_KEY");
    Optional<String> token = variables.text(prefix + "_SESSION_TOKEN");
    return id.flatMap(i -> key.map(k -> new EndpointCredentials.Keys(i, k, token)));
  }

  private Optional<String> required(String where, String variable) {
    Optional<String> value = variables.text(variable);
    if (value.isEmpty()) {
      problems.add(
          where, "no variable " + variable, "that it is set", "Set it from a secret manager");
    }
    return value;
  }

  private Optional<EndpointCredentials> fromProfile(String where, String name) {
    if (!PROFILE.matcher(name).matches()) {
      problems.add(where, "something else", "the name of a profile");
      return Optional.empty();
    }
    return Optional.of(new EndpointCredentials.Profile(name));
  }

  private Optional<EndpointCredentials> fromSecret(String where, String location) {
    Optional<DocumentLocation> secret =
        DocumentReader.locate(location).filter(DocumentReader::isSecret);
    if (secret.isEmpty()) {
      problems.add(
          where,
          "something else",
          "arn:aws:secretsmanager:... or projects/PROJECT/secrets/SECRET/versions/VERSION");
      return Optional.empty();
    }
    return keys(where, secret.get(), documents, problems)
        .map(keys -> new EndpointCredentials.Secret(secret.get(), keys));
  }

  static EndpointCredentials.Keys readAgain(DocumentLocation secret, DocumentSource source) {
    Problems problems = new Problems();
    return keys(secret.toString(), secret, new DocumentReader(source, problems), problems)
        .orElseThrow(() -> new SettingsException(problems.all()));
  }

  private static Optional<EndpointCredentials.Keys> keys(
      String where, DocumentLocation secret, DocumentReader documents, Problems problems) {
    Optional<JsonObject> json = documents.fetch(where, secret);
    return json.flatMap(
        object -> keys(new Fields(object, where + " (the secret's own)", problems)));
  }

  private static Optional<EndpointCredentials.Keys> keys(Fields fields) {
    Optional<String> id = fields.requiredText("accessKeyId").filter(text -> !text.isEmpty());
    Optional<String> key = fields.requiredText("secretAccessKey").filter(text -> !text.isEmpty());
    Optional<String> token = fields.text("sessionToken").filter(text -> !text.isEmpty());
    return id.flatMap(i -> key.map(k -> new EndpointCredentials.Keys(i, k, token)));
  }
}
