/**
 * What an operator may ask of a running deployment: typed operations, read from JSON and answered
 * with JSON. Whoever takes them in sees to it that no notification can bring one.
 */
package dev.twinbucket.operation;
