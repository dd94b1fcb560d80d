package io.imagegate.server.serve;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a server shows its console.
 *
 * @param endpoint where it listens
 * @param replica what the page calls this server
 * @param names further host names under which browsers may ask for it
 * @param playground whether it has a playground, too
 * @param dashboard page that it links; null: none
 * @since 0.1
 */
public record ConsoleSettings(
        ListenAddress endpoint,
        String replica,
        List<String> names,
        boolean playground,
        @Nullable URI dashboard) {}
