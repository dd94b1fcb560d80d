package io.imagegate.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.input.InputException;
import io.imagegate.input.ManifestObject;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import io.imagegate.workload.Workloads;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** Laws of the replacement of images in any layout. */
class ManifestTextLawsTest {

    @Property
    void onlyImagesChangeAndEverythingElseStaysByteForByte(@ForAll long seed) throws InputException {
        RandomLayout layout = new RandomLayout(seed);
        ManifestText text = ManifestText.read("f", layout.before().getBytes(UTF_8), Workloads.wellKnown(), null);
        int images = 0;
        for (ManifestObject object : text.objects()) {
            for (ReviewedImage image : object.images()) {
                text.replace(
                        object, image, ImageReference.parse(RandomLayout.NEW_NAMES.getOrDefault(image.text(), "?")));
                images++;
            }
        }
        assertThat(images).isEqualTo(layout.images());
        assertThat(new String(text.content(), UTF_8)).isEqualTo(layout.after());
        Statistics.label("syntax").collect(layout.before().contains("\"kind\":") ? "JSON" : "YAML");
    }

    @Property(tries = 200)
    void nothingReplacedIsNothingChanged(@ForAll long seed) throws InputException {
        byte[] content = new RandomLayout(seed).before().getBytes(UTF_8);
        ManifestText text = ManifestText.read("f", content, Workloads.wellKnown(), null);
        assertThat(text.isChanged()).isFalse();
        assertThat(text.content()).isEqualTo(content);
        for (ManifestObject object : text.objects()) {
            for (ReviewedImage image : List.copyOf(object.images())) {
                text.replace(object, image, ImageReference.parse(image.text()));
            }
        }
        assertThat(new String(text.content(), UTF_8)
                        .replaceAll("\\\\u0061", "a")
                        .replaceAll("\\\\u006e", "n"))
                .isEqualTo(
                        new String(content, UTF_8).replaceAll("\\\\u0061", "a").replaceAll("\\\\u006e", "n"));
    }
}
