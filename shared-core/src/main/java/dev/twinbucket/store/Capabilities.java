package dev.twinbucket.store;

/**
 * What a store can do. A deployment runs in a weaker mode only where one of these says so.
 *
 * @param conditionalWrites puts honour {@link WriteCondition}
 * @param conditionalDeletes deletes honour {@link WriteCondition.IfUnchanged}
 * @param storesCrc32c the CRC32C given at the write comes back with a look
 * @param attributesInPlace attributes can be replaced without sending the bytes
 * @param stampsAtCompletion a multipart upload that was begun without a stamp can be given one when
 *     it is completed, in the same instant
 * @param largestPut bytes that one put may hold
 */
public record Capabilities(
    boolean conditionalWrites,
    boolean conditionalDeletes,
    boolean storesCrc32c,
    boolean attributesInPlace,
    boolean stampsAtCompletion,
    long largestPut) {}
