/**
 * A small immutable JSON tree on a streaming parser: what notifications, rules, queue messages and
 * log lines are made of. There is no data binding here, because it costs a cold start more than
 * everything else that reads an event.
 */
package dev.twinbucket.json;
