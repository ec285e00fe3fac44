package dev.twinbucket.local.s3;

import java.util.function.UnaryOperator;

/**
 * What all listings have in common.
 *
 * @param prefix what keys must begin with
 * @param delimiter rolls keys up, empty for none
 * @param encoding how names are written
 * @param encoded whether {@code encoding-type=url} was asked for
 */
record ListingRequest(
    String prefix, String delimiter, UnaryOperator<String> encoding, boolean encoded) {
  static final int MOST = 1000;

  static ListingRequest of(S3Call call) {
    String type = call.query().first("encoding-type").orElse("");
    if (!type.isEmpty() && !type.equals("url")) {
      throw ErrorCode.INVALID_ARGUMENT
          .failure("Invalid Encoding Method specified in Request")
          .element("ArgumentName", "encoding-type");
    }
    boolean encoded = type.equals("url");
    return new ListingRequest(
        call.query().first("prefix").orElse(""),
        call.query().first("delimiter").orElse(""),
        encoded ? FormEncoding::encode : UnaryOperator.identity(),
        encoded);
  }

  /** Writes the parameters that answers repeat. */
  void writeTo(XmlWriter xml, String bucket, int most) {
    xml.text("Name", bucket).text("Prefix", encoding.apply(prefix));
    if (!delimiter.isEmpty()) {
      xml.text("Delimiter", encoding.apply(delimiter));
    }
    xml.number("MaxKeys", most);
    if (encoded) {
      xml.text("EncodingType", "url");
    }
  }
}
