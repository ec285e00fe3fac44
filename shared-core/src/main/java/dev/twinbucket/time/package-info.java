/** Deadlines, pauses and backoff; time and randomness always come in through parameters. */
package dev.twinbucket.time;
