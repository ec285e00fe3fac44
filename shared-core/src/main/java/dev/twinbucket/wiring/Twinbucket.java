package dev.twinbucket.wiring;

import dev.twinbucket.Replicator;
import dev.twinbucket.intake.DeadLetters;
import dev.twinbucket.intake.Intake;
import dev.twinbucket.json.Limits;
import dev.twinbucket.notification.NotificationLimits;
import dev.twinbucket.notification.NotificationReader;
import dev.twinbucket.outcome.OutcomeLog;
import dev.twinbucket.replication.Replication;
import dev.twinbucket.settings.Settings;
import dev.twinbucket.settings.SettingsException;
import dev.twinbucket.state.StateStore;
import dev.twinbucket.store.Stores;
import dev.twinbucket.transfer.ByteBudget;
import dev.twinbucket.transfer.ContentReader;
import dev.twinbucket.work.WorkQueue;
import java.util.Map;

/**
 * Everything wired together, by hand, in one place. It owns the stores, the state and the queues:
 * closing it closes them all.
 */
public final class Twinbucket implements AutoCloseable {
  /**
   * The part of the heap that contents may take; the rest is for the SDKs and for what they copy.
   */
  private static final int HEAP_SHARE = 4;

  private final Resources resources;
  private final Settings settings;
  private final Replicator replicator;
  private final Intake intake;
  private final NotificationReader reader;

  private Twinbucket(
      Resources resources,
      Settings settings,
      Replicator replicator,
      Intake intake,
      NotificationReader reader) {
    this.resources = resources;
    this.settings = settings;
    this.replicator = replicator;
    this.intake = intake;
    this.reader = reader;
  }

  /** Opens stores. */
  @FunctionalInterface
  public interface StoresFactory {
    /** Opens every store that the settings name. */
    Stores open(Settings settings);
  }

  /**
   * Opens all that the environment configures and nothing else. Nothing is sent yet, unless the
   * configuration itself has to be fetched.
   *
   * @param environment of the process
   * @param surroundings what the process gives
   * @param queues the platform's
   * @throws SettingsException if the configuration is wrong, with every error in it
   */
  public static Twinbucket start(
      Map<String, String> environment, Surroundings surroundings, Queues queues) {
    return start(
        environment,
        surroundings,
        queues,
        settings -> StoreFactory.open(settings, GoogleIdentity.of(settings, environment)));
  }

  /**
   * The same on stores of another kind, such as stores in memory.
   *
   * @param storesFactory opens every store that the settings name
   */
  public static Twinbucket start(
      Map<String, String> environment,
      Surroundings surroundings,
      Queues queues,
      StoresFactory storesFactory) {
    Settings settings = Settings.read(environment, DocumentFactory.open(environment));
    Resources resources = new Resources();
    try {
      Stores stores = resources.own(storesFactory.open(settings));
      StateStore state = resources.own(StateFactory.open(settings, stores, surroundings));
      DeadLetters deadLetters = resources.own(queues.deadLetters(settings));
      WorkQueue workQueue = resources.own(queues.workQueue(settings));
      Replication replication =
          new Replication(
              stores,
              state,
              new ContentReader(budget(settings), settings.smallObjectBytes()),
              workQueue,
              surroundings.pause(),
              surroundings.randoms());
      Replicator replicator = new Replicator(settings.rules(), replication, surroundings.clock());
      OutcomeLog log =
          new OutcomeLog(
              surroundings.format(),
              settings.logLevel(),
              surroundings.clock(),
              surroundings.lines());
      return new Twinbucket(
          resources,
          settings,
          replicator,
          new Intake(replicator, log, deadLetters),
          reader(settings));
    } catch (RuntimeException | Error e) {
      resources.close();
      throw e;
    }
  }

  /** What is configured. */
  public Settings settings() {
    return settings;
  }

  /** Does what hints call for. */
  public Replicator replicator() {
    return replicator;
  }

  /** Does what messages call for. */
  public Intake intake() {
    return intake;
  }

  /** Reads notifications within the configured limits. */
  public NotificationReader reader() {
    return reader;
  }

  @Override
  public void close() {
    resources.close();
  }

  private static NotificationReader reader(Settings settings) {
    NotificationLimits standard = NotificationLimits.DEFAULT;
    return new NotificationReader(
        new NotificationLimits(
            new Limits(settings.maxEventBytes(), standard.json().depth()),
            standard.records(),
            standard.envelopes()));
  }

  private static ByteBudget budget(Settings settings) {
    long share = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    return new ByteBudget(Math.max(share, settings.smallObjectBytes()));
  }
}
