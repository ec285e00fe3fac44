package dev.twinbucket.wiring;

import dev.twinbucket.Replicator;
import dev.twinbucket.canary.Canary;
import dev.twinbucket.canary.CanaryOperation;
import dev.twinbucket.intake.DeadLetters;
import dev.twinbucket.intake.Intake;
import dev.twinbucket.json.Limits;
import dev.twinbucket.notification.NotificationLimits;
import dev.twinbucket.notification.NotificationReader;
import dev.twinbucket.operation.ExplainOperation;
import dev.twinbucket.operation.Operation;
import dev.twinbucket.operation.Operations;
import dev.twinbucket.operation.ReconcileOperation;
import dev.twinbucket.operation.RuleOperations;
import dev.twinbucket.operation.SweepOperation;
import dev.twinbucket.outcome.OutcomeLog;
import dev.twinbucket.reconcile.Reconciliation;
import dev.twinbucket.replication.Replication;
import dev.twinbucket.settings.DocumentSource;
import dev.twinbucket.settings.LargeObjectSettings;
import dev.twinbucket.settings.Settings;
import dev.twinbucket.settings.SettingsException;
import dev.twinbucket.state.Nonces;
import dev.twinbucket.state.StateStore;
import dev.twinbucket.store.Stores;
import dev.twinbucket.transfer.ByteBudget;
import dev.twinbucket.transfer.ContentReader;
import dev.twinbucket.transfer.LargeObjects;
import dev.twinbucket.transfer.Sweep;
import dev.twinbucket.transfer.TransferSettings;
import dev.twinbucket.work.WorkQueue;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

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
  private final boolean fetched;
  private final Replicator replicator;
  private final Intake intake;
  private final NotificationReader reader;
  private final Operations operations;

  private Twinbucket(
      Resources resources,
      Settings settings,
      boolean fetched,
      Replicator replicator,
      Intake intake,
      NotificationReader reader,
      Operations operations) {
    this.resources = resources;
    this.settings = settings;
    this.fetched = fetched;
    this.replicator = replicator;
    this.intake = intake;
    this.reader = reader;
    this.operations = operations;
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
    return open(
        environment,
        surroundings,
        queues,
        (settings, aws, documents) ->
            StoreFactory.open(
                settings,
                GoogleIdentity.of(settings, environment, aws),
                aws,
                documents,
                surroundings.clock()));
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
    return open(
        environment, surroundings, queues, (settings, _, _) -> storesFactory.open(settings));
  }

  /** Opens stores as somebody, with keys that may be read again. */
  @FunctionalInterface
  private interface StoresOpening {
    Stores open(Settings settings, AwsCredentialsProvider aws, DocumentSource documents);
  }

  private static Twinbucket open(
      Map<String, String> environment,
      Surroundings surroundings,
      Queues queues,
      StoresOpening storesOpening) {
    AwsCredentialsProvider aws = AwsIdentity.of(environment, surroundings.clock());
    DocumentSource documents = DocumentFactory.open(environment, aws);
    FetchedDocuments fetched = new FetchedDocuments(documents);
    Settings settings = Settings.read(environment, fetched);
    Resources resources = new Resources();
    try {
      Stores stores = resources.own(storesOpening.open(settings, aws, documents));
      StateStore state = resources.own(StateFactory.open(settings, stores, aws, surroundings));
      DeadLetters deadLetters = resources.own(queues.deadLetters(settings));
      WorkQueue workQueue = resources.own(queues.workQueue(settings));
      OutcomeLog log =
          new OutcomeLog(
              surroundings.format(),
              settings.logLevel(),
              surroundings.clock(),
              surroundings.lines());
      ByteBudget budget = budget(settings);
      Replication replication =
          new Replication(
              stores,
              state,
              new ContentReader(budget, settings.smallObjectBytes()),
              new LargeObjects(
                  budget,
                  transfers(settings.largeObjects()),
                  progress -> log.progress(progress.toJson(), progress.toString())),
              workQueue,
              surroundings.pause(),
              surroundings.randoms());
      Replicator replicator = new Replicator(settings.rules(), replication, surroundings.clock());
      return new Twinbucket(
          resources,
          settings,
          fetched.any(),
          replicator,
          new Intake(replicator, log, deadLetters),
          reader(settings),
          operations(settings, stores, state, replication, log, surroundings));
    } catch (RuntimeException | Error e) {
      resources.close();
      throw e;
    }
  }

  /** What is configured. */
  public Settings settings() {
    return settings;
  }

  /**
   * Whether any of it was fetched from elsewhere when this was opened, rules or keys, and may have
   * changed there since. Whoever wakes up in another hour opens a new one then.
   */
  public boolean isFetched() {
    return fetched;
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

  /** Does what operators ask for; no notification may bring such a thing. */
  public Operations operations() {
    return operations;
  }

  @Override
  public void close() {
    resources.close();
  }

  private static Operations operations(
      Settings settings,
      Stores stores,
      StateStore state,
      Replication replication,
      OutcomeLog log,
      Surroundings surroundings) {
    Nonces ids = new Nonces(surroundings.randoms().get());
    Map<String, Operation> all = new HashMap<>();
    all.putAll(
        new RuleOperations(settings.rules().rules(), replication.controls(), ids::next).byName());
    all.put("explain", new ExplainOperation(settings.rules(), replication));
    Canary canary =
        new Canary(settings.rules().rules(), stores, surroundings.clock(), surroundings.pause());
    all.put(
        CanaryOperation.NAME,
        new CanaryOperation(
            canary, surroundings.format(), surroundings.clock(), surroundings.lines()));
    all.put(
        "reconcile",
        new ReconcileOperation(
            settings.rules().rules(),
            new Reconciliation(replication, settings.rules(), surroundings.clock(), log),
            surroundings.lines()));
    all.put("sweep", new SweepOperation(settings.rules().rules(), new Sweep(stores, state)));
    return new Operations(all);
  }

  private static NotificationReader reader(Settings settings) {
    NotificationLimits standard = NotificationLimits.DEFAULT;
    return new NotificationReader(
        new NotificationLimits(
            new Limits(settings.maxEventBytes(), standard.json().depth()),
            standard.records(),
            standard.envelopes()));
  }

  private static TransferSettings transfers(LargeObjectSettings settings) {
    return new TransferSettings(
        settings.partBytes(), settings.partsAtOnce(), settings.fanOutBytes(), settings.workers());
  }

  private static ByteBudget budget(Settings settings) {
    long share = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    return new ByteBudget(Math.max(share, settings.smallObjectBytes()));
  }
}
