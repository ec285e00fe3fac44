package dev.twinbucket.store;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.ObjectVersion;
import java.util.List;
import java.util.Optional;

/**
 * Objects that are written in parts. Nothing is visible under the destination's name before {@link
 * #complete}; parts may be sent in any order, by any number of processes at once, and again.
 *
 * <p>Any process that knows the {@link Upload} can go on with it. Every call throws a {@link
 * StoreException} and nothing else but programming errors; {@link StoreException.UploadNotFound}
 * says that there is no such upload any more: it was completed or aborted.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">S3
 *     multipart uploads</a>
 * @see <a href="https://cloud.google.com/storage/docs/multipart-uploads">XML API multipart
 *     uploads</a>
 */
public interface MultipartUploads {
  /** What a staging name begins with; never replicated, since it is under the reserved prefix. */
  String STAGING_PREFIX = ".twinbucket/staging/";

  /** What the store allows. */
  PartLimits limits();

  /**
   * Begins an upload.
   *
   * @return what every further call names
   * @throws StoreException.InvalidRequest if the store cannot hold such a key or such attributes
   */
  Upload create(UploadRequest request);

  /**
   * Sends one part; a part of that number that is there already is replaced. The store verifies the
   * bytes on receipt.
   *
   * @param number from 1 to {@link PartLimits#parts}
   * @param body the bytes; only read, and only until the call returns
   * @return the part as the store has it now
   * @throws StoreException.IntegrityMismatch if the bytes that arrived are not those that were sent
   */
  UploadedPart putPart(Upload upload, int number, PartBody body);

  /** Every part that has arrived, in the order of the numbers; all pages of the listing. */
  List<UploadedPart> parts(Upload upload);

  /**
   * Makes one object of the parts and publishes it under the destination's name, in one instant and
   * only under the condition. Nothing becomes visible that does not have the size and, if it is
   * known, the CRC32C that the completion names.
   *
   * <p>If the answer was lost, the object may be there: look at the destination, its stamp's write
   * id tells. A second call for the same upload never publishes a second time; some stores give the
   * first one's answer again.
   *
   * @return the version that was written
   * @throws StoreException.ConditionFailed if the condition did not hold. The upload can still be
   *     completed under another condition, or has to be aborted
   * @throws StoreException.UploadNotFound if there is no such upload: it was completed or aborted
   * @throws StoreException.IntegrityMismatch if the whole does not have the size or the checksum;
   *     nothing is visible, and the upload is of no further use
   */
  ObjectVersion complete(UploadCompletion completion);

  /**
   * Drops the upload, its parts, and what a completion that broke off may have left of it under the
   * reserved prefix. An upload that is gone already stays so.
   */
  void abort(Upload upload);

  /**
   * Uploads that were begun and neither completed nor aborted, and what completions that broke off
   * left under the reserved prefix: one page. They need not be ours: other programs use the bucket.
   *
   * @param bucket which
   * @param prefix what the staging keys begin with; may be empty. Where the store needs no staging
   *     names these are the destinations' keys; where it does, only those under {@link
   *     #STAGING_PREFIX} are listed
   * @param after the page before's {@link OpenUploads#next}, empty for the first
   */
  OpenUploads open(BucketLocation bucket, String prefix, Optional<String> after);
}
