package io.imagegate.server.metrics;

import io.imagegate.metric.MetricSink;
import io.imagegate.server.http.RejectionReason;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The metrics of a server, for Prometheus. Thread-safe. */
public final class ServerMetrics {

    /** The text format that every Prometheus reads. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final int OK = 200;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusMetrics sink = new PrometheusMetrics(registry);
    private final Counter rejections;
    private final Counter responses;
    private final CounterDataPoint answeredOk;
    private final ReloadMetrics certificateReloads;
    private final Gauge certificateExpiry;
    private final HandshakeMetrics handshakes = new HandshakeMetrics(registry);
    private volatile @Nullable Instant clientAuthorityExpiry;
    private boolean withJvm;

    /**
     * Creates metrics that start at zero.
     *
     * @param version of this program
     */
    public ServerMetrics(String version) {
        Info.builder()
                .name("imagegate_build_info")
                .help("1 for the running version.")
                .labelNames("version")
                .register(registry)
                .setLabelValues(version);
        rejections = counter("imagegate_reviews_rejected_total", "Rejected requests and closed connections.", "reason");
        for (RejectionReason reason : RejectionReason.values()) {
            rejections.initLabelValues(reason.label());
        }
        responses = counter("imagegate_http_responses_total", "Answers by HTTP status code.", "code");
        answeredOk = responses.labelValues(Integer.toString(OK));
        certificateReloads = new ReloadMetrics("certificate", registry);
        certificateExpiry = Gauge.builder()
                .name("imagegate_certificate_expiry_timestamp_seconds")
                .help("Expiry of the server's certificate, or of one above it in its file if that is earlier.")
                .register(registry);
        GaugeWithCallback.builder()
                .name("imagegate_client_authority_expiry_timestamp_seconds")
                .help("Expiry of the last of the authorities of clients; absent if clients need no certificate.")
                .callback(measured -> {
                    Instant end = clientAuthorityExpiry;
                    if (end != null) {
                        measured.call((double) end.getEpochSecond());
                    }
                })
                .register(registry);
    }

    /** {@return what shows the sink of policies, reviews and registries} */
    public MetricSink sink() {
        return sink;
    }

    /**
     * Counts a rejection.
     *
     * @param why the reason
     */
    public void rejected(RejectionReason why) {
        rejections.labelValues(why.label()).inc();
    }

    /**
     * Counts an answer.
     *
     * @param status its HTTP status
     */
    public void answered(int status) {
        // Almost every answer: its label is not looked up.
        (status == OK ? answeredOk : responses.labelValues(Integer.toString(status))).inc();
    }

    /** {@return the metrics of certificates and keys} */
    public ReloadMetrics certificateReloads() {
        return certificateReloads;
    }

    /** {@return the metrics of TLS handshakes} */
    public HandshakeMetrics handshakes() {
        return handshakes;
    }

    /**
     * Adds the metrics of notifications.
     *
     * @param outcomes what there are notifications of
     * @return the metrics
     */
    public NotificationMetrics notifications(List<String> outcomes) {
        return new NotificationMetrics(registry, outcomes);
    }

    /**
     * Sets the expiry of the server's certificate.
     *
     * @param end when it expires
     */
    public void certificateExpires(Instant end) {
        certificateExpiry.set((double) end.getEpochSecond());
    }

    /**
     * Sets the expiry of the authorities of clients.
     *
     * @param end when the last one expires
     */
    public void clientAuthoritiesExpire(Instant end) {
        clientAuthorityExpiry = end;
    }

    /**
     * Adds the gauge of usable certificates, which is measured at each scrape.
     *
     * @param usable by label, whether reviews can succeed with these certificates
     */
    public void certificatesUsable(Supplier<Map<String, Boolean>> usable) {
        GaugeWithCallback.builder()
                .name("imagegate_certificate_usable")
                .help("1 if reviews can succeed with these certificates, 0 if every client refuses them or is refused.")
                .labelNames("certificate")
                .callback(measured -> usable.get().forEach((label, can) -> measured.call(can ? 1 : 0, label)))
                .register(registry);
    }

    /**
     * Adds a gauge that is measured at each scrape.
     *
     * @param name of the metric
     * @param help its description
     * @param value called at each scrape
     */
    public void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(measured -> measured.call((double) value.getAsLong()))
                .register(registry);
    }

    /**
     * Writes all metrics in the text format.
     *
     * @param out destination
     * @throws IOException when it cannot be written there
     */
    public void write(OutputStream out) throws IOException {
        addJvm();
        PrometheusTextFormatWriter.create().write(out, registry.scrape());
    }

    /** Adds the JVM's metrics at the first scrape, because they would slow the start down. */
    private synchronized void addJvm() {
        if (!withJvm) {
            withJvm = true;
            JvmMetrics.builder().register(registry);
        }
    }

    private Counter counter(String name, String help, String label) {
        return Counter.builder().name(name).help(help).labelNames(label).register(registry);
    }
}
