package dev.twinbucket.replication;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Stores;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.transfer.ContentReader;
import dev.twinbucket.transfer.SmallContent;
import java.util.Optional;

/**
 * The writes of one piece of work: every one conditional, every replica stamped in the same
 * request, and the gate asked immediately before.
 */
final class Copying {
  private final Stores stores;
  private final ContentReader reader;
  private final Gate gate;
  private final Work work;

  Copying(Stores stores, ContentReader reader, Gate gate, Work work) {
    this.stores = stores;
    this.reader = reader;
    this.gate = gate;
    this.work = work;
  }

  /**
   * Copies an object whose bytes are in memory.
   *
   * @return the replica's version
   */
  ObjectVersion put(SmallContent content, SideName to, WriteCondition condition, String writeId) {
    ObjectSnapshot source = content.snapshot();
    ObjectLocation destination = work.at(to);
    gate.beforeWrite(to);
    return stores
        .of(destination)
        .put(
            new PutRequest(
                destination,
                content.bytes().duplicate(),
                content.crc(),
                source.attributes(),
                Optional.of(stamp(source, content.crc(), writeId)),
                condition,
                work.rule().side(to).placementFor(source.storageClass())));
  }

  /**
   * Brings the attributes and the stamp of an equal object in line; sends the bytes again where its
   * store cannot do it otherwise.
   *
   * @return the object's new version
   */
  ObjectVersion updateAttributes(
      ObjectSnapshot source, ObjectSnapshot target, SideName to, String writeId) {
    ObjectStore store = stores.of(target.location());
    Crc32c crc = target.crc().or(source::crc).orElseThrow();
    Placement placement = work.rule().side(to).placementFor(source.storageClass());
    if (store.capabilities().attributesInPlace()) {
      gate.beforeWrite(to);
      return store.updateAttributes(
          new AttributesUpdate(
              target, source.attributes(), Optional.of(stamp(source, crc, writeId)), placement));
    }
    try (SmallContent content = reader.read(stores.of(source.location()), source)) {
      return put(content, to, WriteCondition.ifUnchanged(target.version()), writeId);
    }
  }

  /**
   * Keeps what lost a conflict under the reserved prefix of its own bucket, unless its bucket keeps
   * it anyway.
   */
  void keep(SideName side, ObjectSnapshot loser) {
    ObjectStore store = stores.of(loser.location());
    ObjectLocation copy = ConflictCopy.locate(work.rule(), loser);
    if (store.observe(copy).object().isPresent()) {
      return;
    }
    gate.beforeWrite(side);
    try {
      store.copyWithin(loser, copy);
    } catch (StoreException.Unsupported e) {
      keepByReading(side, store, loser, copy);
    }
  }

  private void keepByReading(
      SideName side, ObjectStore store, ObjectSnapshot loser, ObjectLocation copy) {
    try (SmallContent content = reader.read(store, loser)) {
      ObjectAttributes attributes = content.snapshot().attributes();
      gate.beforeWrite(side);
      store.put(
          new PutRequest(
              copy,
              content.bytes().duplicate(),
              content.crc(),
              attributes,
              Optional.empty(),
              WriteCondition.ifAbsent(),
              Placement.DEFAULT));
    }
  }

  private static Provenance stamp(ObjectSnapshot source, Crc32c crc, String writeId) {
    return new Provenance(
        Provenance.originOf(source.location()),
        source.version(),
        crc,
        source.attributes().digest(),
        writeId);
  }
}
