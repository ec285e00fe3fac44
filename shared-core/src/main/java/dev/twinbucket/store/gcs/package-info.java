/**
 * Google Cloud Storage behind the port, by google-cloud-storage over HTTP. Nothing outside this
 * package knows that SDK.
 */
package dev.twinbucket.store.gcs;
