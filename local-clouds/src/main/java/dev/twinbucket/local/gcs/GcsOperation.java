package dev.twinbucket.local.gcs;

/** What a request asks for. Requests are counted by it, refused ones too. */
public enum GcsOperation {
  /** JSON: create a bucket. */
  BUCKET_INSERT,
  /** JSON: metadata of a bucket. */
  BUCKET_GET,
  /** JSON: change a bucket. */
  BUCKET_UPDATE,
  /** JSON: buckets of the project. */
  BUCKET_LIST,
  /** JSON: delete an empty bucket. */
  BUCKET_DELETE,
  /** JSON or XML: create or replace an object in a single request. */
  OBJECT_INSERT,
  /** JSON: start a resumable upload. */
  RESUMABLE_START,
  /** JSON: send a chunk of a resumable upload, or ask how far it is. */
  RESUMABLE_CHUNK,
  /** JSON: give up a resumable upload. */
  RESUMABLE_CANCEL,
  /** JSON: metadata of an object. XML: HEAD. */
  OBJECT_GET,
  /** JSON or XML: bytes of an object. */
  OBJECT_READ,
  /** JSON: change some metadata. */
  OBJECT_PATCH,
  /** JSON: replace all metadata. */
  OBJECT_UPDATE,
  /** JSON or XML: delete an object or a generation. */
  OBJECT_DELETE,
  /** JSON or XML: list objects. */
  OBJECT_LIST,
  /** JSON: rewrite or copy; XML: PUT with a copy source. */
  OBJECT_COPY,
  /** JSON: concatenate objects. */
  OBJECT_COMPOSE,
  /** JSON: rename an object. */
  OBJECT_MOVE,
  /** XML: start a multipart upload. */
  MULTIPART_CREATE,
  /** XML: put a part. */
  MULTIPART_PUT_PART,
  /** XML: list the parts of an upload. */
  MULTIPART_LIST_PARTS,
  /** XML: list the open uploads of a bucket. */
  MULTIPART_LIST,
  /** XML: make an object of the parts. */
  MULTIPART_COMPLETE,
  /** XML: drop an upload and its parts. */
  MULTIPART_ABORT,
  /** JSON: several requests in one; each of them is counted too. */
  BATCH,
  /** Anything else. */
  OTHER
}
