package io.imagegate.examples.embedded;

import io.imagegate.policy.Decision;
import io.imagegate.policy.Policy;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a list with a namespace and an image on each line, and prints the decision on each image. Exits with 0 if all
 * are allowed, 1 if one is denied, 2 if the list is invalid.
 */
public final class DeploymentGate {

    private static final Policy POLICY = Policy.builder("deployments")
            .rule("fixed-tag", Rules.fixedTag())
            .rule("trusted-registry", Rules.allow("docker.io/library/*", "ghcr.io/acme/**"))
            .rule("pinned", Rules.inNamespaces(List.of("prod-*"), Rules.digestRequired()))
            .build();

    private DeploymentGate() {}

    /**
     * Checks a list.
     *
     * @param arguments the file with the list
     */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: DeploymentGate LIST");
            System.exit(2);
        }
        try {
            System.exit(denied(Path.of(arguments[0])) == 0 ? 0 : 1);
        } catch (NoSuchFileException e) {
            System.err.println("deployment list " + arguments[0] + ": there is no such file");
            System.exit(2);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("deployment list " + arguments[0] + ": " + e.getMessage());
            System.exit(2);
        }
    }

    private static int denied(Path list) throws IOException {
        List<String> lines = Files.readAllLines(list);
        int denied = 0;
        for (int i = 0; i < lines.size(); i++) {
            String[] words = lines.get(i).strip().split("\\s+", -1);
            if (words.length != 2) {
                throw new IllegalArgumentException("line " + (i + 1) + ": expected a namespace and an image");
            }
            Decision decision = POLICY.decide(ImageReview.of(words[1]).inNamespace(words[0]));
            System.out.println(words[0] + " " + words[1] + ": " + decision);
            denied += decision.allowed() ? 0 : 1;
        }
        return denied;
    }
}
