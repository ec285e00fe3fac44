package dev.twinbucket.store.contract;

/**
 * What every store does, whichever server is behind it. A server that deviates declares it; then
 * the same test asserts that it fails, so that a deviation that went away breaks the build.
 *
 * <p>The themes are classes of their own, one on top of the other, so that a server is started once
 * for all of them.
 */
abstract class ObjectStoreContract extends PublishingContract {}
