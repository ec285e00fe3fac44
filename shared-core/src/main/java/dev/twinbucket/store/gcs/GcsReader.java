package dev.twinbucket.store.gcs;

import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.StorageException;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.adapter.ByteRange;
import dev.twinbucket.store.adapter.ExactLengthStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Opens objects, in one request if the XML API is there: the JSON API's download does not show user
 * metadata. The XML API is trusted with bytes and with what its headers say, never with an absence,
 * and it is left alone once it proved to be missing.
 */
final class GcsReader {
  private static final int FAILURES_BEFORE_GIVING_UP = 2;

  private final Storage storage;
  private final GcsRawHttp http;
  private final GcsSnapshots snapshots;
  private final ExactLooks looks;
  private final Function<ObjectLocation, StoreException> absence;
  private final AtomicInteger failuresOfXml = new AtomicInteger();

  /**
   * A reader.
   *
   * @param absence what it means that the JSON API knows no such object
   */
  GcsReader(
      Storage storage,
      GcsRawHttp http,
      GcsSnapshots snapshots,
      ExactLooks looks,
      Function<ObjectLocation, StoreException> absence) {
    this.storage = storage;
    this.http = http;
    this.snapshots = snapshots;
    this.looks = looks;
    this.absence = absence;
  }

  ObjectContent read(ReadRequest request) {
    if (failuresOfXml.get() >= FAILURES_BEFORE_GIVING_UP) {
      return readByJson(request);
    }
    HttpResponse response;
    try {
      response = http.xml(request.location(), headers(request, true));
    } catch (HttpResponseException e) {
      if (isAboutTheApi(e.getStatusCode())) {
        ObjectContent content = readByJson(request);
        failuresOfXml.incrementAndGet();
        return content;
      }
      throw GcsErrors.translate(request.location(), e);
    } catch (IOException e) {
      throw GcsErrors.translate(request.location(), e);
    }
    XmlHeaders headers = (XmlHeaders) response.getHeaders();
    if (!headers.areUsable()) {
      abandon(response);
      failuresOfXml.incrementAndGet();
      return readByJson(request);
    }
    failuresOfXml.set(0);
    return closingOnFailure(
        response,
        () -> {
          ObjectSnapshot snapshot = snapshots.of(request.location(), headers);
          Optional<ObjectSnapshot> known = looks.recall(request.location(), snapshot.version());
          if (known.isEmpty() && isDoubtful(headers, snapshot)) {
            known = Optional.of(lookPinned(snapshot));
          }
          return open(request, response, known.orElse(snapshot));
        });
  }

  /** Statuses that may come from a server that has no XML API, or has none for this name. */
  private static boolean isAboutTheApi(int status) {
    return status == 400 || status == 404 || status == 405 || status == 501;
  }

  /**
   * Whether the attributes must be asked for again. Headers can lose things that nobody sees, such
   * as blanks at an end; our own replicas carry the digest of what they should be.
   */
  private static boolean isDoubtful(XmlHeaders headers, ObjectSnapshot snapshot) {
    return !headers.areLossless()
        || snapshot
            .provenance()
            .filter(stamp -> !stamp.attributes().equals(snapshot.attributes().digest()))
            .isPresent();
  }

  private ObjectSnapshot lookPinned(ObjectSnapshot seen) {
    ObjectLocation location = seen.location();
    long generation = Long.parseLong(seen.version().writeId());
    Blob blob;
    try {
      blob =
          storage.get(
              BlobId.of(location.bucket().bucket(), location.key(), generation),
              BlobGetOption.metagenerationMatch(Long.parseLong(seen.version().revision())));
    } catch (StorageException e) {
      throw GcsErrors.translate(location, e);
    }
    if (blob == null) {
      throw new StoreException.ConditionFailed(location + " was replaced while it was opened");
    }
    return looks.remember(snapshots.of(location, blob));
  }

  private ObjectContent readByJson(ReadRequest request) {
    ObjectLocation location = request.location();
    ObjectSnapshot snapshot;
    try {
      Blob blob = storage.get(location.bucket().bucket(), location.key());
      if (blob == null) {
        throw absence.apply(location);
      }
      snapshot = looks.remember(snapshots.of(location, blob));
    } catch (StorageException e) {
      throw GcsErrors.translate(location, e);
    }
    requirePin(request, snapshot, isWhole(request));
    HttpResponse response;
    try {
      response = http.media(location, snapshot.version().writeId(), headers(request, false));
    } catch (HttpResponseException e) {
      throw e.getStatusCode() == 404
          ? new StoreException.ConditionFailed(location + " was replaced while it was opened", e)
          : GcsErrors.translate(location, e);
    } catch (IOException e) {
      throw GcsErrors.translate(location, e);
    }
    return closingOnFailure(response, () -> open(request, response, snapshot));
  }

  private static Map<String, String> headers(ReadRequest request, boolean xml) {
    Map<String, String> headers = new TreeMap<>();
    ByteRange.header(request).ifPresent(range -> headers.put("Range", range));
    if (xml) {
      request
          .pin()
          .ifPresent(
              pin -> {
                headers.put("x-goog-if-generation-match", pin.writeId());
                if (isWhole(request)) {
                  headers.put("x-goog-if-metageneration-match", pin.revision());
                }
              });
    }
    return headers;
  }

  private static boolean isWhole(ReadRequest request) {
    return ByteRange.header(request).isEmpty();
  }

  private ObjectContent open(ReadRequest request, HttpResponse response, ObjectSnapshot snapshot)
      throws IOException {
    ObjectLocation location = request.location();
    XmlHeaders headers = (XmlHeaders) response.getHeaders();
    String generation = headers.generation();
    if (!generation.isEmpty() && !generation.equals(snapshot.version().writeId())) {
      throw new StoreException.ConditionFailed(location + " was replaced while it was opened");
    }
    long length = headers.contentLength();
    ByteRange range =
        ByteRange.answered(request, headers.contentRange(), length < 0 ? snapshot.size() : length)
            .filter(answered -> answered.total() == snapshot.size())
            .orElseThrow(
                () ->
                    new StoreException.Unavailable(
                        location
                            + ": "
                            + length
                            + " bytes of "
                            + snapshot.size()
                            + ", range "
                            + headers.contentRange()
                            + ": not what was asked for"));
    requirePin(request, snapshot, range.length() == range.total());
    ExactLengthStream exact = new ExactLengthStream(response.getContent(), range.length());
    return new ObjectContent(snapshot, exact, () -> abandon(response));
  }

  private static void requirePin(ReadRequest request, ObjectSnapshot snapshot, boolean whole) {
    ObjectVersion found = snapshot.version();
    request
        .pin()
        .filter(pin -> whole ? !found.sameAs(pin) : !found.sameWrite(pin))
        .ifPresent(
            pin -> {
              throw new StoreException.ConditionFailed(
                  request.location() + " is " + found + ", no longer " + pin);
            });
  }

  private interface Opening {
    ObjectContent open() throws IOException;
  }

  private static ObjectContent closingOnFailure(HttpResponse response, Opening opening) {
    boolean opened = false;
    try {
      ObjectContent content = opening.open();
      opened = true;
      return content;
    } catch (IOException e) {
      throw new StoreException.Unavailable("the answer broke off", e);
    } finally {
      if (!opened) {
        abandon(response);
      }
    }
  }

  /** Gives the connection up; what is left of the body is not worth an error. */
  private static void abandon(HttpResponse response) {
    try {
      response.disconnect();
    } catch (IOException e) {
      // Nobody waits for the rest of it.
    }
  }
}
