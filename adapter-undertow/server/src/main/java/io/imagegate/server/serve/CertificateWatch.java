package io.imagegate.server.serve;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.imagegate.server.tls.UsableCertificates;
import io.imagegate.time.TimeSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether reviews can succeed with the certificates in use, which changes with the clock alone. Logs each change once. Thread-safe.
 */
final class CertificateWatch implements AutoCloseable {

    /** Days before an expiry on which it is logged. */
    private static final List<Integer> NOTICES = List.of(1, 3, 7, 14, 30);

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Logger LOG = System.getLogger(CertificateWatch.class.getName());

    private record Line(Level level, String text) {}

    private final TimeSource time;
    private final Consumer<String> attention;
    private List<UsableCertificates> watched = List.of();
    private Set<String> unusable = Set.of();
    private Set<Line> logged = Set.of();
    private TimeSource.@Nullable Timer timer;
    private boolean closed;

    /**
     * Makes a watch of no certificates yet.
     *
     * @param time by which they expire
     * @param attention called with what is logged, when somebody should look at a certificate
     */
    CertificateWatch(TimeSource time, Consumer<String> attention) {
        this.time = time;
        this.attention = attention;
    }

    /** Watches certificates in place of those before. */
    synchronized void use(List<UsableCertificates> certificates) {
        watched = List.copyOf(certificates);
        look();
    }

    /** {@return what was checked, with at least one line for each} */
    synchronized Stream<ReadinessCheck> checks() {
        Instant now = time.instant();
        return watched.stream().flatMap(certificates -> {
            Optional<String> problem = certificates.problem(now);
            Stream<String> expiry = notice(certificates, now).stream().map(days -> certificates.expirySentence());
            return ReadinessCheck.of(
                    certificates.subject(),
                    problem.stream().toList(),
                    problem.isPresent()
                            ? List.of()
                            : Stream.concat(certificates.warning(now).stream(), expiry)
                                    .toList());
        });
    }

    /** {@return for each, by its label in metrics, whether reviews can succeed with it} */
    synchronized Map<String, Boolean> usable() {
        Instant now = time.instant();
        return watched.stream()
                .collect(toMap(
                        UsableCertificates::label, each -> each.problem(now).isEmpty()));
    }

    /** {@return within how many days they expire, if that is soon} */
    private static Optional<Integer> notice(UsableCertificates certificates, Instant now) {
        return NOTICES.stream()
                .filter(days -> !now.isBefore(certificates.expiry().minus(Duration.ofDays(days))))
                .findFirst();
    }

    private synchronized void look() {
        if (timer != null) {
            timer.cancel();
        }
        if (closed) {
            return;
        }
        timer = time.schedule(INTERVAL, this::look);
        Instant now = time.instant();
        Set<Line> lines = watched.stream()
                .flatMap(certificates -> lines(certificates, now))
                .collect(toSet());
        lines.stream().filter(line -> !logged.contains(line)).forEach(this::tell);
        logged = lines;
        unusable = watched.stream()
                .filter(certificates -> certificates.problem(now).isPresent())
                .map(UsableCertificates::label)
                .collect(toSet());
    }

    private void tell(Line line) {
        LOG.log(line.level(), "{0}", line.text());
        if (line.level() != Level.INFO) {
            attention.accept(line.text());
        }
    }

    private Stream<Line> lines(UsableCertificates certificates, Instant now) {
        String description = "; " + certificates.description();
        Optional<String> problem = certificates.problem(now);
        if (problem.isPresent()) {
            return Stream.of(new Line(Level.ERROR, "not ready: " + problem.get() + description));
        }
        Stream<String> again = unusable.contains(certificates.label())
                ? Stream.of("reviews can succeed again with the " + certificates.subject())
                : Stream.empty();
        Stream<String> expiry = notice(certificates, now).stream()
                .map(days -> certificates.expirySentence() + ", within " + days + (days == 1 ? " day" : " days"));
        return Stream.concat(
                again.map(sentence -> new Line(Level.INFO, sentence + description)),
                Stream.concat(certificates.warning(now).stream(), expiry)
                        .map(sentence -> new Line(Level.WARNING, sentence + description)));
    }

    @Override
    public synchronized void close() {
        closed = true;
        look();
    }
}
