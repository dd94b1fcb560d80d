package io.imagegate.cli.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.tls.TlsFiles;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/**
 * Undertow as it comes, which answers reviews by their text, at about the length of the server's, and has no limits. A test
 * that measures the server has this one measured beside it, in the same run and by the same clients: where it is slow, the
 * machine is. Clients may show a certificate of the authority; none must, since a kube-apiserver that a test starts has none.
 */
final class BareUndertow {

    private static final String HOST = "127.0.0.1";
    private static final int STREAMS = 100;

    private static final int REASON_SHARE = 4;
    private static final int LONGEST_REASON = 4 << 10;

    /** The first in an AdmissionReview is that of the review. */
    private static final Pattern UID = Pattern.compile("\"uid\":\"([^\"]*)\"");

    private BareUndertow() {}

    /** Serves on the port of the first argument, and answers probes on that of the second; the folder of its files is last. */
    public static void main(String... arguments) {
        Path folder = Path.of(arguments[2]);
        Undertow.builder()
                .addHttpsListener(
                        Integer.parseInt(arguments[0]),
                        HOST,
                        TlsContexts.server(
                                TlsFiles.identity(folder.resolve("webhook.pem"), folder.resolve("webhook-key.pem")),
                                TlsFiles.certificates(folder.resolve("ca.pem"))))
                .addHttpListener(Integer.parseInt(arguments[1]), HOST)
                .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setServerOption(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, STREAMS)
                .setHandler(exchange -> exchange.getRequestReceiver().receiveFullBytes((whole, body) -> {
                    String text = new String(body, US_ASCII);
                    whole.getResponseSender().send(answer(text), US_ASCII);
                }))
                .build()
                .start();
    }

    private static String answer(String review) {
        String allowed = "\"allowed\":" + review.contains("nginx:");
        Matcher uid = UID.matcher(review);
        return review.contains("\"AdmissionReview\"") && uid.find()
                ? "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":{\"uid\":\""
                        + uid.group(1) + "\"," + allowed + "}}"
                : "{\"status\":{" + allowed + ",\"reason\":\"" + reason(review) + "\"}}";
    }

    private static String reason(String review) {
        return review.contains("nginx:") ? "" : "-".repeat(Math.min(LONGEST_REASON, REASON_SHARE * review.length()));
    }
}
