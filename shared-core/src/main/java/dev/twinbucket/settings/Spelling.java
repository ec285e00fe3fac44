package dev.twinbucket.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How closed choices are written in the configuration: {@code LEFT_TO_RIGHT} is left-to-right. */
final class Spelling {
  private Spelling() {}

  static String of(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> List<String> all(Class<E> choices) {
    return Arrays.stream(choices.getEnumConstants()).map(Spelling::of).toList();
  }

  static <E extends Enum<E>> Optional<E> read(Class<E> choices, String text) {
    return Arrays.stream(choices.getEnumConstants())
        .filter(choice -> of(choice).equals(text))
        .findFirst();
  }
}
