/** What a notification becomes once it has been read: a hint to look at one key. */
package dev.twinbucket.event;
