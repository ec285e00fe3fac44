package dev.twinbucket.local.s3;

import java.time.Instant;
import java.util.List;

/**
 * A multipart upload that was neither completed nor aborted.
 *
 * @param key the key
 * @param uploadId the upload's id
 * @param initiated when it was created
 * @param parts the numbers of the parts that arrived, ascending
 * @param bytes how many bytes they hold together
 */
public record OpenUpload(
    String key, String uploadId, Instant initiated, List<Integer> parts, long bytes) {}
