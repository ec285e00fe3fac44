package dev.twinbucket.store.contract;

import java.util.List;
import java.util.stream.Stream;

/** Keys that both clouds hold and that something on the way likes to change. */
final class OddKeys {
  private static final String NFC = "caf\u00e9";
  private static final String NFD = "cafe\u0301";

  private OddKeys() {}

  /** Keys that both clouds hold. */
  static List<String> portable() {
    return List.of(
        "plain",
        "a+b c%20d%2F",
        "a//b",
        "a/b",
        "/lead",
        "./x",
        "a/../b",
        "a/./b",
        "dir/",
        "dir//",
        " blank ",
        "quotes\"'`",
        "back\\slash",
        "<&>",
        "q?x=1#frag;p,=@:$!*()[]{}|^~",
        "\ud83d\ude00 emoji",
        "\uff5e above the surrogates",
        NFC,
        NFD,
        "narrow\u202fblank",
        "bell\u0007",
        "tab\tin",
        "100%",
        "%zz",
        "..x/...",
        "x".repeat(1023) + "y",
        "\u00e9".repeat(512));
  }

  /** Keys that S3 holds and GCS does not. */
  static List<String> onlyOnS3() {
    return List.of("line\nfeed", "carriage\rreturn", ".well-known/acme-challenge/token");
  }

  /** Keys that no cloud holds. */
  static List<String> nowhere() {
    return List.of("x".repeat(1025), "\u00e9".repeat(513), "lone\ud800surrogate");
  }

  static Stream<String> all() {
    return Stream.concat(portable().stream(), onlyOnS3().stream());
  }
}
