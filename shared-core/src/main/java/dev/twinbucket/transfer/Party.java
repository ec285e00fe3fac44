package dev.twinbucket.transfer;

import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.time.Deadline;
import java.util.function.Supplier;

/**
 * Who works on a transfer, and for what.
 *
 * @param owner the name of this run, which no other has
 * @param message the id of the message at hand if it comes back unless it is acknowledged; empty
 *     otherwise
 * @param hint what that message says; whoever is called to go on is given the same
 * @param deadline after which no request is begun
 * @param writeIds a new name for a write, each time; it begins with the owner's name and a dot
 */
public record Party(
    String owner, String message, ObjectEvent hint, Deadline deadline, Supplier<String> writeIds) {}
