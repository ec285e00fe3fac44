/**
 * S3, and whatever speaks its API, behind the port, by the AWS SDK for Java 2. Nothing outside this
 * package knows that SDK.
 */
package dev.twinbucket.store.s3;
