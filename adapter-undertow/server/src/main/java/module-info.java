/** The standalone HTTPS server of Imagegate. */
module io.imagegate.server {
    requires transitive io.imagegate.files;
    requires transitive java.logging;
    requires io.imagegate.signature;
    requires io.imagegate.undertow;
    requires static io.imagegate.console;
    requires io.prometheus.metrics.core;
    requires io.prometheus.metrics.instrumentation.jvm;
    requires io.prometheus.metrics.model;
    requires io.prometheus.writer.text;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires tools.jackson.core;
    requires undertow.core;
    requires xnio.api;
    requires static org.jspecify;
    // Libraries that are no modules, and so cannot say it, need these.
    requires java.management;
    requires jdk.management;
    requires jdk.unsupported;

    exports io.imagegate.server.limit;
    exports io.imagegate.server.log;
    exports io.imagegate.server.serve;
}
