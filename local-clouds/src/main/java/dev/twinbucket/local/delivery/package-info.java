/** Notifications on their way: the wrongs that a real channel does to them, on demand. */
package dev.twinbucket.local.delivery;
