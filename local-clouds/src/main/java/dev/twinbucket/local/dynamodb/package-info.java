/** Embedded DynamoDB on loopback: single items with conditions, nothing else. */
package dev.twinbucket.local.dynamodb;
