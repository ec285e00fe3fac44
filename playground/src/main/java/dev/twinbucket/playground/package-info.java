/** The real handlers under the vendors' own runtimes, on embedded clouds, to watch and to try. */
package dev.twinbucket.playground;
