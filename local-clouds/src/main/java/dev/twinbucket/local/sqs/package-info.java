/**
 * Embedded standard queues on loopback that speak the AWS JSON 1.0 protocol of Amazon SQS, with a
 * clock that tests can move.
 */
package dev.twinbucket.local.sqs;
