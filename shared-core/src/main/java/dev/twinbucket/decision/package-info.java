/**
 * What is to be done about one name, as a pure function of what was observed and what is
 * remembered. No I/O, no clock, no randomness: the same inputs give the same decision on every
 * function instance and in every delivery order.
 */
package dev.twinbucket.decision;
