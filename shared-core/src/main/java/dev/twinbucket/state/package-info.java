/** What must be remembered between invocations, as rows that move by compare-and-set. */
package dev.twinbucket.state;
