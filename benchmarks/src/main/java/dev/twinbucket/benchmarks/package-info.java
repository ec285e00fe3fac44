/**
 * Benchmarks of whole processes on embedded clouds, with a peer in the same run where there is one.
 */
package dev.twinbucket.benchmarks;
