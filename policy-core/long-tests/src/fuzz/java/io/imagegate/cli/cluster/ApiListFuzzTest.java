package io.imagegate.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.fuzz.WhereJazzerRuns;
import io.imagegate.input.InputException;
import io.imagegate.input.ManifestObject;
import io.imagegate.manifest.ManifestReader;
import io.imagegate.text.Names;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A page of a list of an API server is read or refused. The reader of pages that have an unreadable object finds the same next page. */
@WhereJazzerRuns
class ApiListFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"continue\":\"abc\"},\"items\":[{\"metadata\":"
                                + "{\"name\":\"a\",\"namespace\":\"b\",\"uid\":\"u\",\"ownerReferences\":[{\"uid\":\"o\",\"controller\":true}]},"
                                + "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"nginx:1\"}]}}]}",
                        "{\"items\":[{\"metadata\":{\"name\":\"a\"},\"spec\":{\"template\":{\"spec\":{\"initContainers\":[{\"image\":"
                                + "\"x\"}]}}}}],\"kind\":\"DeploymentList\",\"apiVersion\":\"apps/v1\",\"metadata\":{}}",
                        "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[{\"metadata\":{\"name\":\"a\",\"namespace\":\"[\"},"
                                + "\"spec\":{\"containers\":[{\"image\":\"x\"}]}}]}",
                        "{\"kind\":\"NamespaceList\",\"apiVersion\":\"v1\",\"items\":null}")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aPageIsReadOrRefused(byte[] data) throws IOException {
        List<ManifestObject> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        try {
            next = Optional.of(
                    ManifestReader.readPage("pods", new ByteArrayInputStream(data), Workloads.wellKnown(), found::add));
        } catch (InputException refused) {
            assertThat(refused.problem()).hasSizeLessThan(4000).matches("[ -~]*");
        }
        try {
            PageOutline outline = PageOutline.read("pods", new ByteArrayInputStream(data));
            next.ifPresent(token -> assertThat(outline.next()).isEqualTo(token));
        } catch (InputException refused) {
            assertThat(next).as(refused.getMessage()).isEmpty();
        }
        // One that no namespace can have is unknown, so that every scope of namespaces holds it.
        assertThat(found)
                .allSatisfy(object -> assertThat(object.review("default").namespace())
                        .matches(name -> name.isEmpty() || Names.isLabel(name), "a namespace, or unknown"));
    }
}
