package dev.twinbucket.settings;

import dev.twinbucket.object.Escaping;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Typed access to the environment. An empty variable counts as one that is not set. */
final class Variables {
  private static final Pattern QUEUE_URL =
      Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+/[A-Za-z0-9._/-]+");
  private static final Pattern TOPIC =
      Pattern.compile("projects/[a-z][a-z0-9.:-]+/topics/[A-Za-z][A-Za-z0-9._~+%-]{2,254}");

  private final Map<String, String> environment;
  private final Problems problems;

  Variables(Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  Optional<String> text(Variable variable) {
    return text(variable.variable());
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  boolean isSet(Variable variable) {
    return text(variable).isPresent();
  }

  /** Reports variables that look like ours and are not: a slip of the pen must not go unnoticed. */
  void refuseUnknown() {
    Collection<String> known = Variable.names();
    for (String name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith(Variable.PREFIX) && !known.contains(name)) {
        problems.add(
            Escaping.forLog(name),
            "a variable that Twinbucket does not know",
            "only variables that it knows to begin with " + Variable.PREFIX,
            NearestName.suggest(name, known));
      }
    }
  }

  <E extends Enum<E>> E choice(Variable variable, Class<E> choices, E otherwise) {
    Optional<String> text = text(variable);
    if (text.isEmpty()) {
      return otherwise;
    }
    Optional<E> choice = Spelling.read(choices, text.get());
    if (choice.isEmpty()) {
      List<String> spellings = Spelling.all(choices);
      problems.add(
          variable.variable(),
          Problems.quote(text.get()),
          "one of " + String.join(", ", spellings),
          NearestName.suggest(text.get(), spellings));
    }
    return choice.orElse(otherwise);
  }

  int size(Variable variable, long otherwise, long least, long most) {
    return Math.toIntExact(bytes(variable, otherwise, least, most));
  }

  long bytes(Variable variable, long otherwise, long least, long most) {
    Optional<String> text = text(variable);
    if (text.isEmpty()) {
      return otherwise;
    }
    Optional<Long> size =
        ByteSize.parse(text.get()).filter(bytes -> bytes >= least && bytes <= most);
    if (size.isEmpty()) {
      problems.add(
          variable.variable(),
          Problems.quote(text.get()),
          "a number of bytes from " + ByteSize.show(least) + " to " + ByteSize.show(most),
          "Write it as a whole number, alone or with KiB or MiB after it");
    }
    return size.orElse(otherwise);
  }

  int count(Variable variable, int otherwise, int most) {
    Optional<String> text = text(variable);
    if (text.isEmpty()) {
      return otherwise;
    }
    Optional<Integer> count =
        text.filter(digits -> digits.matches("[1-9][0-9]{0,8}"))
            .map(Integer::valueOf)
            .filter(number -> number <= most);
    if (count.isEmpty()) {
      problems.add(
          variable.variable(), Problems.quote(text.get()), "a whole number from 1 to " + most);
    }
    return count.orElse(otherwise);
  }

  Duration seconds(Variable variable, Duration otherwise, Duration most) {
    Optional<String> text = text(variable);
    if (text.isEmpty()) {
      return otherwise;
    }
    Optional<Duration> time =
        text.filter(digits -> digits.matches("[1-9][0-9]{0,8}"))
            .map(digits -> Duration.ofSeconds(Long.parseLong(digits)))
            .filter(seconds -> seconds.compareTo(most) <= 0);
    if (time.isEmpty()) {
      problems.add(
          variable.variable(),
          Problems.quote(text.get()),
          "a whole number of seconds from 1 to " + most.toSeconds());
    }
    return time.orElse(otherwise);
  }

  Optional<String> queue(Variable variable) {
    return matching(
        variable,
        QUEUE_URL,
        "the URL of an SQS queue, such as"
            + " https://sqs.eu-central-1.amazonaws.com/123456789012/dead-letters");
  }

  Optional<String> topic(Variable variable) {
    return matching(
        variable, TOPIC, "the full name of a Pub/Sub topic, projects/PROJECT/topics/TOPIC");
  }

  private Optional<String> matching(Variable variable, Pattern pattern, String expected) {
    Optional<String> text = text(variable);
    if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
      // A URL may hold a password, and then it is not shown.
      String found = text.get().indexOf('@') >= 0 ? "something else" : Problems.quote(text.get());
      problems.add(variable.variable(), found, expected);
      return Optional.empty();
    }
    return text;
  }
}
