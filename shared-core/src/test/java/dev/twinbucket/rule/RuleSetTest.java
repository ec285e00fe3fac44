package dev.twinbucket.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.store.Placement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleSetTest {
  private static final BucketLocation S3 = new BucketLocation("s3", "shared-name");
  private static final BucketLocation GCS = new BucketLocation("gs", "shared-name");
  private static final BucketLocation MINIO = new BucketLocation("minio", "shared-name");
  private static final Map<String, String> PROVIDERS =
      Map.of("s3", "s3", "gs", "gs", "minio", "s3");

  @Test
  void anEventMatchesTheSideOfItsOwnProviderAndBucketOnly() {
    Rule rule = rule("r", Side.of(S3, "in/"), Side.of(GCS, "out/"));
    RuleSet rules = new RuleSet(List.of(rule), PROVIDERS);

    assertThat(rules.match(look("s3", "shared-name", "in/a//b")))
        .containsExactly(new RuleSet.Match(rule, SideName.LEFT, "a//b"));
    assertThat(rules.match(look("gs", "shared-name", "out/a")))
        .containsExactly(new RuleSet.Match(rule, SideName.RIGHT, "a"));
    assertThat(rules.match(look("gs", "shared-name", "in/a"))).isEmpty();
    assertThat(rules.match(look("s3", "other", "in/a"))).isEmpty();
    assertThat(rules.match(look("s3", "shared-name", "In/a"))).isEmpty();
  }

  @Test
  void anEventMatchesEverySideOfItsKindBecauseItNamesNoEndpoint() {
    Rule amazon = rule("amazon", Side.of(S3, ""), Side.of(GCS, "a/"));
    Rule minio = rule("minio", Side.of(MINIO, ""), Side.of(GCS, "m/"));
    RuleSet rules = new RuleSet(List.of(amazon, minio), PROVIDERS);

    assertThat(rules.match(look("s3", "shared-name", "k")))
        .extracting(match -> match.rule().name())
        .containsExactly("amazon", "minio");
  }

  @Test
  void whatIsReservedOrFilteredMatchesNothing() {
    Rule rule =
        new Rule(
            "r",
            Side.of(S3, ""),
            Side.of(GCS, "backup/"),
            Direction.TWO_WAY,
            new KeyFilter(List.of(), List.of(KeyPattern.of("tmp/**"))),
            DeletePolicy.REPLICATE,
            DeletePolicy.REPLICATE,
            ForeignPolicy.OVERWRITE,
            ConflictPolicy.NEWEST,
            true,
            DeleteGuard.DEFAULT,
            Mode.LIVE);
    RuleSet rules = new RuleSet(List.of(rule), PROVIDERS);

    assertThat(rules.match(look("s3", "shared-name", ".twinbucket/state/x"))).isEmpty();
    assertThat(rules.match(look("gs", "shared-name", "backup/.twinbucket/x"))).isEmpty();
    assertThat(rules.match(look("s3", "shared-name", "tmp/x"))).isEmpty();
    assertThat(rules.match(look("s3", "shared-name", ".twinbucket"))).hasSize(1);
    assertThat(rules.match(look("s3", "shared-name", "a/.twinbucket/x"))).hasSize(1);
  }

  @Test
  void aNameIsTheKeyWithoutExactlyItsPrefix() {
    Side side = Side.of(S3, "a/");

    assertThat(side.nameOf("a/b")).contains("b");
    assertThat(side.nameOf("a//b")).contains("/b");
    assertThat(side.nameOf("a/a/b")).contains("a/b");
    assertThat(side.nameOf("a/")).isEmpty();
    assertThat(side.nameOf("a")).isEmpty();
    assertThat(side.nameOf("/a/b")).isEmpty();
    assertThat(side.nameOf("./a/b")).isEmpty();
    assertThat(Side.of(S3, "").nameOf("/")).contains("/");
    assertThat(Side.of(S3, "pre").nameOf("prefix")).contains("fix");
  }

  @Test
  void locatingANameUndoesNamingAKey() {
    for (String prefix : List.of("", "a", "a/", "./", "%2F", "\uD83E\uDD9D/")) {
      Side side = Side.of(S3, prefix);
      for (String name : List.of("a", "/", "a/../b", "dir/", "\u0007", "a/")) {
        assertThat(side.nameOf(side.locate(name).key())).contains(name);
      }
    }
  }

  @Test
  void aStorageClassIsMappedAndTheRestOfThePlacementKept() {
    Side side =
        new Side(
            S3,
            "",
            new Placement("STANDARD_IA", "public-read", "key"),
            Map.of("COLDLINE", "GLACIER_IR"));

    assertThat(side.placementFor("COLDLINE"))
        .isEqualTo(new Placement("GLACIER_IR", "public-read", "key"));
    assertThat(side.placementFor("STANDARD"))
        .isEqualTo(new Placement("STANDARD_IA", "public-read", "key"));
  }

  private static Rule rule(String name, Side left, Side right) {
    return Rule.of(name, left, right, Direction.TWO_WAY);
  }

  private static ObjectEvent look(String provider, String bucket, String key) {
    return ObjectEvent.look(provider, bucket, key, EventType.CREATED);
  }
}
