/**
 * The protocols: in which order a key is observed, claimed, written and recorded, so that no
 * interleaving of users, invocations and crashes loses a write. {@code docs/semantics.md} says why
 * each step is there.
 */
package dev.twinbucket.replication;
