package dev.twinbucket.local.s3;

import java.time.Instant;
import java.util.Optional;

/**
 * A part of a multipart upload.
 *
 * @param number 1 to 10,000
 * @param content the bytes
 * @param md5 the MD5 of the bytes in hexadecimal, which is the part's entity tag
 * @param checksum the checksum of the bytes in the algorithm of the upload
 * @param lastModified when it was uploaded
 */
record UploadedPart(
    int number,
    Content content,
    String md5,
    Optional<StoredChecksum> checksum,
    Instant lastModified) {}
