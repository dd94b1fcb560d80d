package io.imagegate.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.LoggedRecords;
import io.imagegate.server.tls.ClientAuthorities;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Issued;
import io.imagegate.server.tls.Issued.Dates;
import io.imagegate.server.tls.ServedChain;
import io.imagegate.time.ManualTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Certificates expire while nothing is loaded; what is said about that, and how often. */
class CertificateWatchTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final ManualTime time = new ManualTime("2026-12-01T00:00:00Z");
    private final List<String> told = new ArrayList<>();
    private final CertificateWatch watch = new CertificateWatch(time, told::add);

    /** Those of another test name another authority. */
    @RegisterExtension
    private final LoggedRecords logged = new LoggedRecords(
            CertificateWatch.class,
            message -> String.valueOf(message.getParameters()[0]).matches(".*(CN=watched|secret).*"));

    private Dates days(int from, int until) {
        return new Dates(
                time.instant().plus(DAY.multipliedBy(from)), time.instant().plus(DAY.multipliedBy(until)));
    }

    private ServedChain served(Dates dates) throws Exception {
        Issued self = Issued.root("watched", dates);
        return new ServedChain(List.of(self.certificate()), List.of());
    }

    private ClientAuthorities authorities(Dates... dates) throws Exception {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Dates each : dates) {
            certificates.add(Issued.root("watched", each).certificate());
        }
        return new ClientAuthorities(certificates);
    }

    private List<String> lines() {
        return watch.checks().map(ReadinessCheck::toString).toList();
    }

    private List<String> logged() {
        List<String> found = logged.records().stream()
                .map(message -> message.getLevel() + " "
                        + String.valueOf(message.getParameters()[0]).replaceAll("; .*", ""))
                .toList();
        logged.records().clear();
        return found;
    }

    @Test
    void aCertificateExpiresByTheClockAloneAndAnotherMendsIt() throws Exception {
        Dates two = days(-1, 2);
        watch.use(List.of(served(two)));
        String expires = "the certificate of --tls-cert expires at " + two.until();
        assertThat(lines()).containsExactly("[!]certificate: " + expires);
        assertThat(logged()).containsExactly("WARNING " + expires + ", within 3 days");

        time.pass(DAY);
        assertThat(logged()).containsExactly("WARNING " + expires + ", within 1 day");
        assertThat(watch.usable()).isEqualTo(Map.of("serving", true));

        time.pass(DAY.plusMinutes(2));
        String expired = "the certificate of --tls-cert expired at " + two.until();
        assertThat(lines()).containsExactly("[-]certificate: " + expired);
        assertThat(logged()).containsExactly("SEVERE not ready: " + expired);
        assertThat(watch.usable()).isEqualTo(Map.of("serving", false));
        time.pass(DAY);
        assertThat(logged()).as("only once").isEmpty();

        watch.use(List.of(served(days(-1, 300))));
        assertThat(lines()).containsExactly("[+]certificate ok");
        assertThat(logged()).containsExactly("INFO reviews can succeed again with the certificate");
        assertThat(watch.usable()).isEqualTo(Map.of("serving", true));
        assertThat(told)
                .extracting(text -> text.replaceAll("; .*", ""))
                .containsExactly(expires + ", within 3 days", expires + ", within 1 day", "not ready: " + expired);
    }

    @Test
    void anExpiryIsLoggedOnFiveDays() throws Exception {
        Dates dates = days(-1, 40);
        watch.use(List.of(served(dates)));
        assertThat(lines()).containsExactly("[+]certificate ok");
        List<String> all = new ArrayList<>(logged());
        for (int day = 0; day < 40; day++) {
            time.pass(DAY);
            all.addAll(logged());
        }
        String expires = "WARNING the certificate of --tls-cert expires at " + dates.until();
        assertThat(all)
                .containsExactly(
                        expires + ", within 30 days",
                        expires + ", within 14 days",
                        expires + ", within 7 days",
                        expires + ", within 3 days",
                        expires + ", within 1 day");
    }

    @Test
    void ofTheAuthoritiesOfClientsTheLastCounts() throws Exception {
        watch.use(List.of(served(days(-1, 300)), authorities(days(-1, 1), days(-1, 33))));
        assertThat(lines()).containsExactly("[+]certificate ok", "[+]client authorities ok");
        time.pass(DAY.plusMinutes(2));
        String one = "1 of 2 authorities of --client-ca is not valid now, so their clients are refused";
        assertThat(lines()).containsExactly("[+]certificate ok", "[!]client authorities: " + one);
        assertThat(logged()).containsExactly("WARNING " + one);
        assertThat(watch.usable()).isEqualTo(Map.of("serving", true, "clients", true));
        time.pass(DAY.multipliedBy(10));
        assertThat(lines()).hasSize(3);
        assertThat(logged())
                .containsExactly("WARNING the last authority of --client-ca expires at "
                        + days(0, 22).until().minus(Duration.ofMinutes(2)) + ", within 30 days");
        time.pass(DAY.multipliedBy(23));
        assertThat(lines())
                .containsExactly(
                        "[+]certificate ok",
                        "[-]client authorities: none of the 2 authorities of --client-ca is valid now");
        assertThat(watch.usable()).isEqualTo(Map.of("serving", true, "clients", false));
    }

    @Test
    void linesQuoteNothingOfTheFileAndTheLogDoes() throws Exception {
        Issued self = Issued.root("watched", days(-1, 300));
        watch.use(List.of(
                new ServedChain(
                        List.of(self.server(days(-1, 200), Issued.dns("secret.example"))
                                .certificate()),
                        List.of(Host.parse("configured"))),
                authorities(days(-2, -1))));
        assertThat(lines())
                .containsExactly(
                        "[-]certificate: the certificate of --tls-cert is valid for none of the names of --service-name: configured",
                        "[-]client authorities: the authority of --client-ca expired at "
                                + days(-2, -1).until());
        assertThat(logged.records())
                .hasSize(2)
                .anySatisfy(message ->
                        assertThat(message.getParameters()[0].toString()).contains("secret.example"));
    }

    @AfterEach
    void endsWithoutATimer() {
        watch.close();
        assertThat(time.timers()).isZero();
    }
}
