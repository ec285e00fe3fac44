package dev.twinbucket.local.s3;

import java.util.Optional;

/** The condition of a write or delete, judged against the current version at the commit. */
sealed interface WriteCondition {
  record Any() implements WriteCondition {}

  /** {@code If-None-Match: *}. */
  record IfAbsent() implements WriteCondition {}

  /** {@code If-Match: etag}. */
  record IfMatch(String etag) implements WriteCondition {}

  /** {@code If-Match: *}, which only deletes know. */
  record IfPresent() implements WriteCondition {}

  /** Reads the condition of a write. */
  static WriteCondition ofWrite(Optional<String> ifMatch, Optional<String> ifNoneMatch) {
    if (ifMatch.isPresent() && ifNoneMatch.isPresent()) {
      throw ErrorCode.NOT_IMPLEMENTED
          .failure("If-Match and If-None-Match cannot be combined")
          .element("Header", "If-Match");
    }
    if (ifNoneMatch.isPresent()) {
      if (!ifNoneMatch.get().equals("*")) {
        throw ErrorCode.NOT_IMPLEMENTED.failure().element("Header", "If-None-Match");
      }
      return new IfAbsent();
    }
    if (ifMatch.filter("*"::equals).isPresent()) {
      throw ErrorCode.NOT_IMPLEMENTED.failure().element("Header", "If-Match");
    }
    return ifMatch.<WriteCondition>map(e -> new IfMatch(Etags.unquoted(e))).orElse(new Any());
  }

  /** Reads the condition of a delete. */
  static WriteCondition ofDelete(Optional<String> ifMatch) {
    return ifMatch
        .<WriteCondition>map(e -> e.equals("*") ? new IfPresent() : new IfMatch(Etags.unquoted(e)))
        .orElse(new Any());
  }

  /** Refuses the operation when the condition does not hold for the current object, if any. */
  default void check(Optional<ObjectVersion> current, String key) {
    switch (this) {
      case Any _ -> {}
      case IfAbsent _ -> {
        if (current.isPresent()) {
          throw ErrorCode.PRECONDITION_FAILED.failure().element("Condition", "If-None-Match");
        }
      }
      case IfPresent _ -> {
        if (current.isEmpty()) {
          throw ErrorCode.NO_SUCH_KEY.failure().element("Key", key);
        }
      }
      case IfMatch(String etag) -> {
        if (current.isEmpty()) {
          throw ErrorCode.NO_SUCH_KEY.failure().element("Key", key);
        }
        if (!current.get().object().etag().equals(etag)) {
          throw ErrorCode.PRECONDITION_FAILED.failure().element("Condition", "If-Match");
        }
      }
    }
  }
}
