package io.imagegate.console;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds {@link WebPages}. Without a playground and a replica there are no pages. */
public final class WebPagesBuilder {

    Collection<String> hosts = List.of();
    String option = "";
    @Nullable
    Playground playground;
    @Nullable
    Replica replica;

    WebPagesBuilder() {}

    /**
     * Sets further host names, besides those of the loopback interface.
     *
     * @param names DNS names or IP addresses, without a port
     * @param setBy the option or setting that has them, for the answer to requests with another name
     * @return this builder
     * @throws IllegalArgumentException if one is no name
     */
    public WebPagesBuilder hosts(Collection<String> names, String setBy) {
        this.hosts = names;
        this.option = setBy;
        return this;
    }

    /**
     * Adds the playground.
     *
     * @param judge who judges what is typed there
     * @return this builder
     */
    public WebPagesBuilder playground(Playground judge) {
        this.playground = judge;
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

    /** {@return the pages} */
    public WebPages build() {
        return new WebPages(this);
    }
}
