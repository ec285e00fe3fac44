package dev.twinbucket.local.s3;

import java.util.Optional;

/**
 * A request body that arrived whole and matched every checksum that came with it.
 *
 * @param content the bytes without the aws-chunked coding
 * @param md5 the MD5 in hexadecimal
 * @param checksum the checksum that the client sent, or else the one that was asked for
 */
record ReceivedBody(Content content, String md5, Optional<StoredChecksum> checksum) {}
