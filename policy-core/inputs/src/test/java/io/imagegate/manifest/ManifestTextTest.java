package io.imagegate.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.input.InputException;
import io.imagegate.input.ManifestObject;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import io.imagegate.workload.Workloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of an image in a manifest, and what is refused. */
class ManifestTextTest {

    private static final String NEW = "mirror.internal/hub/nginx:1@sha256:" + "0".repeat(64);

    private static String pod(String containers) {
        return "kind: Pod\napiVersion: v1\nspec:\n  containers:\n" + containers;
    }

    /** Replaces every image by the new one. */
    private static String replaced(String manifest) throws InputException {
        ManifestText text = ManifestText.read("f", manifest.getBytes(UTF_8), Workloads.wellKnown(), null);
        for (ManifestObject object : text.objects()) {
            for (ReviewedImage image : object.images()) {
                text.replace(object, image, ImageReference.parse(NEW));
            }
        }
        return new String(text.content(), UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  - image: @",
                "  - image: @\n",
                "  - image:\n\n      # x\n      @\n",
                "  - image: !!str &x   @ # nginx:1\n  - {image: *x}\n",
                "  - image: &x\n      !!str\n      @\n",
                "  - image: \"@\"\r\n",
                "  - image: '@'  \n  - image: \"@\"\n",
                "  - image: >-\n     @\n\n\n# nginx:1\n",
                "  - image: |1- # nginx:1\n     @\n",
                "  - &c {image: @}\n  - *c\n",
                "  - &c\n    image: @\n  initContainers:\n  - *c\n",
                "  - {\"image\":\"@\",name: \"nginx:1\"}",
                "  - {? image : @ , name: n}\n...\n# nginx:1\n---\n",
                "  - name: \"😀\"\n    image: @ # 😀\n  - {name: é, image: @}\n"
            })
    void replacesTheValueInEveryForm(String containers) throws InputException {
        String old = "nginx:1";
        assertThat(replaced(pod(containers.replace("@", old)))).isEqualTo(pod(containers.replace("@", NEW)));
    }

    @Test
    void replacesAQuotedValueThatIsEscapedOrBrokenIntoLines() throws InputException {
        assertThat(replaced(pod("  - image: \"ngi\\\n      nx\\x3A1\" # \\\"\n")))
                .isEqualTo(pod("  - image: \"" + NEW + "\" # \\\"\n"));
        assertThat(replaced("{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"spec\":{\"containers\":[{\"image\":"
                        + "\"ngin\\u0078\\/a\\\\\\\"\"}]}}"))
                .isEqualTo("{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"spec\":{\"containers\":[{\"image\":\"" + NEW
                        + "\"}]}}");
    }

    @Test
    void refusesAnAliasOfSomethingElse() {
        assertThatThrownBy(() -> replaced(pod("  - name: &n nginx\n    image: *n\n")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("f:5:11: this value is an image and, by an alias, also something else");
        assertThatThrownBy(() -> replaced(pod("  - image: &n nginx\n    args: [*n]\n")))
                .hasMessageContaining("also something else");
        assertThatThrownBy(() -> replaced("x: &c {image: nginx}\n" + pod("  - *c\n")))
                .hasMessageContaining("f:1:15: this value is an image and, by an alias, also something else");
    }

    @Test
    void refusesTwoNamesForOneValue() throws InputException {
        ManifestText text = ManifestText.read(
                "f", pod("  - image: &n nginx\n  - image: *n\n").getBytes(UTF_8), Workloads.wellKnown(), null);
        ManifestObject pod = text.objects().get(0);
        text.replace(pod, pod.images().get(0), ImageReference.parse("a"));
        assertThatThrownBy(() -> text.replace(pod, pod.images().get(1), ImageReference.parse("b")))
                .hasMessageContaining("one value with an anchor would get two names, \"b\" and \"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "true", "1e3", "0x10"})
    void refusesANameThatWouldBeReadAsAnotherType(String name) throws InputException {
        ManifestText text =
                ManifestText.read("f", pod("  - image: nginx\n").getBytes(UTF_8), Workloads.wellKnown(), null);
        ManifestObject pod = text.objects().get(0);
        text.replace(pod, pod.images().get(0), ImageReference.parse(name));
        assertThatThrownBy(text::content).isInstanceOf(InputException.class);
    }

    @Test
    void refusesAnImageOfAReviewAndOneThatIsNotThere() throws InputException {
        String review = "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\","
                + "\"spec\":{\"containers\":[{\"image\":\"nginx\"}]}}";
        assertThatThrownBy(() -> replaced(review))
                .hasMessageContaining("f:1:1: this image is not written here as a whole");
        ManifestText text = ManifestText.read("f", pod("  - name: a\n").getBytes(UTF_8), Workloads.wellKnown(), null);
        ManifestObject pod = text.objects().get(0);
        assertThatThrownBy(() -> text.replace(pod, pod.images().get(0), ImageReference.parse(NEW)))
                .hasMessageContaining("f:5:1: ");
        assertThatThrownBy(() -> text.replace(pod, ReviewedImage.of("x", "y", 0), ImageReference.parse(NEW)))
                .isInstanceOf(InputException.class);
    }
}
