package io.imagegate.console;

import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds {@link WebPages}. Without a playground and a replica there are no pages. */
public final class WebPagesBuilder {

    Collection<String> hosts = List.of();
    String setBy = "";
    WebFiles files = new WebFiles(WebFiles.BUNDLED);

    @Nullable
    UnaryOperator<byte[]> judge;

    @Nullable
    Replica replica;

    WebPagesBuilder() {}

    /**
     * Sets further host names, besides those of the loopback interface.
     *
     * @param names DNS names or IP addresses, without a port
     * @param option the option or setting that has them, for the answer to requests with another name
     * @return this builder
     */
    public WebPagesBuilder hosts(Collection<String> names, String option) {
        this.hosts = List.copyOf(names);
        this.setBy = option;
        return this;
    }

    /**
     * Adds the playground.
     *
     * @param playground who judges what is typed there
     * @return this builder
     */
    public WebPagesBuilder playground(Playground playground) {
        return judge(playground::judge);
    }

    /** Adds a playground with another judge, for tests. */
    WebPagesBuilder judge(UnaryOperator<byte[]> other) {
        this.judge = other;
        return this;
    }

    /**
     * Adds the console.
     *
     * @param shown the replica that it shows
     * @return this builder
     */
    public WebPagesBuilder replica(Replica shown) {
        this.replica = shown;
        return this;
    }

    /** Sets other files, for tests. */
    WebPagesBuilder files(WebFiles others) {
        this.files = others;
        return this;
    }

    /**
     * {@return the pages}
     *
     * @throws IllegalArgumentException if a host name is none
     */
    public WebPages build() {
        return new WebPages(this);
    }
}
