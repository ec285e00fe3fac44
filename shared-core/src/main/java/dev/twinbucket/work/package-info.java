/** The port to the queue on which work goes on in other invocations. */
package dev.twinbucket.work;
