package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.ImageGate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every adapter gives the path as the client wrote it, so that no path has two spellings, and none is read in two ways. */
abstract class WebhookContractPaths extends ContractClient {

    private static final String JSON = "application/json";
    private static final byte[] REVIEW = "{\"spec\":{\"containers\":[{\"image\":\"nginx:1.17.1\"}]}}".getBytes(UTF_8);

    /** {@return the webhook to serve: policies without a name and those of prod} */
    public static PolicyWebhook webhook() {
        ImageGate gate = ImageGate.of(WebhookContract::policies);
        return PolicyWebhook.builder(List.of(gate, gate.withName("prod"))).build();
    }

    /** {@return the statuses of paths that nobody should write; a container may refuse some itself} */
    protected Set<Integer> refusals() {
        return Set.of(404);
    }

    /** {@return whether an answer with 404 is the adapter's, not that of a server that refused the path before} */
    protected boolean isFromAdapter(RawConnection.Response answer) {
        return true;
    }

    @ParameterizedTest
    @CsvSource({
        "/image_policy,       true",
        "/image_policy/prod,  true",
        "/validate/prod,      true",
        "/mutate/prod,        true",
        "/validate/pord,      false",
        "/validate/Prod,      false",
        "/validate/prod.,     false",
        "/validate/prod+,     false",
        "/validate/prod@x,    false",
        "/validate/prod=x,    false",
        "/validate/default,   false",
    })
    void aPathHasTheAnswerOfItsName(String path, boolean allowed) throws Exception {
        RawConnection.Response answer = answer(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"allowed\":" + allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/image_polic%79",
                "/%69mage_policy",
                "/validate/pr%6Fd",
                "/validate/pr%6fd",
                "/validate%2Fprod",
                "/validate%2fprod",
                "/validate/%70%72%6F%64",
                "/validate/prod%2F",
                "/validate/prod%3Bx",
                "/validate/prod%20",
                "/validate/prod%00",
                "/validate/%E4%B8%AD",
                "/validate/dev%2F..%2Fprod",
                "/validate/%2e%2e/validate/prod",
                "/validate/%2e/prod",
                "/validate;jsessionid=1",
                "/validate;x/prod",
                "/validate/prod;jsessionid=1",
                "/validate/prod;",
                "/validate/;x=1/prod",
                "/validate/;prod",
                "//validate",
                "/validate/",
                "/validate//",
                "/validate//prod",
                "/validate/prod/",
                "/validate/prod//",
                "/validate/prod/x",
                "/./validate",
                "/validate/./prod",
                "/validate/.",
                "/validate/prod/.",
                "/x/../validate",
                "/validate/dev/../prod",
                "/validate/..",
                "/validate/prod/..",
                "/validate/..;/validate/prod",
                "/validate/.;/prod",
                "/Validate/prod",
                "/",
                "/prod",
            })
    void otherSpellingsAreNotFound(String path) throws Exception {
        RawConnection.Response answer = answer(path);
        assertThat(answer.status()).isIn(refusals());
        if (answer.status() == 404 && isFromAdapter(answer)) {
            assertThat(answer.body()).contains("\"kind\":\"Status\"", "\"code\":404");
        }
    }

    /** A server may refuse what is no URI, before an adapter sees it. */
    @ParameterizedTest
    @ValueSource(strings = {"/validate/prod%", "/validate/prod%zz", "/validate/pr%C0%AFd", "/validate\\\\prod"})
    void whatIsNoUriIsRefused(String path) throws Exception {
        assertThat(answer(path).status()).isIn(400, 404);
    }

    private RawConnection.Response answer(String path) throws Exception {
        try (RawConnection connection = connect()) {
            return connection
                    .whole("POST " + base().getRawPath() + path, JSON, REVIEW)
                    .response();
        }
    }
}
