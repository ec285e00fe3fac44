package dev.twinbucket.transfer;

import dev.twinbucket.object.ObjectLocation;

/**
 * The name that a run is about.
 *
 * @param rule the rule's name
 * @param name of the object under that rule
 * @param left where it is on one side
 * @param right where it is on the other
 */
public record Subject(String rule, String name, ObjectLocation left, ObjectLocation right) {}
