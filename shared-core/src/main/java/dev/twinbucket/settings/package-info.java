/**
 * One typed record of everything that can be configured, read once from the environment that the
 * door hands in, with every problem reported together.
 */
package dev.twinbucket.settings;
