package io.imagegate.server;

import io.imagegate.document.ManifestException;
import io.imagegate.document.ManifestObject;
import io.imagegate.document.ManifestReader;
import io.imagegate.policy.Decision;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.Violation;
import io.imagegate.review.ImageReview;
import io.imagegate.server.report.Report;
import io.imagegate.server.report.Result;
import io.imagegate.server.report.Subject;
import io.imagegate.server.report.Totals;
import io.imagegate.webhook.Judgement;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Puts images and the contents of files to the policies, one after the other, and reports what is found. */
final class Checker {

    private final PolicySet policies;
    private final String namespace;
    private final Report report;
    private long subjects;
    private long images;
    private long denied;

    Checker(PolicySet policies, String namespace, Report report) {
        this.policies = policies;
        this.namespace = namespace;
        this.report = report;
    }

    /** An argument of the command line. */
    void image(String image) {
        ImageReview review = ImageReview.of(namespace, image);
        add(Subject.ARGUMENT, review, policies.decide(review), violation -> 0);
    }

    /**
     * A file, or standard input under the name {@code -}.
     *
     * @param problems told what cannot be used, a line each
     */
    void file(String name, Consumer<String> problems) throws IOException {
        if (name.equals("-")) {
            read("standard input", System.in, problems);
            return;
        }
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            read(name, in, problems);
        } catch (NoSuchFileException missing) {
            problems.accept(name + ": no such file");
        } catch (IOException unreadable) {
            problems.accept(name + ": cannot be read: " + unreadable.getMessage());
        }
    }

    private void read(String name, InputStream in, Consumer<String> problems) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in);
        if (Contents.of(buffered) == Contents.IMAGES) {
            readImages(name, buffered);
            return;
        }
        try {
            ManifestReader.read(name, buffered, this::manifest);
        } catch (ManifestException unreadable) {
            problems.accept(String.valueOf(unreadable.getMessage()));
        }
    }

    private void readImages(String name, InputStream in) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                Subject subject = new Subject(name, number, "");
                ImageReview review = ImageReview.of(namespace, line.strip());
                add(subject, review, policies.decide(review), violation -> subject.line());
            }
        }
    }

    private void manifest(ManifestObject object) {
        Judgement judgement = Judgement.of(policies, object.request(namespace));
        // A chart has many objects without images; nobody wants them counted.
        boolean counts = object.isReview() || !judgement.review().images().isEmpty();
        if (counts || !judgement.decision().allowed()) {
            Subject subject = new Subject(object.file(), object.line(), name(object));
            add(subject, judgement.review(), judgement.decision(), violation -> line(object, violation));
        }
    }

    private static String name(ManifestObject object) {
        String namespace = object.namespace();
        return object.kind().kind() + " " + (namespace.isEmpty() ? "" : namespace + "/") + object.name();
    }

    private static int line(ManifestObject object, Violation violation) {
        int index = violation.image().map(object.images()::indexOf).orElse(-1);
        return index < 0 ? object.line() : object.line(index);
    }

    private void add(Subject subject, ImageReview review, Decision decision, ToIntFunction<Violation> line) {
        subjects++;
        images += review.images().size();
        denied += decision.allowed() ? 0 : 1;
        for (Violation violation : decision.violations()) {
            report.add(new Result(subject, line.applyAsInt(violation), violation));
        }
    }

    boolean denied() {
        return denied > 0;
    }

    void end() {
        report.end(new Totals(subjects, images, denied));
    }
}
