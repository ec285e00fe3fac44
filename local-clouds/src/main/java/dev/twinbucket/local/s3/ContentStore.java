package dev.twinbucket.local.s3;

import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of objects are kept. */
interface ContentStore {
  /** Reads the stream to its end and keeps the bytes. */
  Content keep(InputStream in) throws IOException;
}
