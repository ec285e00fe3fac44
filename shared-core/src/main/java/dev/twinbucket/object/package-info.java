/**
 * The vocabulary of every other package: locations, versions, checksums, attributes, provenance.
 * Pure values, no I/O, no vendor types.
 */
package dev.twinbucket.object;
