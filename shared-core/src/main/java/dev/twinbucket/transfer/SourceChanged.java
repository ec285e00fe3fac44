package dev.twinbucket.transfer;

import dev.twinbucket.store.StoreException;

/** The source is not the version any more that is being copied. */
final class SourceChanged extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final StoreException reason;

  SourceChanged(StoreException reason) {
    super(reason.getMessage(), reason);
    this.reason = reason;
  }

  StoreException reason() {
    return reason;
  }
}
