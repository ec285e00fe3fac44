package dev.twinbucket.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "dev.twinbucket", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
  private static final String[] SDKS = {
    "software.amazon.awssdk..", "com.google.cloud..", "com.google.api..", "com.google.auth.."
  };

  @ArchTest
  static final ArchRule VENDORS_ARE_KNOWN_TO_ADAPTERS_ALONE =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "..store.s3..",
              "..store.gcs..",
              "..state.dynamodb..",
              "..credentials..",
              "..settings.source..",
              "..wiring..",
              "..local..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SDKS);

  @ArchTest
  static final ArchRule THE_DECISION_KNOWS_VALUES_ALONE =
      noClasses()
          .that()
          .resideInAPackage("dev.twinbucket.decision..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.twinbucket.store..",
              "dev.twinbucket.state..",
              "dev.twinbucket.transfer..",
              "dev.twinbucket.time..",
              "dev.twinbucket.replication..");

  @ArchTest
  static final ArchRule THE_VOCABULARY_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("dev.twinbucket.object..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.twinbucket.store..",
              "dev.twinbucket.rule..",
              "dev.twinbucket.event..",
              "dev.twinbucket.decision..",
              "dev.twinbucket.replication..");

  @ArchTest
  static final ArchRule THE_ENVIRONMENT_COMES_IN_THROUGH_THE_DOOR =
      noClasses()
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  /** Processes that wake up from one snapshot would share what such a generator yields. */
  @ArchTest
  static final ArchRule RANDOMNESS_IS_HANDED_IN =
      noClasses()
          .that()
          .resideOutsideOfPackages("..local..", "dev.twinbucket.wiring..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.SplittableRandom")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.UUID")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.security.SecureRandom")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices()
          .matching(
              "dev.twinbucket.(decision|guard|replication|operation|transfer|notification|event|object|outcome|intake|settings|wiring).(**)")
          .should()
          .beFreeOfCycles();
}
