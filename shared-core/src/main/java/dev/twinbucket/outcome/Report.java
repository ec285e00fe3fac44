package dev.twinbucket.outcome;

import dev.twinbucket.event.ObjectEvent;
import java.time.Duration;
import java.util.Optional;

/**
 * How one hint ended for one rule.
 *
 * @param rule the rule's name, empty if no rule is about the place that the hint names
 * @param event the hint
 * @param outcome how it ended
 * @param took how long that took
 * @param lag how long after the event's own time it ended, if the event told one
 */
public record Report(
    String rule, ObjectEvent event, Outcome outcome, Duration took, Optional<Duration> lag) {}
