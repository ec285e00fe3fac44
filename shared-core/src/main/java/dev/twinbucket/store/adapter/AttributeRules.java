package dev.twinbucket.store.adapter;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/**
 * Which attributes a cloud holds as they are.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html">S3: user
 *     metadata is printable ASCII in lower-case names, 2 KB together</a>
 * @see <a href="https://docs.cloud.google.com/storage/docs/metadata">GCS: custom metadata is UTF-8,
 *     8 KiB together</a>
 */
public enum AttributeRules {
  S3(2048) {
    @Override
    boolean has(HeaderField field) {
      return field != HeaderField.CUSTOM_TIME;
    }

    @Override
    boolean holdsHeader(HeaderField field, String value) {
      return isPrintableAscii(value)
          && switch (field) {
            case CONTENT_ENCODING -> value.equals(ContentEncodings.stored(value));
            case WEBSITE_REDIRECT ->
                value.length() <= LONGEST_REDIRECT
                    && (value.startsWith("/")
                        || value.startsWith("http://")
                        || value.startsWith("https://"));
            default -> true;
          };
    }

    @Override
    boolean holdsEntry(String name, String value) {
      return isToken(name) && name.equals(name.toLowerCase(Locale.ROOT)) && isPrintableAscii(value);
    }

    @Override
    boolean holdsTags(Map<String, String> tags) {
      return tags.size() <= MOST_TAGS
          && tags.entrySet().stream()
              .allMatch(
                  tag ->
                      isTagText(tag.getKey(), 1, 128)
                          && !tag.getKey().toLowerCase(Locale.ROOT).startsWith("aws:")
                          && isTagText(tag.getValue(), 0, 256));
    }
  },

  GCS(8192) {
    @Override
    boolean has(HeaderField field) {
      return field != HeaderField.EXPIRES && field != HeaderField.WEBSITE_REDIRECT;
    }

    @Override
    boolean holdsHeader(HeaderField field, String value) {
      return field == HeaderField.CUSTOM_TIME ? isCustomTime(value) : isPlainText(value);
    }

    @Override
    boolean holdsEntry(String name, String value) {
      return isToken(name) && isPlainText(value);
    }

    @Override
    boolean holdsTags(Map<String, String> tags) {
      return tags.isEmpty();
    }
  };

  private static final int LONGEST_REDIRECT = 2048;
  private static final int MOST_TAGS = 10;
  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";
  private static final String TAG_PUNCTUATION = "+-=._:/@";

  private final int metadataLimit;

  AttributeRules(int metadataLimit) {
    this.metadataLimit = metadataLimit;
  }

  /** Bytes of UTF-8 that all names and values of user metadata may have together. */
  int metadataLimit() {
    return metadataLimit;
  }

  /** Whether the cloud has such a header at all. */
  abstract boolean has(HeaderField field);

  /** Whether a header that the cloud has can take that value and give it back. */
  abstract boolean holdsHeader(HeaderField field, String value);

  /** Whether an entry of user metadata comes back as it went. */
  abstract boolean holdsEntry(String name, String value);

  /** Whether the cloud can take just these tags as tags. */
  abstract boolean holdsTags(Map<String, String> tags);

  /** The text of GCS's custom time in the one spelling that is compared: milliseconds at most. */
  public static String customTime(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static boolean isCustomTime(String value) {
    try {
      return customTime(Instant.parse(value)).equals(value);
    } catch (DateTimeException notATime) {
      return false;
    }
  }

  static boolean isToken(String name) {
    return !name.isEmpty()
        && name.chars()
            .allMatch(
                c ->
                    (c >= '0' && c <= '9')
                        || (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || TOKEN_PUNCTUATION.indexOf(c) >= 0);
  }

  /** Whether a header can carry the text and no server or proxy would trim it. */
  static boolean isPrintableAscii(String value) {
    return isUntrimmed(value) && value.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static boolean isPlainText(String value) {
    return isUntrimmed(value)
        && StandardCharsets.UTF_8.newEncoder().canEncode(value)
        && value.chars().noneMatch(Character::isISOControl);
  }

  private static boolean isUntrimmed(String value) {
    return value.equals(value.strip());
  }

  private static boolean isTagText(String text, int shortest, int longest) {
    int length = text.codePointCount(0, text.length());
    return length >= shortest
        && length <= longest
        && StandardCharsets.UTF_8.newEncoder().canEncode(text)
        && text.codePoints()
            .allMatch(
                c -> Character.isLetterOrDigit(c) || c == ' ' || TAG_PUNCTUATION.indexOf(c) >= 0);
  }
}
