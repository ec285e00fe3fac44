/** Rows in a DynamoDB table; the only code that knows that service. */
package dev.twinbucket.state.dynamodb;
