package io.imagegate.cli.attack;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a hostile client does over one connection, or over a few. */
@FunctionalInterface
interface Attack {

    /**
     * Attacks once. The caller repeats it until the attack is over.
     *
     * @throws IOException when the server, or the end of the attack, closes the connection
     */
    void run(Adversary adversary) throws IOException, InterruptedException;

    /** All attacks by name. */
    static Map<String, Attack> all() {
        Map<String, Attack> all = new LinkedHashMap<>();
        all.putAll(TlsAttacks.all());
        all.putAll(Http1Attacks.all());
        all.putAll(Http2Attacks.all());
        all.putAll(BodyAttacks.all());
        all.putAll(WithheldBytes.all());
        all.putAll(ManagementAttacks.all());
        all.put("standard error unread", new UnreadErrors());
        all.put("malformed requests", new Malformed());
        return all;
    }
}
