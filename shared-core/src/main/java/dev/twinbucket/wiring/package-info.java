/** The one place where everything is put together, by hand, from the settings. */
package dev.twinbucket.wiring;
