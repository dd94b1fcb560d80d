package io.imagegate.cli.check;

import io.imagegate.cli.check.report.Result;
import io.imagegate.cli.check.report.Subject;
import io.imagegate.cli.check.report.Waiver;
import io.imagegate.input.InputObject;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageMutation;
import io.imagegate.policy.Violation;
import io.imagegate.review.ReviewedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the images of an object are written, and as what. An object can have very many, so they are found by their positions. */
final class ImagePlaces {

    private final Subject subject;
    private final InputObject object;
    private final Map<String, Integer> images = new HashMap<>();
    private final Map<String, List<ReviewedImage>> written;

    /**
     * Finds the places.
     *
     * @param subject the object in reports
     * @param object the object
     * @param decision the decision on it
     */
    ImagePlaces(Subject subject, InputObject object, Decision decision) {
        this.subject = subject;
        this.object = object;
        List<ReviewedImage> inObject = object.images();
        for (int i = 0; i < inObject.size(); i++) {
            images.putIfAbsent(position(inObject.get(i)), i);
        }
        written = decision.mutations().stream()
                .map(ImageMutation::image)
                .collect(Collectors.groupingBy(ImagePlaces::position));
    }

    /** {@return a violation with its place: the image of an object may be written in another file, by a kustomization} */
    Result result(Violation violation) {
        Integer image =
                violation.image().map(ImagePlaces::position).map(images::get).orElse(null);
        if (image == null) {
            return new Result(subject, object.line(), 0, written(violation), violation, Waiver.NONE);
        }
        int line = object.line(image);
        int column = line == 0 ? 0 : object.column(image);
        return new Result(subject.in(object.file(image)), line, column, written(violation), violation, Waiver.NONE);
    }

    /** {@return a text for the position of an image, which can have another name in a violation than is written there} */
    static String position(ReviewedImage image) {
        return image.index() + " " + image.list();
    }

    private String written(Violation violation) {
        return violation
                .image()
                .flatMap(image -> written.getOrDefault(position(image), List.of()).stream()
                        .map(ReviewedImage::text)
                        .filter(text -> !text.equals(image.text()))
                        .findFirst())
                .orElse("");
    }
}
