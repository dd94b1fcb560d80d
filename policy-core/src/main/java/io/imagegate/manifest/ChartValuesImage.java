package io.imagegate.manifest;

import io.imagegate.kubernetes.ChartImage;
import io.imagegate.kubernetes.ChartValues;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.MutationScope;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An image of values of a chart.
 *
 * @param file the file
 * @param image the image; unknown if the chart has a part of it
 * @param line its line, from 1
 * @param column its column, from 1
 * @param offset where it starts; -1 if it is written in parts
 * @param parts its parts; null if it is one text
 */
record ChartValuesImage(
        String file,
        ReviewedImage image,
        int line,
        int column,
        int offset,
        @Nullable ChartImage parts) implements WrittenInParts {

    private static final String TITLE = "Helm values";

    static ChartValuesImage of(String file, ChartValues.Found found) {
        ChartImage parts = found.parts();
        String missing = parts == null ? "" : parts.missing();
        ReviewedImage image = missing.isEmpty() ? found.image() : found.image().withUnknown(missing);
        return new ChartValuesImage(file, image, found.line(), found.column(), found.offset(), parts);
    }

    @Override
    public List<Edit> edits(ImageReference name) throws ManifestException {
        List<Edit> edits = new ArrayList<>();
        if (parts == null) {
            return edits;
        }
        ImageEntry.Parts after = ImageEntry.Parts.of(name.text());
        if (!after.name().equals(ImageEntry.Parts.of(image.text()).name())) {
            rename(after.name(), edits);
        }
        if (parts.parts().containsKey(ChartImage.DIGEST)) {
            edit(ChartImage.TAG, after.tag(), edits);
            edit(ChartImage.DIGEST, after.digest(), edits);
        } else {
            edit(ChartImage.TAG, after.version(), edits);
        }
        return edits;
    }

    private void rename(String name, List<Edit> edits) throws ManifestException {
        int slash = name.indexOf('/');
        boolean registry = !text(ChartImage.REGISTRY).isEmpty();
        if (registry && slash < 0) {
            throw problem(ChartImage.REGISTRY);
        }
        if (registry) {
            edit(ChartImage.REGISTRY, name.substring(0, slash), edits);
        }
        edit(ChartImage.REPOSITORY, registry ? name.substring(slash + 1) : name, edits);
    }

    private String text(String part) {
        ChartImage.Part found = parts == null ? null : parts.parts().get(part);
        return found == null ? "" : found.text();
    }

    private void edit(String name, String after, List<Edit> edits) throws ManifestException {
        ChartImage.Part part = parts == null ? null : parts.parts().get(name);
        if (part != null && !part.text().equals(after)) {
            edits.add(new Edit(part.offset(), part.line(), part.text(), after));
        } else if (part == null && !after.isEmpty()) {
            throw problem(name);
        }
    }

    private ManifestException problem(String part) {
        return new ManifestException(
                file, line, column, "these values have no place for the new " + part + " of the image: write " + part);
    }

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public String kind() {
        return "";
    }

    @Override
    public String source() {
        return "";
    }

    @Override
    public boolean isReview() {
        return false;
    }

    @Override
    public List<ReviewedImage> images() {
        return List.of(image);
    }

    @Override
    public String file(int index) {
        return file;
    }

    @Override
    public int line(int index) {
        return line;
    }

    @Override
    public int column(int index) {
        return column;
    }

    @Override
    public int offset(int index) {
        return offset;
    }

    @Override
    public ImageReview review(String defaultNamespace) {
        return ImageReview.builder()
                .images(List.of(image))
                .namespace(defaultNamespace)
                .build();
    }

    @Override
    public CompletableFuture<Decision> decideAsync(ImageGate gate, String defaultNamespace, Duration limit) {
        return gate.decideAsync(review(defaultNamespace), MutationScope.AS_IN_PODS, limit);
    }
}
