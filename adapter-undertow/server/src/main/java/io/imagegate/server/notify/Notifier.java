package io.imagegate.server.notify;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.fact.Fact;
import io.imagegate.follow.FileFollower;
import io.imagegate.gate.GateState;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.ViolationOutcome;
import io.imagegate.server.log.JsonLine;
import io.imagegate.server.metrics.DecisionLog;
import io.imagegate.server.metrics.NotificationMetrics;
import io.imagegate.server.metrics.ServerMetrics;
import io.imagegate.text.SafeText;
import io.imagegate.time.TimeSource;
import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.ReviewEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;

/**
 * Sends notifications to the endpoints of a file, which is followed. Calls return at once: other threads send. Nothing is sent about dry
 * runs. Thread-safe.
 */
public final class Notifier implements DecisionListener, AutoCloseable {

    private static final Logger LOG = System.getLogger(Notifier.class.getName());
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 20;
    private static final int LONGEST = 1_024;
    private static final String ENDED = "the server ended";

    private record Recipient(URI url, NotifiedOutcome outcome) {}

    private final Path file;
    private final TimeSource time;
    private final NotificationMetrics metrics;
    private final ExecutorService executor = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Notifier::thread,
            new DiscardPolicy());
    private final Map<NotifiedOutcome, OccurrenceCollector> collectors = new EnumMap<>(NotifiedOutcome.class);
    private final Map<Recipient, EventQueue> queues = new ConcurrentHashMap<>();
    private final FileFollower<Notifications> follower;
    private volatile ActiveEndpoints endpoints;

    private Notifier(Path file, NotificationMetrics metrics, TimeSource time) {
        this.file = file;
        this.time = time;
        this.metrics = metrics;
        for (NotifiedOutcome outcome : NotifiedOutcome.values()) {
            collectors.put(
                    outcome, new OccurrenceCollector(outcome, time, () -> executor.execute(() -> send(outcome))));
        }
        Notifications first = NotificationsReader.read(file);
        this.endpoints = ActiveEndpoints.open(first, executor, time);
        this.follower =
                new FileFollower<>(first, () -> NotificationsReader.read(file), this::useOrRefuse, this::refuse);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "imagegate-notify");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Reads a file and follows it.
     *
     * @param file of {@code kind: Notifications}
     * @param metrics counts notifications
     * @return sends notifications until it is closed
     * @throws IllegalArgumentException if the file, or one that it names, has mistakes; with a line for each
     */
    public static Notifier open(Path file, ServerMetrics metrics) {
        return open(file, metrics, TimeSource.system());
    }

    static Notifier open(Path file, ServerMetrics metrics, TimeSource time) {
        List<String> outcomes = Arrays.stream(NotifiedOutcome.values())
                .map(NotifiedOutcome::label)
                .toList();
        Notifier opened = new Notifier(file, metrics.notifications(outcomes), time);
        opened.follower.start("imagegate-notifications", time, INTERVAL);
        return opened;
    }

    private void useOrRefuse(Notifications read) {
        ActiveEndpoints before = endpoints;
        try {
            endpoints = ActiveEndpoints.open(read, executor, time);
        } catch (IllegalArgumentException mistakes) {
            refuse(mistakes);
            return;
        }
        before.close();
        queues.forEach((recipient, queue) -> {
            if (!endpoints.has(recipient.url, recipient.outcome)) {
                queues.remove(recipient);
                queue.close("the file names the endpoint no more");
            }
        });
        LOG.log(Level.INFO, "loaded notifications {0}", file);
    }

    private void refuse(Throwable problem) {
        LOG.log(
                Level.ERROR,
                "rejected the new notifications, the old ones stay in use: {0}",
                String.valueOf(problem.getMessage()));
    }

    @Override
    public void reviewed(ReviewEvent event) {
        if (!event.isDryRun()) {
            event.decision().ifPresent(decision -> decided(event, decision));
        }
    }

    /** A line of the decision log is the example, so that what that hides is hidden here, too. */
    private void decided(ReviewEvent event, Decision decision) {
        if (decision.violations().stream().anyMatch(each -> each.outcome() == ViolationOutcome.BROKE_GLASS)) {
            collector(NotifiedOutcome.GLASS_BROKEN).add(() -> DecisionLog.json(event));
        }
        if (isUnavailable(decision)) {
            collector(NotifiedOutcome.UNAVAILABLE).add(() -> DecisionLog.json(event));
        }
    }

    private static boolean isUnavailable(Decision decision) {
        return decision.violations().stream()
                        .anyMatch(each -> each.outcome() == ViolationOutcome.DENIED && each.isUnknown())
                && decision.lookups().stream().anyMatch(each -> each.state() == Fact.State.UNAVAILABLE);
    }

    /**
     * Called for each load of policies.
     *
     * @param state the state after it
     */
    public void loaded(GateState state) {
        state.problem()
                .ifPresent(problem -> collector(NotifiedOutcome.POLICY_REJECTED).add(() -> rejected(state, problem)));
    }

    /** Has places, but not what is there: a policy may say more than the receiver should know. */
    private static String rejected(GateState state, PolicyDocumentException problem) {
        JsonLine line = new JsonLine();
        if (!state.name().equals(ImageGate.DEFAULT_NAME)) {
            line.field("policySet", state.name());
        }
        line.field("location", shown(state.location()))
                .field("problems", problem.problems().size());
        problem.problems().stream().findFirst().ifPresent(first -> line.field("first", shown(first.place())));
        return line.field("denying", !state.isReady()).toString();
    }

    /**
     * Called when a certificate was rejected, or needs attention.
     *
     * @param what a sentence that quotes no file
     */
    public void certificate(String what) {
        collector(NotifiedOutcome.CERTIFICATE)
                .add(() -> new JsonLine().field("text", shown(what)).toString());
    }

    private static String shown(String text) {
        return SafeText.escape(SafeText.cut(text, LONGEST));
    }

    private OccurrenceCollector collector(NotifiedOutcome outcome) {
        return Objects.requireNonNull(collectors.get(outcome), "one for each outcome");
    }

    /** Sends what was collected. */
    void send(NotifiedOutcome outcome) {
        collector(outcome).take().ifPresent(this::send);
    }

    private void send(Occurrences what) {
        ActiveEndpoints current = endpoints;
        CloudEvent event = CloudEvent.of(current.source(), what);
        current.endpoints().stream()
                .filter(endpoint -> endpoint.outcomes().contains(what.outcome()))
                .forEach(endpoint -> queues.computeIfAbsent(
                                new Recipient(endpoint.url(), what.outcome()), added -> queue(endpoint))
                        .add(event));
    }

    private EventQueue queue(NotifiedEndpoint endpoint) {
        return new EventQueue(
                event -> endpoints.send(endpoint.url(), event), executor, time, new Results(endpoint.name()));
    }

    private final class Results implements EventQueue.Listener {

        private final String endpoint;

        private Results(String endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public void delivered(CloudEvent event) {
            metrics.delivered(event.outcome().label());
        }

        @Override
        public void failed(CloudEvent event, String reason) {
            warn(event, reason);
            metrics.failed(event.outcome().label());
        }

        @Override
        public void dropped(CloudEvent event) {
            warn(event, EventQueue.MOST + " others wait for it");
            metrics.dropped(event.outcome().label());
        }

        private void warn(CloudEvent event, String reason) {
            LOG.log(
                    Level.WARNING,
                    "lost a notification ({0}) for {1}: {2}",
                    event.outcome().label(),
                    endpoint,
                    reason);
        }
    }

    /** Sends what was collected, each event once at most, and waits a second at most for the answers. */
    public void finish() {
        long begin = time.nanos();
        collectors.keySet().forEach(this::send);
        queues.values().forEach(EventQueue::hurry);
        try {
            while (time.since(begin).compareTo(LAST_WORDS) < 0
                    && !queues.values().stream().allMatch(EventQueue::isEmpty)) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        queues.values().forEach(queue -> queue.close(ENDED));
    }

    /** Ends at once; what was not sent yet is lost. */
    @Override
    public void close() {
        follower.close();
        queues.values().forEach(queue -> queue.close(ENDED));
        endpoints.close();
        executor.shutdownNow();
    }
}
