package dev.twinbucket.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The one time of a history; every party reads it through a clock of its own that may be wrong. */
final class SimulatedClock {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  Instant now() {
    return now;
  }

  void advance(Duration time) {
    now = now.plus(time);
  }

  void advanceTo(Instant time) {
    if (time.isAfter(now)) {
      now = time;
    }
  }

  /** A clock that is off by that much. */
  Clock skewed(Duration by) {
    return new Clock() {
      @Override
      public Instant instant() {
        return now.plus(by);
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }
}
