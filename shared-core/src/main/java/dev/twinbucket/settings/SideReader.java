package dev.twinbucket.settings;

import dev.twinbucket.rule.Side;
import dev.twinbucket.store.Placement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how one side is to keep what is written there. */
final class SideReader {
  private final Problems problems;

  SideReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * Reads a side's settings.
   *
   * @param settings as written
   * @param place the side
   * @param across the store of the other side, whose storage classes can be mapped
   */
  Side read(Fields settings, Place place, String across) {
    PlacementRules here = PlacementRules.of(place.bucket().store());
    Placement placement =
        new Placement(
            storageClass(settings, here), cannedAcl(settings, here), kmsKey(settings, here));
    Map<String, String> classes =
        settings
            .object("storageClasses")
            .map(map -> storageClasses(map, here, PlacementRules.of(across)))
            .orElse(Map.of());
    settings.refuseRest();
    return new Side(place.bucket(), place.prefix(), placement, classes);
  }

  private String storageClass(Fields settings, PlacementRules here) {
    Optional<String> name = settings.text("storageClass");
    name.ifPresent(written -> checkWritten(settings.where("storageClass"), written, here));
    return name.orElse("");
  }

  private Map<String, String> storageClasses(
      Fields map, PlacementRules here, PlacementRules there) {
    Map<String, String> classes = new LinkedHashMap<>();
    for (String from : map.names()) {
      if (!there.canHave(from)) {
        problems.add(
            map.where(from),
            "the storage class " + Problems.quote(from),
            there.classes() + " (of the other side)",
            NearestName.suggest(from, there.storageClasses()));
      }
      map.text(from)
          .ifPresent(
              to -> {
                checkWritten(map.where(from), to, here);
                classes.put(from, to);
              });
    }
    return classes;
  }

  private void checkWritten(String where, String name, PlacementRules here) {
    if (!here.canWrite(name)) {
      problems.add(
          where,
          "the storage class " + Problems.quote(name),
          here.classes(),
          NearestName.suggest(name, here.storageClasses()));
    }
  }

  private String cannedAcl(Fields settings, PlacementRules here) {
    Optional<String> acl = settings.text("cannedAcl");
    List<String> possible = here.cannedAcls();
    if (acl.isPresent() && !possible.contains(acl.get())) {
      problems.add(
          settings.where("cannedAcl"),
          Problems.quote(acl.get()),
          "one of " + String.join(", ", possible),
          NearestName.suggest(acl.get(), possible));
    }
    return acl.orElse("");
  }

  private String kmsKey(Fields settings, PlacementRules here) {
    Optional<String> key = settings.text("kmsKey");
    if (key.isPresent() && !here.kmsKey().matcher(key.get()).matches()) {
      problems.add(settings.where("kmsKey"), Problems.quote(key.get()), here.kmsKeyShape());
    }
    return key.orElse("");
  }
}
