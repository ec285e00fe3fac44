package dev.twinbucket.simulator;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.OpenUploads;
import dev.twinbucket.store.PartBody;
import dev.twinbucket.store.PartLimits;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadCompletion;
import dev.twinbucket.store.UploadRequest;
import dev.twinbucket.store.UploadedPart;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The uploads of a store as one worker sees them, step by step. */
record SteppedUploads(MultipartUploads uploads, Worker worker) implements MultipartUploads {
  @Override
  public PartLimits limits() {
    return uploads.limits();
  }

  @Override
  public Upload create(UploadRequest request) {
    return step(() -> "begin upload to " + request.destination(), () -> uploads.create(request));
  }

  @Override
  public UploadedPart putPart(Upload upload, int number, PartBody body) {
    return step(
        () -> "put part " + number + " of " + show(upload),
        () -> uploads.putPart(upload, number, body));
  }

  @Override
  public List<UploadedPart> parts(Upload upload) {
    return step(() -> "list parts of " + show(upload), () -> uploads.parts(upload));
  }

  @Override
  public ObjectVersion complete(UploadCompletion completion) {
    return step(() -> "complete " + show(completion.upload()), () -> uploads.complete(completion));
  }

  @Override
  public void abort(Upload upload) {
    step(
        () -> "abort " + show(upload),
        () -> {
          uploads.abort(upload);
          return true;
        });
  }

  @Override
  public OpenUploads open(BucketLocation bucket, String prefix, Optional<String> after) {
    return step(() -> "list uploads of " + bucket, () -> uploads.open(bucket, prefix, after));
  }

  private static String show(Upload upload) {
    return upload.id() + " to " + upload.destination();
  }

  private <T> T step(Supplier<String> what, Supplier<T> request) {
    return worker.request(what, request, cause -> new StoreException.Unavailable(cause, null));
  }
}
