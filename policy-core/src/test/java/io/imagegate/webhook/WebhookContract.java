package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Mutation;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageRewrite;
import io.imagegate.rule.Rules;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every adapter does, whatever server it stands in: it answers over HTTP what {@link PolicyWebhook} answers, byte
 * for byte, and nothing else. A subclass starts a real server with {@link #webhook()} and every {@link Mishap} in it.
 */
public abstract class WebhookContract extends WebhookContractLaws {

    private static final String HEAD = "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",";
    private static final String CHINESE = "检查镜像失败!镜像标签不允许使用latest!";
    private static final String ALLOWED = HEAD + "\"status\":{\"allowed\":true}}";

    /**
     * {@return the policies to serve: what holds by default, a message that is not ASCII for the tag utf8, and another name for
     * images of one registry}
     */
    public static PolicySet policies() {
        return PolicySet.of(Policy.builder("contract")
                .rule("fixed-tag", Rules.fixedTag())
                .rule(NamedRule.of("chinese", Rules.tagDenied(GlobSet.of("utf8")))
                        .withMessage(CHINESE))
                .mutation(Mutation.rewriting(List.of(ImageRewrite.of("old.example/**", "new.example/**"))))
                .build());
    }

    /** {@return the longest body that the webhook takes} */
    protected int maxBodyBytes() {
        return ReviewLimits.DEFAULTS.bodyBytes();
    }

    @Test
    void answersTheTutorial() throws Exception {
        HttpResponse<byte[]> denied = post(review("nginx"));
        assertThat(text(denied))
                .isEqualTo(HEAD + "\"status\":{\"allowed\":false,\"reason\":\"image \\\"nginx\\\" (containers[0]) "
                        + "violates rule \\\"fixed-tag\\\": it has no tag, so it means \\\"latest\\\"; "
                        + "write a fixed tag\"}}");
        assertThat(text(post(review("nginx:latest")))).contains("\"allowed\":false");
        assertThat(text(post(review("nginx:1.17.1")))).isEqualTo(ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one-container",
                "container-and-init-container",
                "ephemeral-container",
                "annotations-and-invalid-reference"
            })
    void answersRecordedReviewsByteForByte(String name) throws Exception {
        try (InputStream in = WebhookContract.class.getResourceAsStream("/recorded/image-review/" + name + ".json")) {
            byte[] body = in.readAllBytes();
            assertThat(text(post(body))).isEqualTo(answerOfCore(body));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "{",
                "null",
                "[]",
                "[{}]",
                "7",
                "not json",
                "\u0000",
                "\uFEFF{}",
                "{\"spec\":{\"containers\":[]}}",
                "{\"spec\":{\"containers\":[{\"image\":\"",
                "{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}",
                "{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}}",
                "{\"spec\":{\"containers\":[{\"image\":7}]}}",
                "{\"spec\":{\"containers\":[{\"image\":\"a b\"}]},\"status\":{\"allowed\":true}}",
                "<ImageReview/>",
                "a=b&c=d"
            })
    void failsClosed(String body) throws Exception {
        byte[] bytes = body.getBytes(UTF_8);
        assertThat(text(post(bytes))).startsWith(denied("")).isEqualTo(answerOfCore(bytes));
    }

    @Test
    void aBodyInNoEncodingIsDenied() throws Exception {
        byte[] bytes = {'{', (byte) 0xff, (byte) 0xfe, (byte) 0x80, '}'};
        assertThat(text(post(bytes))).startsWith(denied("malformed review:"));
    }

    @Test
    void aBodyOfExactlyTheLimitIsReviewed() throws Exception {
        byte[] body = padded(maxBodyBytes());
        assertThat(text(post(body))).isEqualTo(ALLOWED);
        assertThat(text(post(inChunks(body)))).isEqualTo(ALLOWED);
    }

    @Test
    void aBodyOverTheLimitIsDenied() throws Exception {
        byte[] body = padded(maxBodyBytes() + 1);
        assertThat(text(post(body))).startsWith(denied("review too large"));
        assertThat(text(post(inChunks(body)))).startsWith(denied("review too large"));
    }

    @Test
    void aClientThatSendsFarTooMuchBeforeItReadsGetsTheDenial() throws Exception {
        int length = maxBodyBytes() + (20 << 20);
        try (RawConnection connection = connect()) {
            connection.post("Content-Length: " + length).write(padded(length));
            assertThat(connection.response().body()).startsWith(denied("review too large"));
        }
    }

    @Test
    void aBodyOverTheLimitIsDeniedWithoutWaitingForTheRest() throws Exception {
        try (RawConnection connection = connect()) {
            connection.post("Content-Length: 6000000000").write(padded(maxBodyBytes() + 1));
            assertThat(connection.response().body()).startsWith(denied("review too large"));
        }
    }

    @Test
    void anAnnouncedLengthCostsNothing() throws Exception {
        List<RawConnection> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                waiting.add(connect().post("Content-Length: 1600000000").write("{"));
            }
            assertThat(text(post(review("nginx:1.17.1")))).isEqualTo(ALLOWED);
        } finally {
            for (RawConnection connection : waiting) {
                connection.close();
            }
        }
        assertThat(text(post(review("nginx:1.17.1")))).isEqualTo(ALLOWED);
    }

    @Test
    void readsABodyThatArrivesByteByByte() throws Exception {
        try (RawConnection connection = connect()) {
            connection.post("Transfer-Encoding: chunked");
            for (byte b : review("nginx:1.17.1")) {
                connection.write("1\r\n" + (char) b + "\r\n");
            }
            assertThat(connection.write("0\r\n\r\n").response().body()).isEqualTo(ALLOWED);
        }
    }

    @Test
    void asksForTheBodyWhenTheClientWaitsForThat() throws Exception {
        byte[] body = review("nginx:1.17.1");
        try (RawConnection connection = connect()) {
            connection.post("Expect: 100-continue", "Content-Length: " + body.length);
            assertThat(connection.response().status()).isEqualTo(100);
            assertThat(connection.write(body).response().body()).isEqualTo(ALLOWED);
        }
    }

    @ParameterizedTest(name = "{0} {1} {2} -> {3} {4}")
    @CsvSource({
        "POST,   /other,          application/json, 404, NotFound",
        "POST,   /image_policy/x/y, application/json, 404, NotFound",
        "POST,   /image_policyx,  application/json, 404, NotFound",
        "GET,    /image_policy,   application/json, 405, MethodNotAllowed",
        "PUT,    /image_policy,   application/json, 405, MethodNotAllowed",
        "DELETE, /image_policy,   application/json, 405, MethodNotAllowed",
        "PATCH,  /image_policy,   application/json, 405, MethodNotAllowed",
        "OPTIONS,/image_policy,   application/json, 405, MethodNotAllowed",
        "POST,   /image_policy,   text/plain,       415, UnsupportedMediaType",
        "POST,   /image_policy,   application/x-www-form-urlencoded, 415, UnsupportedMediaType",
        "POST,   /image_policy,   multipart/form-data; boundary=x, 415, UnsupportedMediaType",
    })
    void refusesWithAStatusObject(String method, String path, String type, int status, String reason) throws Exception {
        HttpRequest request = request(path)
                .setHeader("Content-Type", type)
                .method(method, BodyPublishers.ofByteArray(review("nginx:1.17.1")))
                .build();
        HttpResponse<byte[]> answer = send(request, status);
        assertThat(new String(answer.body(), UTF_8))
                .startsWith("{\"kind\":\"Status\",\"apiVersion\":\"v1\",")
                .endsWith("\"reason\":\"" + reason + "\",\"code\":" + status + "}");
        assertThat(answer.headers().allValues("Allow")).isEqualTo(status == 405 ? List.of("POST") : List.of());
    }

    @Test
    void refusesAMissingMediaType() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(at("/image_policy"))
                .POST(BodyPublishers.ofByteArray(review("nginx:1.17.1")))
                .build();
        assertThat(new String(send(request, 415).body(), UTF_8)).contains("media type missing");
    }

    @Test
    void takesAMediaTypeWithParameters() throws Exception {
        HttpRequest request = request("/image_policy")
                .setHeader("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofByteArray(review("nginx:1.17.1")))
                .build();
        assertThat(text(send(request, 200))).isEqualTo(ALLOWED);
    }

    @Test
    void aConnectionOutlivesRefusalsAndDenials() throws Exception {
        byte[] review = review("nginx:1.17.1");
        String json = "application/json";
        String path = base().getPath() + "/image_policy";
        try (RawConnection connection = connect()) {
            assertThat(connection
                            .whole("POST " + path + "x", json, review)
                            .response()
                            .status())
                    .isEqualTo(404);
            assertThat(connection.whole("PUT " + path, json, review).response().status())
                    .isEqualTo(405);
            assertThat(connection
                            .whole("POST " + path, "text/plain", review)
                            .response()
                            .status())
                    .isEqualTo(415);
            assertThat(connection
                            .whole("POST " + path, json, new byte[] {'{', 'x'})
                            .response()
                            .body())
                    .startsWith(denied("malformed review:"));
            assertThat(connection.whole("POST " + path, json, review).response().body())
                    .isEqualTo(ALLOWED);
        }
    }

    @Test
    void aClientThatLeavesHalfWayDisturbsNobody() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (RawConnection connection = connect()) {
                connection.post("Content-Length: 1000").write("{\"kind\":");
            }
        }
        assertThat(text(post(review("nginx:1.17.1")))).isEqualTo(ALLOWED);
    }

    @Test
    void reasonsArriveInUtf8() throws Exception {
        assertThat(text(post(review("nginx:utf8")))).isEqualTo(denied(CHINESE + "\"}}"));
    }

    @RepeatedTest(3)
    void manyReviewsAtOnceGetEachTheirOwnAnswer() {
        HttpClient client = client();
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        // No more than the streams that a server allows on one connection of HTTP/2.
        for (int i = 0; i < 90; i++) {
            HttpRequest request = request("/image_policy")
                    .POST(BodyPublishers.ofByteArray(review("app-" + i)))
                    .build();
            answers.add(client.sendAsync(request, BodyHandlers.ofByteArray()));
        }
        for (int i = 0; i < answers.size(); i++) {
            assertThat(text(answers.get(i).join())).contains("image \\\"app-" + i + "\\\" ");
        }
    }

    private static byte[] padded(int length) {
        byte[] review = review("nginx:1.17.1");
        return (new String(review, UTF_8) + " ".repeat(length - review.length)).getBytes(UTF_8);
    }

    private static byte[] review(String image) {
        return (HEAD + "\"spec\":{\"containers\":[{\"image\":\"" + image + "\"}],\"namespace\":\"default\"}}")
                .getBytes(UTF_8);
    }

    private static String denied(String reason) {
        return HEAD + "\"status\":{\"allowed\":false,\"reason\":\"" + reason;
    }
}
