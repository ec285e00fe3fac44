/**
 * An embedded Cloud Storage: its JSON API, its XML API and its notifications.
 *
 * <p>{@link dev.twinbucket.local.gcs.LocalGcs} is the entry. Underneath, {@code ObjectStore} knows
 * what every operation does, {@code JsonApi} and {@code XmlApi} translate requests to it.
 */
package dev.twinbucket.local.gcs;
