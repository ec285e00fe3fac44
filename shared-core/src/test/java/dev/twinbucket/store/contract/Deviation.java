package dev.twinbucket.store.contract;

/** What a server was found to do otherwise than the cloud that it stands for. */
enum Deviation {
  ACCEPTS_WRONG_CHECKSUM("stores a body whose CRC32C is not the announced one"),
  KEEPS_NO_CRC32C("does not give the CRC32C back"),
  IGNORES_IF_ABSENT("a conditional creation overwrites what is there"),
  IGNORES_IF_UNCHANGED("a conditional overwrite replaces an object that has changed"),
  OVERWRITES_THE_ABSENT("a conditional overwrite creates an object that is gone"),
  IGNORES_METADATA_IN_CONDITIONS("a change of metadata alone is no new version to conditions"),
  IGNORES_DELETE_CONDITION("a conditional deletion removes an object that has changed"),
  DELETES_THE_ABSENT("a conditional deletion of an object that is gone succeeds"),
  RACES_ON_CREATE("of several conditional creations at once, more than one succeeds"),
  RACES_ON_OVERWRITE("of several conditional overwrites at once, more than one succeeds"),
  IGNORES_PIN("a conditional read gives another version back"),
  LOSES_HEADERS("does not keep all system headers"),
  LOSES_METADATA("does not keep all user metadata"),
  LOSES_TAGS("does not keep tags"),
  UNPACKS_GZIP("serves gzip-encoded objects unpacked, or in another length"),
  MISREADS_RANGES("a range is not served as asked for"),
  NO_ATTRIBUTES_IN_PLACE("attributes cannot be replaced in place, or not all of them"),
  NO_CONDITION_ON_ATTRIBUTES("a conditional change of attributes changes another version"),
  LISTS_OUT_OF_ORDER("a listing is not in the order of the names' bytes"),
  LISTS_ODD_KEYS_WRONGLY("a listing does not give odd keys back as they were written"),
  NO_FURTHER_PAGES("a listing of several pages is not whole"),
  HIDES_MISSING_BUCKET("a missing bucket cannot be told from a missing object"),
  NO_COPIES("objects cannot be copied inside a bucket, or not with all that they carry"),
  COPIES_WITHOUT_CONDITION("a conditional copy overwrites what is there"),
  COPIES_ANOTHER_VERSION("a copy is made of another version than the one that was named"),
  NO_UPLOADS("has no multipart uploads of its cloud's kind"),
  KEEPS_NO_WHOLE_CRC32C("an object of parts has no CRC32C of the whole, or another"),
  LOSES_UPLOAD_ATTRIBUTES("an object of parts does not have all attributes"),
  ACCEPTS_WRONG_WHOLE("parts become an object whose CRC32C is not the announced one"),
  TAKES_SMALL_PARTS("parts before the last may be smaller than 5 MiB"),
  COMPLETES_OVER_WHAT_IS_THERE("a conditional completion overwrites what is there"),
  COMPLETES_OVER_ANOTHER_VERSION("a conditional completion replaces an object that has changed"),
  FAILS_ON_LOST_UPLOADS("a part of an upload that is gone is answered by a server's fault"),
  FORGETS_BEGINNINGS("an open upload does not tell when it was begun"),
  MARKERS_BLOCK_CREATION("a delete marker counts as an object to a conditional creation"),
  NO_VERSIONING("a bucket cannot be versioned"),
  MORE_REQUESTS("an operation takes more requests than with the cloud");

  private final String meaning;

  Deviation(String meaning) {
    this.meaning = meaning;
  }

  String meaning() {
    return meaning;
  }
}
