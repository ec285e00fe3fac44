/** Small objects that are sent through every rule in order to see that they arrive. */
package dev.twinbucket.canary;
