/**
 * An embedded Pub/Sub with pull and push subscriptions, and the triggers that call functions over
 * HTTP as Eventarc does.
 */
package dev.twinbucket.local.pubsub;
