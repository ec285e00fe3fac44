/** The command line for operators: the operations of the core, on the stores of the environment. */
package dev.twinbucket.command;
