package dev.twinbucket.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the document's "endpoints". */
final class EndpointReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9+.-]{0,30}");
  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9_-]{1,40}");
  private static final String DEFAULT_REGION = "us-east-1";

  /** What already means something else where a store can be named. */
  private static final Set<String> TAKEN =
      Set.of("s3", "gs", "file", "http", "https", "arn", "dynamodb", "memory", "projects");

  private final CredentialsReader credentials;
  private final Problems problems;

  EndpointReader(CredentialsReader credentials, Problems problems) {
    this.credentials = credentials;
    this.problems = problems;
  }

  Map<String, Endpoint> readAll(Fields endpoints) {
    Map<String, Endpoint> byName = new LinkedHashMap<>();
    for (String name : endpoints.names()) {
      Optional<Fields> fields = endpoints.object(name);
      if (!isName(name)) {
        problems.add(
            endpoints.where(name),
            "the name " + Problems.quote(name),
            "a name of lower-case letters, digits and . + - that begins with a letter, and none of "
                + String.join(", ", TAKEN.stream().sorted().toList()));
      } else if (fields.isPresent()) {
        read(fields.get()).ifPresent(endpoint -> byName.put(name, endpoint));
      }
    }
    return byName;
  }

  /** Whether an endpoint can have that name. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches() && !TAKEN.contains(name);
  }

  private Optional<Endpoint> read(Fields fields) {
    Optional<String> type = fields.requiredText("type");
    if (type.isPresent() && !type.get().equals("s3")) {
      problems.add(fields.where("type"), Problems.quote(type.get()), "s3");
    }
    Optional<URI> url = fields.requiredText("url").flatMap(text -> url(fields.where("url"), text));
    String region = region(fields);
    Endpoint.Addressing addressing =
        fields.choice("addressing", Endpoint.Addressing.class, Endpoint.Addressing.PATH);
    EndpointCredentials who =
        fields
            .object("credentials")
            .flatMap(credentials::read)
            .orElseGet(EndpointCredentials.Standard::new);
    boolean conditionalWrites = fields.flag("conditionalWrites", true);
    boolean conditionalDeletes = fields.flag("conditionalDeletes", true);
    boolean storesCrc32c = fields.flag("storesCrc32c", true);
    boolean tags = fields.flag("tags", true);
    boolean tagCount = fields.flag("tagCount", true);
    boolean copyInPlace = fields.flag("copyInPlace", true);
    fields.refuseRest();
    return url.map(
        where ->
            new Endpoint(
                where,
                region,
                addressing,
                who,
                conditionalWrites,
                conditionalDeletes,
                storesCrc32c,
                tags,
                tagCount,
                copyInPlace));
  }

  private String region(Fields fields) {
    String region = fields.text("region").orElse(DEFAULT_REGION);
    if (!REGION.matcher(region).matches()) {
      problems.add(fields.where("region"), Problems.quote(region), "the name of a region");
    }
    return region;
  }

  private Optional<URI> url(String where, String text) {
    Optional<URI> url = parse(text).filter(EndpointReader::isPlain);
    if (url.isEmpty()) {
      // What is wrong with it may be a password, so it is not shown.
      problems.add(
          where,
          "something else",
          "http:// or https:// with a host and perhaps a port, and nothing else",
          "Leave the bucket, a path and credentials out of it");
    }
    return url;
  }

  private static boolean isPlain(URI url) {
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    boolean bare = url.getRawPath().isEmpty() || url.getRawPath().equals("/");
    return web
        && bare
        && url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }

  private static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text)).filter(uri -> !uri.isOpaque());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
