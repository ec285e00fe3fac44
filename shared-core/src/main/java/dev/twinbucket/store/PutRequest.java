package dev.twinbucket.store;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.Provenance;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One whole object to be written in one request.
 *
 * @param location where
 * @param content the bytes; only read, and only until the call returns
 * @param crc their CRC32C, which the store verifies before the object becomes visible
 * @param attributes what goes in with them
 * @param stamp where they come from; empty for objects of Twinbucket's own
 * @param condition what must hold
 * @param placement how the store is to keep it
 */
public record PutRequest(
    ObjectLocation location,
    ByteBuffer content,
    Crc32c crc,
    ObjectAttributes attributes,
    Optional<Provenance> stamp,
    WriteCondition condition,
    Placement placement) {}
