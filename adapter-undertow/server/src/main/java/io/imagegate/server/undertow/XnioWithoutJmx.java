package io.imagegate.server.undertow;

import org.xnio.Xnio;

/**
 * XNIO without its management beans and those of its thread pools. For these Java would make a management server and inspect
 * all its own beans, before the first review. Other code can still make one later.
 */
final class XnioWithoutJmx {

    /** Java's property for the class that makes management servers. */
    private static final String BUILDER = "javax.management.builder.initial";

    /** JBoss Threads' property. */
    private static final String NO_BEANS_OF_POOLS = "jboss.threads.eqe.disable-mbean";

    private static final Xnio XNIO = load();

    private XnioWithoutJmx() {}

    static Xnio get() {
        return XNIO;
    }

    private static Xnio load() {
        System.setProperty(NO_BEANS_OF_POOLS, "true");
        if (System.getProperty(BUILDER) != null) {
            return Xnio.getInstance();
        }
        System.setProperty(BUILDER, "none");
        try {
            return Xnio.getInstance();
        } finally {
            System.clearProperty(BUILDER);
        }
    }
}
