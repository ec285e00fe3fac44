package dev.twinbucket.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The configuration page says what is so. */
class ConfigurationPageTest {
  private static final Pattern BLOCK =
      Pattern.compile("^```(json|properties)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern VARIABLE = Pattern.compile("TWINBUCKET_[A-Z_]*[A-Z]");
  private static final Pattern ROW = Pattern.compile("^\\| (`[^|]*`) \\|", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9_]+)`");

  private final String page = read();

  private static String read() {
    // Tests run in the module's folder.
    Path path = Path.of("..", "docs", "configuration.md");
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new AssertionError("the page is not at " + path.toAbsolutePath().normalize(), e);
    }
  }

  private List<String> blocks(String language) {
    return BLOCK
        .matcher(page)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  private static Settings settings(Map<String, String> environment) {
    return Settings.read(environment, new TestingDocuments());
  }

  @Test
  void everyDocumentOnItIsRight() {
    List<String> documents = blocks("json");

    assertThat(documents).hasSizeGreaterThanOrEqualTo(4);
    for (String document : documents) {
      Map<String, String> environment =
          Map.of(
              "TWINBUCKET_CONFIG", document,
              "MINIO_ACCESS_KEY_ID", "id",
              "MINIO_SECRET_ACCESS_KEY", "key");
      assertThat(settings(environment).rules().rules()).as(document).isNotEmpty();
    }
  }

  @Test
  void everyListOfVariablesOnItIsRight() {
    List<String> lists = blocks("properties");

    assertThat(lists).hasSizeGreaterThanOrEqualTo(3);
    for (String list : lists) {
      Map<String, String> environment = new HashMap<>();
      list.lines()
          .map(line -> line.split("=", 2))
          .forEach(setting -> environment.put(setting[0], setting[1]));
      assertThat(settings(environment).rules().rules()).as(list).hasSize(1);
    }
  }

  @Test
  void itNamesEveryVariableAndNoOther() {
    Set<String> named =
        VARIABLE
            .matcher(page)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named).containsExactlyInAnyOrderElementsOf(Variable.names());
  }

  @Test
  void everyFieldInItsTablesIsKnown() {
    assertFieldsKnown("### Rules", "{\"rules\": [{%s}]}");
    assertFieldsKnown(
        "### How objects are kept",
        "{\"rules\": [{\"name\": \"r\", \"left\": \"s3://left\", \"leftSettings\": {%s}}]}");
    assertFieldsKnown("### S3-compatible endpoints", "{\"endpoints\": {\"e\": {%s}}}");
    assertFieldsKnown("## The document", "{%s}");
  }

  /** A list of objects is wrong for every field, but not because the field is unknown. */
  private void assertFieldsKnown(String heading, String around) {
    int start = page.indexOf(heading + "\n");
    assertThat(start).as(heading).isNotNegative();
    String section = page.substring(start, page.indexOf("\n#", start + 1));
    List<String> fields =
        ROW.matcher(section)
            .results()
            .flatMap(row -> NAME.matcher(row.group(1)).results())
            .map(name -> name.group(1))
            .toList();
    assertThat(fields).as(heading).hasSizeGreaterThanOrEqualTo(3);
    for (String field : fields) {
      String document = around.formatted("\"" + field + "\": [{\"x\": 1}]");
      assertThatExceptionOfType(SettingsException.class)
          .isThrownBy(() -> settings(Map.of("TWINBUCKET_CONFIG", document)))
          .satisfies(
              refusal ->
                  assertThat(refusal.problems())
                      .as(document)
                      .anyMatch(problem -> problem.where().contains("/" + field))
                      .noneMatch(
                          problem ->
                              problem.where().endsWith("/" + field)
                                  && problem.found().contains("not known")));
    }
  }
}
