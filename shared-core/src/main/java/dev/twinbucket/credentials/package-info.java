/** Credentials for AWS that change while a process runs, and what is done when they are refused. */
package dev.twinbucket.credentials;
