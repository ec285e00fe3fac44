package dev.twinbucket.settings;

import dev.twinbucket.object.Escaping;
import dev.twinbucket.rule.ConflictPolicy;
import dev.twinbucket.rule.DeleteGuard;
import dev.twinbucket.rule.DeletePolicy;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.ForeignPolicy;
import dev.twinbucket.rule.KeyFilter;
import dev.twinbucket.rule.KeyPattern;
import dev.twinbucket.rule.Mode;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the document's "rules". */
final class RuleReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int LONGEST_PATTERN = 1024;
  private static final long LARGEST_COUNT = 1_000_000_000;

  private final PlaceReader places;
  private final SideReader sides;
  private final Problems problems;
  private final Set<String> names = new HashSet<>();

  RuleReader(PlaceReader places, SideReader sides, Problems problems) {
    this.places = places;
    this.sides = sides;
    this.problems = problems;
  }

  List<Rule> readAll(List<Fields> rules) {
    return rules.stream().map(this::read).flatMap(Optional::stream).toList();
  }

  private Optional<Rule> read(Fields fields) {
    Optional<String> name = name(fields);
    Optional<Place> left = place(fields, "left");
    Optional<Place> right = place(fields, "right");
    Direction direction = fields.choice("direction", Direction.class, Direction.TWO_WAY);
    KeyFilter filter = new KeyFilter(patterns(fields, "include"), patterns(fields, "exclude"));
    DeletePolicy deletes = fields.choice("deletes", DeletePolicy.class, DeletePolicy.REPLICATE);
    DeletePolicy lifecycleDeletes = fields.choice("lifecycleDeletes", DeletePolicy.class, deletes);
    ForeignPolicy foreign = fields.choice("foreign", ForeignPolicy.class, ForeignPolicy.OVERWRITE);
    ConflictPolicy conflict =
        fields.choice("conflict", ConflictPolicy.class, ConflictPolicy.NEWEST);
    boolean updateBeatsDelete = fields.flag("updateBeatsDelete", true);
    DeleteGuard guard =
        fields.object("deleteGuard").map(RuleReader::guard).orElse(DeleteGuard.DEFAULT);
    Mode mode = fields.choice("mode", Mode.class, Mode.LIVE);
    Optional<Side> leftSide = side(fields, "leftSettings", left, right);
    Optional<Side> rightSide = side(fields, "rightSettings", right, left);
    fields.refuseRest();
    if (name.isEmpty() || leftSide.isEmpty() || rightSide.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rule(
            name.get(),
            leftSide.get(),
            rightSide.get(),
            direction,
            filter,
            deletes,
            lifecycleDeletes,
            foreign,
            conflict,
            updateBeatsDelete,
            guard,
            mode));
  }

  private static DeleteGuard guard(Fields fields) {
    DeleteGuard standard = DeleteGuard.DEFAULT;
    DeleteGuard guard =
        new DeleteGuard(
            fields.flag("enabled", true),
            Duration.ofMinutes(
                fields.count(
                    "windowMinutes",
                    standard.window().toMinutes(),
                    1,
                    DeleteGuard.LONGEST_WINDOW.toMinutes())),
            fields.count("count", standard.count(), 0, LARGEST_COUNT),
            Math.toIntExact(fields.count("sharePercent", standard.sharePercent(), 1, 100)),
            fields.count("spared", standard.spared(), 0, LARGEST_COUNT));
    fields.refuseRest();
    return guard;
  }

  private Optional<String> name(Fields fields) {
    Optional<String> name = fields.requiredText("name");
    if (name.isEmpty()) {
      return name;
    }
    if (!NAME.matcher(name.get()).matches()) {
      problems.add(
          fields.where("name"),
          Problems.quote(name.get()),
          "1 to 64 letters, digits and . _ - that begin with a letter or a digit");
    } else if (!names.add(name.get())) {
      problems.add(
          fields.where("name"), "the name " + name.get() + " for a second time", "each name once");
    }
    return name;
  }

  private Optional<Place> place(Fields fields, String which) {
    String where = fields.where(which);
    Optional<Place> place = fields.requiredText(which).flatMap(text -> places.read(where, text));
    place.ifPresent(side -> refuseReserved(where, side, problems));
    return place;
  }

  /** For single pairs, too. */
  static void refuseReserved(String where, Place side, Problems problems) {
    if (side.prefix().startsWith(Rule.RESERVED_PREFIX)) {
      problems.add(
          where,
          "a side within " + Rule.RESERVED_PREFIX,
          "a place that is not reserved for Twinbucket's own objects");
    }
  }

  private Optional<Side> side(
      Fields fields, String settings, Optional<Place> here, Optional<Place> there) {
    Optional<Fields> written = fields.object(settings);
    if (written.isEmpty() || here.isEmpty()) {
      return here.map(place -> Side.of(place.bucket(), place.prefix()));
    }
    String across = there.map(place -> place.bucket().store()).orElse("");
    return Optional.of(sides.read(written.get(), here.get(), across));
  }

  private List<KeyPattern> patterns(Fields fields, String name) {
    List<KeyPattern> patterns = new ArrayList<>();
    for (String glob : fields.texts(name)) {
      try {
        if (glob.length() > LONGEST_PATTERN) {
          throw new IllegalArgumentException("it has more than 1,024 characters");
        }
        patterns.add(KeyPattern.of(glob));
      } catch (IllegalArgumentException e) {
        problems.add(
            fields.where(name),
            Problems.quote(glob),
            "a pattern of names: " + Escaping.forLog(e.getMessage()));
      }
    }
    return patterns;
  }
}
