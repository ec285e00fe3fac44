package dev.twinbucket.store.gcs;

/**
 * Where a listing of uploads goes on: first come the uploads that are open, then the objects that
 * completions left.
 *
 * @param ofObjects whether it is in the second half
 * @param key the last upload's staging name, empty before the first; its letters are ours
 * @param token the last upload's id, or the page token of the objects
 */
record UploadMarker(boolean ofObjects, String key, String token) {
  static final UploadMarker FIRST = new UploadMarker(false, "", "");

  private static final char SEPARATOR = '\n';

  static UploadMarker uploads(String key, String id) {
    return new UploadMarker(false, key, id);
  }

  static UploadMarker objects(String token) {
    return new UploadMarker(true, "", token);
  }

  String text() {
    return (ofObjects ? "objects" : "uploads") + SEPARATOR + key + SEPARATOR + token;
  }

  static UploadMarker parse(String text) {
    String[] fields = text.split(String.valueOf(SEPARATOR), 3);
    return new UploadMarker(fields[0].equals("objects"), fields[1], fields[2]);
  }
}
