package dev.twinbucket.transfer;

import java.util.function.Consumer;

/**
 * What all transfers of a process share.
 *
 * @param budget the bytes that may be in memory at once
 * @param settings how large objects are carried
 * @param progress hears how far transfers are, from any thread, whenever one of them writes down
 *     what it has done
 */
public record LargeObjects(
    ByteBudget budget, TransferSettings settings, Consumer<TransferProgress> progress) {
  /** With every setting at its default, and nobody who listens. */
  public static LargeObjects standard(ByteBudget budget) {
    return new LargeObjects(budget, TransferSettings.DEFAULT, _ -> {});
  }
}
