/**
 * From a message that a platform hands over to what may be acknowledged of it: the same on every
 * cloud.
 */
package dev.twinbucket.intake;
