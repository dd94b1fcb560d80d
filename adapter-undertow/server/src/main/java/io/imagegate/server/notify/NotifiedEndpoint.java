package io.imagegate.server.notify;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where notifications are sent.
 *
 * @param url with https
 * @param outcomes that are sent there
 * @param secrets by which they are signed: one, or two while it is replaced
 * @param ca file of the authorities of its certificate; empty for those of the system
 */
record NotifiedEndpoint(URI url, Set<NotifiedOutcome> outcomes, List<WebhookSecret> secrets, Optional<Path> ca) {

    /** {@return the name for messages} Other parts of a URL may be secret. */
    String name() {
        return url.getRawAuthority();
    }
}
