package io.imagegate.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.file.FileAccess;
import io.imagegate.document.kept.KeptFiles;
import io.imagegate.document.kept.KeptFolder;
import io.imagegate.document.kept.KeptSet;
import io.imagegate.document.kept.KeptSetFormat;
import io.imagegate.follow.RegularFile;
import io.imagegate.metric.MetricSink;
import io.imagegate.text.SafeText;
import io.imagegate.text.Sha256;
import io.imagegate.time.TimeSource;
import io.imagegate.time.TimeSource.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The last accepted set of a gate, kept in a folder: policies of all names with the files that they name, and the registries. When the files are
 * rejected at the start, the gate decides with it, as it would if it had gone on running. Thread-safe.
 */
final class LastGood implements AutoCloseable {

    /** How long after the first rejection a start may use the set. */
    static final Duration LONGEST = Duration.ofHours(24);

    private static final Duration REMINDER = Duration.ofHours(1);
    private static final Logger LOG = System.getLogger(LastGood.class.getName());
    private static final int LONGEST_REASON = 500;

    private final LastGoodFolder settings;
    private final KeptFolder folder;
    private final TimeSource time;
    private final Set<String> names;
    private final boolean hasRegistries;

    /** What was kept before the start, if it may be used; else the refusal says why not. */
    private final Optional<KeptSet> before;

    private final String refusal;

    private final Map<String, KeptFiles> accepted = new TreeMap<>();
    private Optional<String> registries = Optional.empty();

    /** Names of policies whose files are rejected. */
    private final Set<String> rejected = new TreeSet<>();

    /** Names whose policies are those of the set. */
    private final Set<String> inForce = new TreeSet<>();

    private boolean registriesInForce;
    private @Nullable Instant since;
    private String failure = "";
    private @Nullable Timer reminder;

    /** Reads what was kept; it is used only if files are rejected. */
    LastGood(LastGoodFolder settings, LiveGateBuilder from, TimeSource time) {
        this.settings = settings;
        this.folder = new KeptFolder(settings.folder());
        this.names = from.locations.byName().keySet();
        this.hasRegistries = from.registries != null;
        this.time = time;
        Optional<KeptSet> usable = Optional.empty();
        String why = folder + ": there is none yet";
        try {
            Optional<byte[]> bytes = folder.read();
            if (bytes.isPresent()) {
                usable = Optional.of(requireUsable(KeptSetFormat.read(bytes.get())));
            }
        } catch (IOException | RuntimeException unusable) {
            why = folder + ": " + reason(unusable);
        }
        before = usable;
        refusal = why;
    }

    private KeptSet requireUsable(KeptSet set) throws IOException {
        Instant now = time.instant();
        if (!set.version().equals(settings.version())) {
            throw new IOException("version " + set.version() + " wrote it, and this is " + settings.version());
        }
        if (now.isBefore(set.latest())) {
            throw new IOException("the clock is at " + seconds(now) + ", before its last use at " + set.latest());
        }
        Optional<Instant> first = set.rejectedSince();
        if (first.isPresent() && Duration.between(first.get(), now).compareTo(LONGEST) > 0) {
            throw new IOException(
                    "files are rejected since " + first.get() + ", for more than " + LONGEST.toHours() + " hours");
        }
        return set;
    }

    /** {@return the registries: those of the set if the files, with the registries as they are now, are rejected} */
    GateContent openContent(Path file, LiveGateBuilder from) {
        Optional<String> now = content(file);
        Optional<String> kept = before.flatMap(KeptSet::registries);
        if (kept.isPresent() && !kept.equals(now)) {
            Optional<String> why = rejection(file, from);
            if (why.isPresent()) {
                try {
                    GateContent old = GateContent.open(file, kept, from.metrics, from.loader, time);
                    useRegistries(kept, why.get());
                    return old;
                } catch (GateException alsoRejected) {
                    logUnused(reason(alsoRejected));
                }
            }
        }
        GateContent opened = GateContent.open(file, Optional.empty(), from.metrics, from.loader, time);
        registries = now.filter(content ->
                Sha256.hex(content.getBytes(ISO_8859_1)).equals(opened.state().digest()));
        return opened;
    }

    private static Optional<String> content(Path file) {
        try {
            return Optional.of(new String(RegularFile.read(file), ISO_8859_1));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** {@return why the files are rejected with the registries as they are now} */
    private Optional<String> rejection(Path file, LiveGateBuilder from) {
        try (GateContent probe = GateContent.open(file, Optional.empty(), MetricSink.NONE, from.loader, time)) {
            PolicyDocuments documents =
                    probe.documents(from.documents.withWarnings(warning -> {}), from.ownsSignatures());
            from.locations.byName().values().forEach(documents::load);
            return Optional.empty();
        } catch (GateException | PolicyDocumentException mistakes) {
            return Optional.of(String.valueOf(mistakes.getMessage()));
        }
    }

    private synchronized void useRegistries(Optional<String> kept, String why) {
        registries = kept;
        registriesInForce = true;
        markRejected();
        LOG.log(
                Level.WARNING,
                GateState.LAST_GOOD + ": the registries of the last accepted set are in force until a restart, because"
                        + " files were rejected: {0}",
                why);
        remindLater();
    }

    /**
     * {@return a reader of the policies of the set; empty if there is none that may be used}
     *
     * @param name the name of the policies
     * @param documents reads the files of the machine
     */
    Optional<PolicyDocuments> reader(String name, PolicyDocuments documents) {
        Optional<KeptFiles> files =
                before.flatMap(set -> Optional.ofNullable(set.policies().get(name)));
        if (files.isEmpty()) {
            logUnused(before.isEmpty() ? refusal : "it has no policies " + name);
        }
        return files.map(kept -> FileAccess.reading(documents, PolicyDocuments.class, () -> kept));
    }

    /** Logs why the set is not used: it is refused, or does not load either. */
    static void logUnused(String why) {
        LOG.log(Level.WARNING, "the last accepted set is not used: {0}", why);
    }

    /** Called when the policies of the set are in force. */
    synchronized void used(String name, String digest) {
        before.map(set -> set.policies().get(name)).ifPresent(files -> accepted.put(name, files));
        inForce.add(name);
        rejected.add(name);
        Instant first = markRejected();
        LOG.log(
                Level.WARNING,
                GateState.LAST_GOOD
                        + ": the policies {0} of the last accepted set are in force, SHA-256: {1}. Files are"
                        + " rejected since {2}; a restart after {3} denies everything",
                name,
                digest,
                seconds(first),
                seconds(first.plus(LONGEST)));
        write();
        remindLater();
    }

    /** Called when files are accepted. */
    synchronized void accepted(String name, Optional<KeptFiles> files) {
        rejected.remove(name);
        inForce.remove(name);
        if (rejected.isEmpty() && !registriesInForce) {
            since = null;
        }
        if (files.isPresent()) {
            accepted.put(name, files.get());
            write();
        } else {
            accepted.remove(name);
            failed("the policies " + name + " have more than " + KeptSet.LIMIT + " bytes");
        }
    }

    /** Called when files are rejected, while others are in force or everything is denied. */
    synchronized void rejected(String name) {
        if (rejected.add(name) && since == null) {
            since = time.instant();
            write();
        }
    }

    /** {@return when files were first rejected that should have replaced the set, also before the start} */
    private Instant markRejected() {
        Instant first = since == null ? before.flatMap(KeptSet::rejectedSince).orElseGet(time::instant) : since;
        since = first;
        return first;
    }

    /** {@return since when files are rejected, if they are} */
    synchronized Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    /** {@return whether policies or registries of the set are in force} */
    synchronized boolean isInForce() {
        return registriesInForce || !inForce.isEmpty();
    }

    /** {@return whether the registries of the set are in force, for policies of all names} */
    synchronized boolean hasRegistriesInForce() {
        return registriesInForce;
    }

    private void write() {
        if (!accepted.keySet().containsAll(names) || (hasRegistries && registries.isEmpty())) {
            return;
        }
        try {
            folder.write(KeptSetFormat.write(
                    new KeptSet(settings.version(), registries, accepted, Optional.ofNullable(since), time.instant())));
            if (!failure.isEmpty()) {
                failure = "";
                LOG.log(Level.INFO, "{0}: the last accepted set is kept again", folder);
            }
        } catch (IOException | RuntimeException unwritable) {
            failed(reason(unwritable));
        }
    }

    /** {@return whether the file has what is in force, but for its times} */
    private boolean isKept() {
        try {
            return folder.read()
                    .map(bytes -> {
                        try {
                            return KeptSetFormat.read(bytes);
                        } catch (IOException changed) {
                            throw new UncheckedIOException(changed);
                        }
                    })
                    .filter(set ->
                            set.policies().equals(accepted) && set.registries().equals(registries))
                    .isPresent();
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
    }

    /** An older set is not the last accepted one: it must not come back. */
    private void failed(String why) {
        String older = "";
        if (!isKept()) {
            try {
                folder.remove();
            } catch (IOException | RuntimeException unwritable) {
                older = "; an older set stays there";
            }
        }
        String sentence = why + older;
        if (!sentence.equals(failure)) {
            failure = sentence;
            LOG.log(
                    Level.WARNING,
                    "{0}: the last accepted set cannot be kept, so that a restart with rejected files denies everything: {1}",
                    folder,
                    sentence);
        }
    }

    private void remindLater() {
        if (reminder == null) {
            reminder = time.schedule(REMINDER, () -> {
                CompletableFuture<?> unused = CompletableFuture.runAsync(this::remind);
            });
        }
    }

    /** Writes the set again, too: a clock that is put back is noticed by the time of the last use. */
    private synchronized void remind() {
        if (reminder != null) {
            reminder = null;
            if (isInForce()) {
                LOG.log(
                        Level.WARNING,
                        GateState.LAST_GOOD + ": the last accepted set is still in force; files are rejected since {0}",
                        since().map(LastGood::seconds).orElse(""));
                write();
                remindLater();
            }
        }
    }

    private static String reason(Throwable thrown) {
        String message = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        return SafeText.escape(SafeText.cut(
                thrown instanceof FileSystemException ? thrown.getClass().getSimpleName() + ": " + message : message,
                LONGEST_REASON));
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public synchronized void close() {
        Timer waiting = reminder;
        if (waiting != null) {
            waiting.cancel();
            reminder = null;
        }
    }
}
