/**
 * The port to any object store: few calls, every write conditional, errors by what their caller
 * must do. The adapters live in packages of their own below this one and are the only code that
 * knows a vendor's SDK.
 */
package dev.twinbucket.store;
