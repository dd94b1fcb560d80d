package io.imagegate.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.input.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that are long, hostile or break off. */
class ManifestStreamTest {

    private static void read(byte[] manifest) throws IOException, InputException {
        ManifestReader.read("f", new ByteArrayInputStream(manifest), object -> {});
    }

    private static void read(String manifest) throws IOException, InputException {
        read(manifest.getBytes(UTF_8));
    }

    @Test
    void aLongListCostsNoMoreMemoryThanOneObject() throws Exception {
        String item =
                "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"image\":\"a\"}]},\"x\":\""
                        + "x".repeat(2_000) + "\"}";
        int[] count = new int[1];
        ManifestReader.read("f", new Items(item, 50_000), object -> count[0]++);
        assertThat(count[0]).isEqualTo(50_000);
    }

    @Test
    void refusesWhatIsTooMuch() {
        StringBuilder laughs = new StringBuilder("kind: Pod\na: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (char c = 'b'; c < 'j'; c++) {
            String before = "*" + (char) (c - 1);
            laughs.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [")
                    .append((before + ", ").repeat(9))
                    .append(before)
                    .append("]\n");
        }
        assertThatThrownBy(() -> read(laughs.toString())).hasMessageContaining("100000 values");
        assertThatThrownBy(() -> read("kind: Pod\nx: " + "[".repeat(5_000))).hasMessageContaining("nested too deeply");
        assertThatThrownBy(() -> read("kind: Pod\nspec: {containers: [" + "{image: a},".repeat(1_001) + "]}"))
                .hasMessageContaining("1000 images at most");
        assertThatThrownBy(() -> read("kind: Pod\nmetadata: {name: " + "x".repeat(300_000) + "}"))
                .hasMessageContaining("262144 characters at most");
        assertThatThrownBy(() -> read("kind: Pod\nx: " + "x".repeat(9_000_000))).hasMessageContaining("too long");
        assertThatThrownBy(() -> read(new byte[] {'a', ':', ' ', (byte) 0xC0, (byte) 0x80}))
                .isInstanceOf(InputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--- {kind: AdmissionReview, apiVersion: admission.k8s.io/v1, request: {uid: u}, items: [{kind: Pod}]}",
                "--- {kind: AdmissionReview, apiVersion: admission.k8s.io/v1, items: [{kind: Pod}], request: {uid: u}}",
                "--- {items: [{kind: Pod}], kind: AdmissionReview, apiVersion: admission.k8s.io/v1, request: {uid: u}}",
                "--- {kind: AdmissionReview, items: [], apiVersion: admission.k8s.io/v1, request: {uid: u}}",
                "--- {kind: AdmissionReview, request: {uid: u}, items: null}",
                "--- {kind: ImageReview, apiVersion: imagepolicy.k8s.io/v1alpha1, spec: {}, items: [{kind: Pod}]}",
                "{\"items\":[{\"kind\":\"Pod\"}],\"kind\":\"ImageReview\",\"spec\":{}}",
            })
    void refusesAReviewWithItemsWhichKubectlReadsAsAList(String review) throws Exception {
        assertThatThrownBy(() -> read(review))
                .hasMessageMatching(
                        "f:1:\\d+: an (Admission|Image)Review with items, which only kubectl reads as a list:"
                                + " expected a review or a list");
        read("--- {kind: AdmissionReview, apiVersion: admission.k8s.io/v1, request: {uid: u, items: []}, item: []}");
    }

    @Test
    void aStreamThatFailsIsNoManifest() {
        InputStream failing = new InputStream() {
            private int count;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                count += length;
                if (count > 100_000) {
                    throw new IOException("gone");
                }
                Arrays.fill(into, from, from + length, (byte) ' ');
                return length;
            }
        };
        assertThatThrownBy(() -> ManifestReader.read("f", failing, object -> {}))
                .isInstanceOf(IOException.class);
    }

    /** A list of the same item, many times, made while it is read. */
    private static final class Items extends InputStream {
        private final byte[] item;
        private final int count;
        private byte[] now = "{\"kind\":\"List\",\"items\":[".getBytes(UTF_8);
        private int at;
        private int given;

        Items(String item, int count) {
            this.item = (item + ",").getBytes(UTF_8);
            this.count = count;
        }

        @Override
        public int read() {
            if (at == now.length) {
                if (given > count) {
                    return -1;
                }
                now = given == count ? "]}".getBytes(UTF_8) : item;
                if (given == count - 1) {
                    now = new String(item, 0, item.length - 1, UTF_8).getBytes(UTF_8);
                }
                given++;
                at = 0;
            }
            return now[at++] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int first = read();
            if (first < 0) {
                return -1;
            }
            into[from] = (byte) first;
            int more = Math.min(length - 1, now.length - at);
            System.arraycopy(now, at, into, from + 1, more);
            at += more;
            return more + 1;
        }
    }
}
