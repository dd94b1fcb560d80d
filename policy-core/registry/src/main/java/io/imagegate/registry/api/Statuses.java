package io.imagegate.registry.api;

import io.imagegate.registry.content.Failure;
import io.imagegate.registry.endpoint.Endpoint;
import io.imagegate.registry.http.Response;
import java.time.Duration;

/** What the status of an answer means for a look-up. */
final class Statuses {

    /** The longest pause that a registry can ask for. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofMillis(200);

    private Statuses() {}

    /** {@return why an answer that is not 200 has no value} */
    static Failure failure(Endpoint endpoint, String what, Response response) {
        String host = endpoint.host();
        int status = response.status();
        if (status == 404) {
            return Failure.absent(what + " does not exist at " + host);
        }
        if (status == 401 || status == 403) {
            String advice = endpoint.credentials().isPresent() ? "check the credentials of" : "add credentials to";
            return Failure.undecidable(
                    host + " refused access to " + what + " (" + status + "): " + advice + " its entry");
        }
        if (status == 407) {
            return Failure.undecidable("the proxy on the way to " + host
                    + " refused access (407), expected proxyCredentials with a user and a password that it accepts");
        }
        if (status == 429) {
            Duration pause = pause(response);
            Failure failure = Failure.undecidable(
                            host + " limits requests (429) and asks to wait " + pause.toSeconds() + " s")
                    .pause(pause);
            return pause.compareTo(SOON) <= 0 ? failure.retryAfter(pause) : failure;
        }
        if (status >= 500) {
            Failure failure = Failure.suspect(host + " answered " + status + " for " + what);
            return status == 501 ? failure : failure.retryAfter(AGAIN);
        }
        return Failure.undecidable(host + " answered " + status + " for " + what);
    }

    /** {@return how long the registry asks to wait} */
    static Duration pause(Response response) {
        String seconds = response.header("Retry-After").orElse("").strip();
        if (!seconds.matches("[0-9]{1,9}")) {
            return PAUSE;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }
}
