package dev.twinbucket.playground;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param exit whether to end by itself, with status 0 or 1, in place of serving on
 * @param help whether only the help is wanted
 * @param verbose whether the functions' own outcome lines are shown as well
 * @param folder the user's own files to replicate as well
 * @param s3Port where S3 listens, 0 for a free port
 * @param gcsPort where Cloud Storage listens, 0 for a free port
 * @param largeMib how large the two large samples are, in MiB, 0 for none
 */
record Options(
    boolean exit,
    boolean help,
    boolean verbose,
    Optional<Path> folder,
    int s3Port,
    int gcsPort,
    int largeMib) {
  private static final int LARGE = 100;
  private static final int LARGEST = 1024;
  private static final int LARGEST_PORT = 65_535;

  static final String HELP =
      """
      Usage: playground [--exit] [--verbose] [--s3-port PORT] [--gcs-port PORT] [--large MIB] [FOLDER]

      Starts S3, Cloud Storage and their notification queues on this machine, runs Twinbucket's Lambda handler and
      its Google function against them, replicates sample objects both ways, deletes some, and shows what happened.
      Then it serves on, for you to try with any client, until you press Ctrl-C.

        FOLDER           replicates the files of this folder as well
        --exit           ends after the samples: status 0 if all of them arrived, 1 if not
        --verbose        shows the functions' own outcome lines as well
        --s3-port PORT   where S3 listens (default: a free port)
        --gcs-port PORT  where Cloud Storage listens (default: a free port)
        --large MIB      how large the two large samples are (default: 100, at most 1024; 0 for none)
        --help           this text
      """;

  static Options parse(List<String> arguments) {
    boolean exit = false;
    boolean help = false;
    boolean verbose = false;
    Optional<Path> folder = Optional.empty();
    int s3Port = 0;
    int gcsPort = 0;
    int largeMib = LARGE;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      switch (argument) {
        case "--exit" -> exit = true;
        case "--help", "-h" -> help = true;
        case "--verbose", "-v" -> verbose = true;
        case "--s3-port" -> s3Port = number(arguments, ++i, "port", LARGEST_PORT);
        case "--gcs-port" -> gcsPort = number(arguments, ++i, "port", LARGEST_PORT);
        case "--large" -> largeMib = number(arguments, ++i, "size", LARGEST);
        default -> {
          if (argument.startsWith("-") || folder.isPresent()) {
            throw new IllegalArgumentException("what is " + argument + "?");
          }
          folder = Optional.of(Path.of(argument));
        }
      }
    }
    folder.ifPresent(Options::requireFolder);
    return new Options(exit, help, verbose, folder, s3Port, gcsPort, largeMib);
  }

  private static int number(List<String> arguments, int index, String what, int most) {
    if (index == arguments.size()) {
      throw new IllegalArgumentException(arguments.getLast() + " needs a " + what);
    }
    try {
      int number = Integer.parseInt(arguments.get(index));
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s is no %s from 0 to %d".formatted(arguments.get(index), what, most));
  }

  private static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + " is no folder");
    }
  }
}
