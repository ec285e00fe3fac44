/**
 * An embedded Amazon S3 on loopback: strict where the real service is strict, linearizable, with
 * the notifications of the real one.
 *
 * <p>The entry is {@link dev.twinbucket.local.s3.LocalS3}. What it promises follows the Amazon S3
 * API reference and user guide; what it does not know it refuses with {@code NotImplemented}.
 */
package dev.twinbucket.local.s3;
