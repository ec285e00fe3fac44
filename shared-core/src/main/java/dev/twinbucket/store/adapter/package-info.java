/**
 * What the adapters of the clouds have in common: the translation of attributes into the little
 * that a cloud can hold, limits of keys, bodies that are exactly as long as was announced, and
 * proofs that a bucket exists. No vendor types.
 */
package dev.twinbucket.store.adapter;
