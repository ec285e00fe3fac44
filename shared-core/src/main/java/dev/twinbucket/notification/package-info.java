/**
 * From what a cloud delivered to hints: one small reader for each format, envelopes opened on the
 * way. Nothing here trusts its input, and no input makes anything here throw: what cannot be read
 * becomes a typed {@link dev.twinbucket.notification.Reading.Unreadable}.
 */
package dev.twinbucket.notification;
