package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.input.ChangedFile;
import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputFile.Opener;
import io.imagegate.input.InputObject;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.review.ReviewedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file of a format holds, images are replaced as they should be, or not at all. */
@WhereJazzerRuns
class ReplacementFuzzTest {

    private static final String DIGEST = "@sha256:" + "a".repeat(64);

    static Stream<byte[]> seeds() {
        return FuzzedInput.seeds();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void imagesAreReplacedAsTheyShouldBeOrNotAtAll(byte[] data) {
        Opener opener = () -> new ByteArrayInputStream(data);
        for (Input input : FuzzedInput.formats().values()) {
            InputFile file = InputFile.stream("f", opener).replaceable(opener);
            for (InputObject object : FuzzedInput.readIfText(input, file, data.length)) {
                object.images().forEach(image -> replace(input, object, image));
            }
            List<InputException> refused = new ArrayList<>();
            for (ChangedFile change : input.changes(refused::add)) {
                byte[] after = change.after().getBytes(UTF_8);
                if (change.images() > 0) {
                    InputFile changed = InputFile.stream("f", () -> new ByteArrayInputStream(after));
                    assertThat(FuzzedInput.readIfText(input, changed, after.length))
                            .isNotEmpty();
                }
            }
        }
    }

    private static void replace(Input input, InputObject object, ReviewedImage image) {
        if (!input.owns(object) || object.isReview() || image.unknown().isPresent()) {
            return;
        }
        try {
            String name = image.text().contains("@") ? image.text() : image.text() + DIGEST;
            input.replace(object, image, ImageReference.parse(name));
        } catch (ReferenceSyntaxException | InputException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }
}
