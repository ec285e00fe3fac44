/** Twinbucket on AWS Lambda: payloads in, answers out; everything between is the core's. */
package dev.twinbucket.aws;
