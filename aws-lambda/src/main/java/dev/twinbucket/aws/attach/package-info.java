/**
 * Attaches an existing bucket to the replicator and detaches it, by merging one entry into the
 * bucket's notification and lifecycle configuration. Called by the deployment templates.
 */
package dev.twinbucket.aws.attach;
