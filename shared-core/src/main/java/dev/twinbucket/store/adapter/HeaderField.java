package dev.twinbucket.store.adapter;

import dev.twinbucket.object.Provenance;
import dev.twinbucket.object.SystemHeaders;
import java.util.Map;

/** The fields of {@link SystemHeaders} one by one. */
public enum HeaderField {
  CONTENT_TYPE("content-type"),
  CACHE_CONTROL("cache-control"),
  CONTENT_DISPOSITION("content-disposition"),
  CONTENT_ENCODING("content-encoding"),
  CONTENT_LANGUAGE("content-language"),
  EXPIRES("expires"),
  WEBSITE_REDIRECT("website-redirect"),
  CUSTOM_TIME("custom-time");

  private final String wireName;

  HeaderField(String wireName) {
    this.wireName = wireName;
  }

  /** The name inside an envelope. */
  String wireName() {
    return wireName;
  }

  /** The reserved metadata entry that holds the value on a cloud without such a header. */
  String reservedEntry() {
    return Provenance.RESERVED_PREFIX + wireName;
  }

  /** The field's value; empty if there is none. */
  String of(SystemHeaders headers) {
    return switch (this) {
      case CONTENT_TYPE -> headers.contentType();
      case CACHE_CONTROL -> headers.cacheControl();
      case CONTENT_DISPOSITION -> headers.contentDisposition();
      case CONTENT_ENCODING -> headers.contentEncoding();
      case CONTENT_LANGUAGE -> headers.contentLanguage();
      case EXPIRES -> headers.expires();
      case WEBSITE_REDIRECT -> headers.websiteRedirect();
      case CUSTOM_TIME -> headers.customTime();
    };
  }

  /** The headers with just these values. */
  static SystemHeaders assemble(Map<HeaderField, String> values) {
    return new SystemHeaders(
        values.getOrDefault(CONTENT_TYPE, ""),
        values.getOrDefault(CACHE_CONTROL, ""),
        values.getOrDefault(CONTENT_DISPOSITION, ""),
        values.getOrDefault(CONTENT_ENCODING, ""),
        values.getOrDefault(CONTENT_LANGUAGE, ""),
        values.getOrDefault(EXPIRES, ""),
        values.getOrDefault(WEBSITE_REDIRECT, ""),
        values.getOrDefault(CUSTOM_TIME, ""));
  }
}
