package dev.twinbucket.store.gcs;

import com.google.auth.Credentials;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach Google Cloud Storage.
 *
 * @param host another server in place of Google's, with its scheme and without a path; empty for
 *     Google's own
 * @param credentials who asks; if empty, Application Default Credentials on Google's own host and
 *     nobody on another
 * @param stagingBucket a bucket in which multipart uploads are put together, in the location of the
 *     destinations; if empty, each in its destination's own bucket under {@link
 *     dev.twinbucket.store.MultipartUploads#STAGING_PREFIX}
 */
public record GcsStoreSettings(
    Optional<String> host, Optional<Credentials> credentials, Optional<String> stagingBucket) {
  /** The variable in which Google's client libraries look for an emulator. */
  public static final String EMULATOR_VARIABLE = "STORAGE_EMULATOR_HOST";

  /** The variable that names a bucket for multipart uploads. */
  public static final String STAGING_VARIABLE = "TWINBUCKET_GCS_STAGING_BUCKET";

  /** Google's own host and Application Default Credentials. */
  public static final GcsStoreSettings STANDARD =
      new GcsStoreSettings(Optional.empty(), Optional.empty(), Optional.empty());

  public GcsStoreSettings {
    host = host.map(GcsStoreSettings::withScheme);
  }

  /** Google's own host, unless {@value #EMULATOR_VARIABLE} names another. */
  public static GcsStoreSettings from(Map<String, String> environment) {
    return new GcsStoreSettings(
        Optional.ofNullable(environment.get(EMULATOR_VARIABLE)).filter(host -> !host.isEmpty()),
        Optional.empty(),
        Optional.ofNullable(environment.get(STAGING_VARIABLE)).filter(name -> !name.isEmpty()));
  }

  /** The same with these credentials. */
  public GcsStoreSettings withCredentials(Credentials asked) {
    return new GcsStoreSettings(host, Optional.of(asked), stagingBucket);
  }

  private static String withScheme(String host) {
    String full = host.contains("://") ? host : "http://" + host;
    return full.endsWith("/") ? full.substring(0, full.length() - 1) : full;
  }
}
