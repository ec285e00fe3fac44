package dev.twinbucket.settings;

/** The least important lines that are still written. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG
}
