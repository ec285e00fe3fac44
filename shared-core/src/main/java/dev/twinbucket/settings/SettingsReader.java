package dev.twinbucket.settings;

import dev.twinbucket.json.JsonObject;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.RuleSet;
import dev.twinbucket.rule.Side;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads everything, keeps going at every problem, and gives up once at the end. */
final class SettingsReader {
  private static final String S3 = "s3";
  private static final String GCS = "gs";
  private static final String ROLE = "AWS_ROLE_ARN";

  private final Problems problems = new Problems();
  private final Variables variables;
  private final DocumentReader documents;

  SettingsReader(Map<String, String> environment, DocumentSource source) {
    this.variables = new Variables(environment, problems);
    this.documents = new DocumentReader(source, problems);
  }

  /** What the rules' part of the configuration says. */
  private record Rules(
      List<Rule> rules,
      Map<String, Endpoint> endpoints,
      Map<String, String> providers,
      Optional<StateLocation> state) {}

  Settings read() {
    variables.refuseUnknown();
    Rules rules = rules();
    Optional<String> deadLetterQueue = variables.queue(Variable.DEAD_LETTER_QUEUE);
    Optional<String> deadLetterTopic = variables.topic(Variable.DEAD_LETTER_TOPIC);
    Optional<String> workQueue = variables.queue(Variable.WORK_QUEUE);
    Optional<String> workTopic = variables.topic(Variable.WORK_TOPIC);
    int smallObjectBytes =
        variables.size(
            Variable.SMALL_OBJECT_BYTES,
            Settings.DEFAULT_SMALL_OBJECT_BYTES,
            0,
            Settings.LARGEST_SMALL_OBJECT);
    LargeObjectSettings largeObjects = largeObjects();
    LogLevel logLevel = variables.choice(Variable.LOG_LEVEL, LogLevel.class, LogLevel.INFO);
    int maxEventBytes =
        variables.size(
            Variable.MAX_EVENT_BYTES,
            Settings.DEFAULT_MAX_EVENT_BYTES,
            Settings.SMALLEST_MAX_EVENT,
            Settings.LARGEST_MAX_EVENT);
    Duration functionTimeout =
        variables.seconds(
            Variable.FUNCTION_TIMEOUT_SECONDS,
            Settings.DEFAULT_FUNCTION_TIMEOUT,
            Duration.ofHours(1));
    Optional<String> googleCredentials = variables.text(Variable.GOOGLE_CREDENTIALS);
    googleCredentials.ifPresent(
        json -> documents.parse(Variable.GOOGLE_CREDENTIALS.variable(), json));
    Optional<String> audience = variables.text(Variable.AWS_WEB_IDENTITY_AUDIENCE);
    if (audience.isPresent() && variables.text(ROLE).isEmpty()) {
      problems.add(
          Variable.AWS_WEB_IDENTITY_AUDIENCE.variable(),
          "an audience without a role",
          "the ARN of the role that is to be taken on, in " + ROLE);
    }
    if (problems.count() > 0) {
      throw new SettingsException(problems.all());
    }
    return new Settings(
        new RuleSet(rules.rules(), rules.providers()),
        rules.endpoints(),
        rules.state().orElseThrow(),
        deadLetterQueue,
        deadLetterTopic,
        workQueue,
        workTopic,
        smallObjectBytes,
        largeObjects,
        logLevel,
        maxEventBytes,
        functionTimeout,
        googleCredentials,
        audience);
  }

  private LargeObjectSettings largeObjects() {
    LargeObjectSettings standard = LargeObjectSettings.DEFAULT;
    return new LargeObjectSettings(
        variables.size(
            Variable.PART_BYTES,
            standard.partBytes(),
            LargeObjectSettings.SMALLEST_PART,
            LargeObjectSettings.LARGEST_PART),
        variables.count(
            Variable.PARTS_AT_ONCE, standard.partsAtOnce(), LargeObjectSettings.MOST_PARTS_AT_ONCE),
        variables.bytes(
            Variable.FAN_OUT_BYTES,
            standard.fanOutBytes(),
            LargeObjectSettings.SMALLEST_FAN_OUT,
            LargeObjectSettings.LARGEST_FAN_OUT),
        variables.count(
            Variable.FAN_OUT_WORKERS, standard.workers(), LargeObjectSettings.MOST_WORKERS));
  }

  private Rules rules() {
    boolean pair = variables.isSet(Variable.LEFT) || variables.isSet(Variable.RIGHT);
    Optional<String> config = variables.text(Variable.CONFIG);
    if (config.isPresent()) {
      refuseBeside(Variable.CONFIG, Variable.LEFT, Variable.RIGHT, Variable.DIRECTION);
      return document(config.get());
    }
    if (!pair) {
      problems.add(
          Variable.LEFT.variable(),
          "neither it nor " + Variable.CONFIG.variable(),
          "a pair of sides or a document",
          "Set TWINBUCKET_LEFT and TWINBUCKET_RIGHT for one pair, TWINBUCKET_CONFIG for more");
    }
    return pair();
  }

  private void refuseBeside(Variable set, Variable... others) {
    for (Variable other : others) {
      if (variables.isSet(other)) {
        problems.add(
            other.variable(),
            "a value beside " + set.variable(),
            "only one of the two",
            "The document says it in a rule of its own");
      }
    }
  }

  private Rules pair() {
    Map<String, String> providers = standardProviders();
    PlaceReader places = new PlaceReader(providers, problems);
    Direction direction = variables.choice(Variable.DIRECTION, Direction.class, Direction.TWO_WAY);
    Optional<Side> left = pairSide(Variable.LEFT, Variable.RIGHT, places);
    Optional<Side> right = pairSide(Variable.RIGHT, Variable.LEFT, places);
    List<Rule> rules =
        left.isPresent() && right.isPresent()
            ? List.of(Rule.of(Settings.PAIR, left.get(), right.get(), direction))
            : List.of();
    new RuleConflicts(rules, Variable.RIGHT.variable(), problems).report();
    StateReader states = new StateReader(Map.of(), places, problems);
    return new Rules(rules, Map.of(), providers, state(states, Optional.empty(), rules));
  }

  private Optional<Side> pairSide(Variable variable, Variable other, PlaceReader places) {
    Optional<String> text = variables.text(variable);
    if (text.isEmpty() && variables.isSet(other)) {
      problems.add(
          variable.variable(),
          "nothing",
          "the other side of the pair, such as s3://BUCKET/PREFIX or gs://BUCKET/PREFIX");
    }
    Optional<Place> place = text.flatMap(written -> places.read(variable.variable(), written));
    place.ifPresent(side -> RuleReader.refuseReserved(variable.variable(), side, problems));
    return place.map(side -> Side.of(side.bucket(), side.prefix()));
  }

  private Rules document(String config) {
    String where = Variable.CONFIG.variable() + "#";
    Optional<JsonObject> json = Optional.empty();
    if (DocumentReader.isInline(config)) {
      json = documents.parse(Variable.CONFIG.variable(), config);
    } else {
      Optional<DocumentLocation> location = DocumentReader.locate(config);
      if (location.isEmpty()) {
        problems.add(
            Variable.CONFIG.variable(),
            "a text of " + config.length() + " characters that is neither",
            "a JSON object, an absolute path, s3://BUCKET/KEY, gs://BUCKET/KEY, the ARN of a"
                + " secret of AWS Secrets Manager, or"
                + " projects/PROJECT/secrets/SECRET/versions/VERSION");
      }
      json = location.flatMap(from -> documents.fetch(Variable.CONFIG.variable(), from));
    }
    // Whatever else is wrong with the environment shall be told as well.
    return json.map(object -> rules(new Fields(object, where, problems)))
        .orElseGet(() -> new Rules(List.of(), Map.of(), Map.of(), Optional.empty()));
  }

  private Rules rules(Fields document) {
    CredentialsReader credentials = new CredentialsReader(variables, documents, problems);
    Optional<Fields> written = document.object("endpoints");
    Map<String, Endpoint> endpoints =
        written
            .map(fields -> new EndpointReader(credentials, problems).readAll(fields))
            .orElse(Map.of());
    Map<String, String> providers = standardProviders();
    // An endpoint that is itself at fault is no reason to complain about the rules that use it.
    written.map(Fields::names).orElse(Set.of()).stream()
        .filter(EndpointReader::isName)
        .forEach(name -> providers.put(name, S3));
    PlaceReader places = new PlaceReader(providers, problems);
    Optional<String> state = document.text("state");
    List<Fields> items = document.objects("rules");
    RuleReader reader = new RuleReader(places, new SideReader(problems), problems);
    List<Rule> rules = reader.readAll(items);
    document.refuseRest();
    if (!document.has("rules") || (items.isEmpty() && rules.isEmpty())) {
      problems.add(document.where("rules"), "no rule", "a list of at least one rule");
    }
    new RuleConflicts(rules, document.where("rules"), problems).report();
    StateReader states = new StateReader(endpoints, places, problems);
    return new Rules(rules, endpoints, providers, state(states, state, rules));
  }

  /** The variable goes before the document, so that two functions can share the document. */
  private Optional<StateLocation> state(
      StateReader states, Optional<String> written, List<Rule> rules) {
    Optional<String> variable = variables.text(Variable.STATE);
    if (variable.isPresent()) {
      return states.read(Variable.STATE.variable(), variable.get(), rules);
    }
    return written.isPresent()
        ? states.read(Variable.CONFIG.variable() + "#/state", written.get(), rules)
        : states.standard(rules);
  }

  private static Map<String, String> standardProviders() {
    Map<String, String> providers = new LinkedHashMap<>();
    providers.put(S3, S3);
    providers.put(GCS, GCS);
    return providers;
  }
}
