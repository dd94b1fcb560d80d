package io.imagegate.cli.cluster;

import io.imagegate.input.InputException;
import io.imagegate.input.ManifestObject;
import io.imagegate.manifest.ManifestReader;
import io.imagegate.text.SafeText;
import io.imagegate.time.TimeSource;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The workloads of a cluster, read in pages: owners before what they own. A page is passed on when it is complete, so no object
 * is passed on twice, and memory does not grow with the cluster. Used by one thread.
 */
public final class ClusterObjects {

    /** Objects of a page, and bytes of it. A page that is longer is asked for again with fewer objects. */
    private static final int PAGE = 500;

    private static final int PAGE_BYTES = 16 << 20;
    private static final int FEWER = 4;
    private static final int MOST_PAGES = 100_000;

    /** Longest time in which pages are asked for. */
    private static final Duration LONGEST = Duration.ofHours(6);

    /** Most objects of a list that problems name; others are counted. */
    private static final int MOST_NAMED = 1_000;

    private static final int GONE = 410;
    private static final int SHOWN = 300;
    private static final ApiResource NAMESPACES = new ApiResource("Namespace", "/api/v1", "namespaces", false);

    private final ApiClient client;
    private final TimeSource time;
    private final long begun;
    private final Workloads workloads;
    private final String namespace;
    private final Consumer<String> problems;

    /**
     * Makes a reader.
     *
     * @param access how the API server is reached
     * @param time the clock
     * @param workloads the kinds that are read, and where images stand in them
     * @param namespace whose objects are read; empty for all namespaces
     * @param problems called with what could not be read, a line each
     */
    public ClusterObjects(
            ClusterAccess access, TimeSource time, Workloads workloads, String namespace, Consumer<String> problems) {
        this.client = new ApiClient(access, time);
        this.time = time;
        this.begun = time.nanos();
        this.workloads = workloads;
        this.namespace = namespace;
        this.problems = problems;
    }

    /**
     * Reads the namespaces: all of them and, as an empty name, what is in none, or the one whose objects are read.
     *
     * @param names called with each name
     */
    public void readNamespaces(Consumer<String> names) {
        names.accept(namespace);
        if (namespace.isEmpty()) {
            attempt(NAMESPACES.kind(), () -> read(NAMESPACES, object -> names.accept(object.name())));
        }
    }

    /**
     * Reads all lists. One that cannot be read is a problem, and the others are read.
     *
     * @param objects called with each object
     */
    public void read(Consumer<ManifestObject> objects) {
        List<ApiResource> resources = new ArrayList<>();
        List<ApiDiscovery.Group> groups = new ArrayList<>(List.of(ApiDiscovery.core(workloads)));
        ApiDiscovery discovery = new ApiDiscovery(client);
        attempt("API groups", () -> groups.addAll(discovery.groups(workloads)));
        for (ApiDiscovery.Group group : groups) {
            attempt(
                    "API group " + (group.name().isEmpty() ? "core" : group.name()),
                    () -> resources.addAll(discovery.resources(group)));
        }
        resources.sort(ApiDiscovery.ownersFirst());
        for (ApiResource resource : resources) {
            if (namespace.isEmpty() || resource.namespaced()) {
                attempt(resource.kind(), () -> read(resource, objects));
            }
        }
    }

    private interface Attempt {
        void run() throws ApiFailure, IOException, InputException;
    }

    private void attempt(String what, Attempt attempt) {
        try {
            attempt.run();
        } catch (ApiFailure failure) {
            problems.accept(what + ": the API server answers " + failure.getMessage() + advice(failure.status()));
        } catch (IOException failed) {
            String why = failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
            problems.accept(what + ": the API server cannot be read: " + SafeText.escape(SafeText.cut(why, SHOWN)));
        } catch (InputException | ClusterProblem unusable) {
            problems.accept(what + ": " + unusable.getMessage());
        }
    }

    private static String advice(int status) {
        return switch (status) {
            case 401 -> " (the token or certificate is missing, unknown or expired)";
            case 403 -> " (its list needs a ClusterRole with the verb list)";
            default -> "";
        };
    }

    /** Reads a list. Of an object that cannot be read, a problem is all that is told, and the rest is read. */
    private void read(ApiResource resource, Consumer<ManifestObject> objects)
            throws ApiFailure, IOException, InputException {
        String next = "";
        int most = PAGE;
        int limit = PAGE;
        int unreadable = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            requireTime();
            List<ManifestObject> found = new ArrayList<>();
            try {
                next = page(resource, limit, next, found);
                limit = Math.min(most, FEWER * limit);
            } catch (ApiBody.TooLong tooLong) {
                if (limit == 1) {
                    throw tooLong;
                }
                most = fewer(limit);
                limit = most;
                continue;
            } catch (InputException unread) {
                if (limit > 1) {
                    limit = fewer(limit);
                    continue;
                }
                unreadable++;
                next = pass(resource, next, unreadable <= MOST_NAMED ? unread : null);
            } catch (ApiFailure failure) {
                if (failure.status() != GONE || failure.next().isEmpty() || next.isEmpty()) {
                    throw failure;
                }
                // The list has changed meanwhile; the rest of it is that of now.
                next = failure.next();
                continue;
            }
            found.forEach(objects);
            if (next.isEmpty()) {
                if (unreadable > MOST_NAMED) {
                    problems.accept(
                            resource.kind() + ": " + (unreadable - MOST_NAMED) + " more objects cannot be read");
                }
                return;
            }
        }
        throw new IOException("the list does not end");
    }

    private void requireTime() throws IOException {
        if (time.nanos() - begun > LONGEST.toNanos()) {
            throw new IOException("the cluster is not read within " + LONGEST.toHours() + " hours");
        }
    }

    private static int fewer(int limit) {
        return Math.max(1, limit / FEWER);
    }

    private String page(ApiResource resource, int limit, String next, List<ManifestObject> found)
            throws ApiFailure, IOException, InputException {
        String after = client.get(resource.path(namespace, limit, next), PAGE_BYTES, body -> {
            found.clear();
            return ManifestReader.readPage(resource.name(), body, workloads, found::add);
        });
        return requireProgress(next, after);
    }

    private static String requireProgress(String token, String next) throws IOException {
        if (!next.isEmpty() && next.equals(token)) {
            throw new IOException("the list does not go on: a page names itself as the next one");
        }
        return next;
    }

    /** {@return the token of the page behind an object that cannot be read, which a problem names unless there are many} */
    private String pass(ApiResource resource, String next, @Nullable InputException unread)
            throws ApiFailure, IOException, InputException {
        PageOutline outline = client.get(
                resource.path(namespace, 1, next), PAGE_BYTES, body -> PageOutline.read(resource.name(), body));
        String object = SafeText.escape(SafeText.cut(outline.title(), SHOWN));
        if (unread != null) {
            problems.accept(resource.kind() + (object.isEmpty() ? "" : " " + object) + ": " + unread.getMessage());
        }
        return requireProgress(next, outline.next());
    }
}
