package dev.twinbucket.state;

/**
 * One row as it was read or written.
 *
 * @param value the text
 * @param revision the store's own name for this state of the row; never the same for two writes
 */
public record StateRow(String value, String revision) {}
