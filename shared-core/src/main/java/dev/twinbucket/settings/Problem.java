package dev.twinbucket.settings;

/**
 * One thing that is wrong with the configuration. It never holds a secret's value.
 *
 * @param where the variable's name, with a JSON pointer after a {@code #} if it holds a document
 * @param found what is there
 * @param expected what would be right
 * @param remedy what to do, empty where that is plain from what is expected
 */
public record Problem(String where, String found, String expected, String remedy) {
  /** One line. */
  @Override
  public String toString() {
    return where
        + ": found "
        + found
        + ", expected "
        + expected
        + (remedy.isEmpty() ? "" : ". " + remedy);
  }
}
