/** Twinbucket on Google Cloud functions: payloads in, answers out; the core does the rest. */
package dev.twinbucket.gcp;
