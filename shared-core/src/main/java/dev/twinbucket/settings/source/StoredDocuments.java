package dev.twinbucket.settings.source;

import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.settings.DocumentException;
import dev.twinbucket.settings.DocumentSource;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import java.io.IOException;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/** Documents in buckets. */
final class StoredDocuments {
  private final Function<String, ObjectStore> stores;

  /**
   * Documents in those stores.
   *
   * @param stores opens {@code s3} or {@code gs}; each is closed after its document was read
   */
  StoredDocuments(Function<String, ObjectStore> stores) {
    this.stores = stores;
  }

  byte[] fetch(ObjectLocation location) {
    // A region or credentials that are missing show when a client is built.
    try (ObjectStore store = stores.apply(location.bucket().store());
        ObjectContent content = store.read(ReadRequest.current(location))) {
      return content.body().readNBytes(DocumentSource.LARGEST + 1);
    } catch (StoreException | IOException | SdkException | IllegalArgumentException e) {
      throw new DocumentException(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
  }
}
