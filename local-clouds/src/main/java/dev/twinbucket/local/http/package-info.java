/**
 * A small HTTP/1.1 server on loopback, the ground that the embedded clouds stand on.
 *
 * <p>It hands the request target to handlers exactly as it came over the wire, so that object keys
 * are decoded once and never normalised, and it can inject faults for crash tests.
 */
package dev.twinbucket.local.http;
