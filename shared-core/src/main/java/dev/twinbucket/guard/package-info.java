/**
 * What may stop a write that was decided on: an operator's switches, and the delete guard. One row
 * of the state store for each rule, asked right before every write.
 */
package dev.twinbucket.guard;
