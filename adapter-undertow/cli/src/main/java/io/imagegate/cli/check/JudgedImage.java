package io.imagegate.cli.check;

import io.imagegate.input.InputObject;
import io.imagegate.policy.Decision;
import io.imagegate.policy.Violation;
import io.imagegate.review.ReviewedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is said of an image where it stands. Two kustomizations of which one includes the other may say the same, also where no
 * file has it because a program made the objects.
 *
 * @param file the file in which the image is written; empty if none has it
 * @param line its line
 * @param column its column
 * @param object kind, namespace and name of its object
 * @param namespace the namespace by which it was checked
 * @param image the image as it is written, and its place in the object; empty for what is said of the whole object
 * @param findings what was found
 */
record JudgedImage(
        String file, int line, int column, String object, String namespace, String image, List<String> findings) {

    /** What is said of a whole object has this position. */
    private static final String WHOLE = "";

    /** {@return what is said of the images of an object by their positions} */
    static Map<String, JudgedImage> byPosition(InputObject object, String namespace, Decision decision) {
        Map<String, List<String>> findings = new LinkedHashMap<>();
        for (Violation violation : decision.violations()) {
            findings.computeIfAbsent(position(violation), position -> new ArrayList<>())
                    .add(String.join(
                            "\n",
                            violation.policy(),
                            violation.rule(),
                            violation.outcome().label(),
                            violation.explanation()));
        }
        Map<String, JudgedImage> judged = new LinkedHashMap<>();
        List<ReviewedImage> images = object.images();
        for (int i = 0; i < images.size(); i++) {
            String position = ImagePlaces.position(images.get(i));
            judged.put(
                    position,
                    new JudgedImage(
                            object.line(i) == 0 ? "" : object.file(i),
                            object.line(i),
                            object.column(i),
                            object.title(),
                            namespace,
                            position + " " + images.get(i).text(),
                            findings.getOrDefault(position, List.of())));
        }
        findings.forEach((position, found) -> judged.computeIfAbsent(
                position,
                other -> new JudgedImage(
                        object.line() == 0 ? "" : object.file(),
                        object.line(),
                        0,
                        object.title(),
                        namespace,
                        WHOLE,
                        found)));
        return judged;
    }

    /** {@return the same of an object with any name and namespace; this if no file has the image} */
    JudgedImage inAnyObject() {
        return file.isEmpty() ? this : new JudgedImage(file, line, column, "", "", image, findings);
    }

    /** {@return the position of the image that a finding is about} */
    static String position(Violation violation) {
        return violation.image().map(ImagePlaces::position).orElse(WHOLE);
    }
}
