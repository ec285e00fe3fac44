/**
 * AWS Lambda on one machine: the vendor's own runtime interface client in a process of its own, fed
 * by a small Runtime API.
 */
package dev.twinbucket.playground.lambda;
