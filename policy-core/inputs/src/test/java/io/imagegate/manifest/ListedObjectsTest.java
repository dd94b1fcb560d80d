package io.imagegate.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.input.InputException;
import io.imagegate.input.ManifestObject;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of lists as an API server answers them. */
class ListedObjectsTest {

    private static final String POD = """
            {"metadata": {"name": "web", "namespace": "shop", "uid": "u1", "ownerReferences": [%s]},
             "spec": {"containers": [{"name": "a", "image": "nginx"}]}}""";

    private static final String CHANGES = "{}[]\",:\\ntf019 a\n\0";

    private final List<ManifestObject> found = new ArrayList<>();

    private String read(String page) throws IOException, InputException {
        found.clear();
        return ManifestReader.readPage(
                "pods", new ByteArrayInputStream(page.getBytes(UTF_8)), Workloads.wellKnown(), found::add);
    }

    private static String page(String pod) {
        return "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"metadata\": {\"continue\": \"t\"}, \"items\": [" + pod
                + "]}";
    }

    @Test
    void tellTheNextPageInAnyOrder() throws Exception {
        assertThat(read(page(POD.formatted("")))).isEqualTo("t");
        assertThat(read("{\"items\": [], \"kind\": \"PodList\", \"metadata\": {\"continue\": \"later\"}}"))
                .isEqualTo("later");
        assertThat(read("{\"kind\": \"PodList\", \"items\": null, \"metadata\": {}}"))
                .isEmpty();
        assertThat(read(
                        "{\"apiVersion\": \"argoproj.io/v1alpha1\", \"items\": [{\"apiVersion\": \"argoproj.io/v1alpha1\","
                                + "\"kind\": \"Rollout\", \"metadata\": {\"name\": \"r\"}}], \"kind\": \"RolloutList\","
                                + "\"metadata\": {\"continue\": \"x\"}}"))
                .isEqualTo("x");
        assertThat(found).singleElement().extracting(ManifestObject::kind).isEqualTo("Rollout.argoproj.io");
    }

    @Test
    void haveObjectsWithoutLines() throws Exception {
        read(page(POD.formatted("")));
        ManifestObject pod = found.get(0);
        assertThat(pod.title()).isEqualTo("Pod shop/web");
        assertThat(pod.file()).isEmpty();
        assertThat(pod.line()).isZero();
        assertThat(pod.line(0)).isZero();
        assertThat(pod.uid()).isEqualTo("u1");
        assertThat(pod.controllerUid()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"uid\": \"o\", \"controller\": true} | o",
                "{\"controller\": true, \"uid\": \"o\"} | o",
                "{\"uid\": \"o\", \"controller\": false} | ''",
                "{\"uid\": \"o\"} | ''",
                "{\"uid\": \"a\"}, {\"uid\": \"o\", \"controller\": true}, {\"uid\": \"b\"} | o",
                "{\"uid\": 1, \"controller\": true} | ''",
                "{\"uid\": \"o\", \"controller\": \"true\"}, 1 | ''",
            })
    void nameTheirController(String owners, String controller) throws Exception {
        read(page(POD.formatted(owners)));
        assertThat(found.get(0).controllerUid()).isEqualTo(controller);
    }

    @Test
    void areNotThoseOfFiles() throws Exception {
        String owner = "{\"uid\": \"o\", \"controller\": true}";
        ManifestReader.read(
                "f", new ByteArrayInputStream(page(POD.formatted(owner)).getBytes(UTF_8)), found::add);
        assertThat(found.get(0).uid()).isEmpty();
        assertThat(found.get(0).controllerUid()).isEmpty();
        assertThat(found.get(0).line()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{\"kind\": \"Status\", \"apiVersion\": \"v1\"}",
                "{\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"items\": []}",
                "{\"kind\": \"PodList\", \"items\": [",
                "{\"kind\": \"PodList\", \"items\": {}}",
                "{\"kind\": \"PodList\", \"items\": \"\"}",
                "{\"kind\": \"PodList\", \"items\": []} {}",
                "{\"kind\": \"PodList\", \"metadata\": {\"continue\": 1}, \"items\": []}",
                "kind: PodList"
            })
    void areListsAndNothingElse(String page) {
        assertThatThrownBy(() -> read(page)).isInstanceOf(InputException.class);
    }

    /** Whatever stands there is a page or an error with a place. */
    @Test
    void mayBeAnyBytes() throws Exception {
        Random random = new Random(33);
        String good = page(POD.formatted("{\"uid\": \"o\", \"controller\": true}") + "," + POD.formatted(""));
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.getBytes(UTF_8);
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) CHANGES.charAt(random.nextInt(CHANGES.length()));
            }
            try {
                read(new String(bytes, 0, bytes.length - random.nextInt(2) * random.nextInt(bytes.length), UTF_8));
                read++;
            } catch (InputException expected) {
                assertThat(expected).hasMessageStartingWith("pods:");
            }
        }
        assertThat(read).isBetween(100, 19_000);
    }

    @Test
    void failWithTheStream() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        assertThatThrownBy(() -> ManifestReader.readPage("pods", broken, Workloads.wellKnown(), found::add))
                .isInstanceOf(IOException.class);
    }
}
